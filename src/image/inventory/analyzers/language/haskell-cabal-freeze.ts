import type { Parsed } from '../../../../foundation/base/result.ts';
import { linesOf } from '../../../../foundation/formats/lines.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isNamed } from '../../file-path.ts';
import { PackageList } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');

/** Cabal's freeze files: constraints of the form `any.text ==2.0.2`; those of flags and of what comes with the compiler have no version. @see https://cabal.readthedocs.io/en/stable/cabal-project-description-file.html */
export const analyzer: Analyzer = {
  id: 'haskell-cabal-freeze',
  version: 1,
  scope: 'database',
  names: ['cabal.project.freeze'],
  wants: (path) => isNamed(path, 'cabal.project.freeze'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const list = new PackageList('hackage', 'declared');
  let line = 0;
  for (const raw of linesOf(decoder.decode(file.bytes))) {
    line++;
    const text = raw.slice(0, 64 * 1024).trim();
    if (text.startsWith('--')) continue;
    for (const constraint of text.replace(/^constraints:/, '').split(',')) {
      const [, name, version] = /^\s*(?:any\.)?([A-Za-z0-9-]+) *== *(\d[\d.]*)\s*$/.exec(constraint) ?? [];
      list.add(name, version, { line });
    }
  }
  return list.result();
}
