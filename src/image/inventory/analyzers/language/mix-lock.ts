import type { Parsed } from '../../../../foundation/base/result.ts';
import { linesOf } from '../../../../foundation/formats/lines.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isBelow, isNamed } from '../../file-path.ts';
import { PackageList, unreadable } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');
/** Longest line that is looked into, in UTF-16 units: a package with its dependencies has a few thousand. */
const LONGEST_LINE = 64 * 1024;
const PACKAGE = /^\s*"[^"]+":?(?:\s*=>)?\s*\{:hex,\s*:"?([\w.-]+)"?,\s*"([^"]+)"(.*)$/;
const DEPENDENCY = /\{:"?([\w.-]+)"?,\s*"/g;

/** Lock files of Elixir's Mix, one package a line: `"jason": {:hex, :jason, "1.4.1", …}`. Those from a repository have no version; those below `deps` are of the packages' own development. @see https://hexdocs.pm/mix/Mix.Tasks.Deps.html */
export const analyzer: Analyzer = {
  id: 'mix-lock',
  version: 1,
  scope: 'database',
  names: ['mix.lock'],
  wants: (path) => isNamed(path, 'mix.lock') && !isBelow(path, 'deps'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const list = new PackageList('hex', 'declared');
  const text = decoder.decode(file.bytes);
  if (text.trim() !== '' && !text.trimStart().startsWith('%{')) return unreadable("Mix's lock file is not an Elixir map");
  let line = 0;
  for (const raw of linesOf(text)) {
    line++;
    const [, name, version, rest = ''] = PACKAGE.exec(raw.length > LONGEST_LINE ? '' : raw.trimEnd()) ?? [];
    if (name !== undefined) list.add(name, version, { line, dependencies: [...rest.matchAll(DEPENDENCY)].map(([, needed = '']) => needed) });
  }
  return list.result();
}
