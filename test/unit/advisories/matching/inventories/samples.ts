import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { sharedData } from '../../../../support/shared-data.ts';
import { temporaryDirectory } from '../../../../support/temporary-directory.ts';
import type { RecordFile } from './prove.ts';

/** Archives of samples, as other projects keep them for their own tests. */
export const samples = {
  claircore: 'advisories/fixtures/claircore-testdata.tar.zst',
  trivyDb: 'advisories/fixtures/trivy-db-testdata.tar.zst',
  vulnList: 'advisories/fixtures/vuln-list-update-testdata.tar.zst',
  vuls: 'advisories/fixtures/vuls-data-update-os-fixtures.tar.zst',
} as const;

/** Returns the files of an archive whose path in it `wants` names, unpacked: what was packed again (`.gz`, `.bz2`, `.tar.bz2`) loses that ending, and of a tar every file in it whose path it names, too. */
export function readSamples(t: TestContext, archive: string, wants: RegExp): readonly RecordFile[] {
  const folder = temporaryDirectory(t);
  return unpack(['--zstd', '-f', sharedData(archive) ?? ''], folder, wants).flatMap((name): RecordFile | readonly RecordFile[] => {
    const file = path.join(folder, name);
    if (/\.tar\.(?:gz|bz2)$/.test(name)) {
      const inner = temporaryDirectory(t);
      return unpack(['-f', file], inner, wants).map((entry) => ({ name: entry, text: readFileSync(path.join(inner, entry), 'utf8') }));
    }
    if (name.endsWith('.gz')) return { name: name.slice(0, -3), text: gunzipSync(readFileSync(file)).toString() };
    if (name.endsWith('.bz2'))
      return { name: name.slice(0, -4), text: execFileSync('bzip2', ['-dc', file], { encoding: 'utf8', maxBuffer: 2 ** 28 }) };
    return { name, text: readFileSync(file, 'utf8') };
  });
}

function unpack(archive: readonly string[], folder: string, wants: RegExp): readonly string[] {
  const names = execFileSync('tar', ['-t', ...archive], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    .split('\n')
    .filter((name) => wants.test(name) && !name.endsWith('/'));
  execFileSync('tar', ['-x', ...archive, '-C', folder, '-T', '-'], { input: names.join('\n') });
  return names.toSorted();
}

/** Records in the OSV schema that other projects keep for their own tests, one on each line. */
export const OSV_SAMPLES = 'advisories/fixtures/osv-records-from-fixtures.jsonl.zst';

interface OsvSample {
  readonly id: string;
  readonly summary?: string;
  readonly affected?: readonly { readonly package?: { readonly ecosystem: string; readonly name: string } }[];
}

/** Returns the records that are about an ecosystem that `wants` names. */
export function readOsvSamples(wants: (ecosystem: string) => boolean): readonly OsvSample[] {
  const text = zstdDecompressSync(readFileSync(sharedData(OSV_SAMPLES) ?? '')).toString();
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as OsvSample)
    .filter(({ affected = [] }) => affected.some((one) => wants(one.package?.ecosystem ?? '')));
}
