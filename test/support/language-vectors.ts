import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import type { Analyzer } from '../../src/image/inventory/analyzer.ts';
import { needs } from '../setup/needs.ts';
import { analyzeText } from './analyzer-laws.ts';
import { needsSharedData, sharedData } from './shared-data.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** Where the files of other scanners' tests lie, each in an archive of its own. */
const ARCHIVES = {
  scalibr: { archive: 'osv-scalibr-extractor-testdata', folder: './extractor/filesystem' },
  syft: { archive: 'syft-testdata', folder: './syft/pkg/cataloger' },
  trivy: { archive: 'trivy-dependency-parser-testdata', folder: './pkg/dependency/parser' },
} as const;

/** One file: what it lists, by the reading of a human. */
export interface LanguageVector {
  /** `scalibr:language/python/poetrylock/testdata/one-package.lock` */
  readonly file: string;
  /** Its path in an image, when that is not the table's. */
  readonly path?: string;
  /** Names and versions; or how many there are, and in `has` some of them. */
  readonly packages: readonly string[] | number;
  readonly has?: readonly string[];
  readonly problems?: number;
}

/** Runs an analyzer over files as they are in an image at `imagePath`. */
export function testVectors(analyzer: Analyzer, imagePath: string, vectors: readonly LanguageVector[]): void {
  for (const [source, { archive, folder }] of Object.entries(ARCHIVES)) {
    const own = vectors.filter(({ file }) => file.startsWith(`${source}:`));
    if (own.length === 0) continue;
    const packed = `vectors/artefacts/${archive}.tar.zst`;
    test(`${analyzer.id}: ${archive}`, { ...needs('archivers'), ...needsSharedData(packed) }, (t) => {
      const directory = temporaryDirectory(t);
      const toMember = ({ file }: LanguageVector): string => `${folder}/${file.slice(source.length + 1)}`;
      execFileSync('tar', ['-x', '-I', 'zstd', '-f', sharedData(packed) ?? '', '-C', directory, ...own.map(toMember)]);
      for (const vector of own) assertVector(analyzer, vector.path ?? imagePath, vector, readFileSync(path.join(directory, toMember(vector))));
    });
  }
}

function assertVector(analyzer: Analyzer, imagePath: string, vector: LanguageVector, bytes: Uint8Array): void {
  const { value, problems } = analyzeText(analyzer, imagePath, bytes);
  const found = (value.packages ?? []).map(({ name, version }) => `${name} ${version}`);
  assert.deepEqual(typeof vector.packages === 'number' ? found.length : found, vector.packages, vector.file);
  for (const id of vector.has ?? []) assert.ok(found.includes(id), `${vector.file}: ${id}`);
  assert.equal(problems.length, vector.problems ?? 0, vector.file);
}
