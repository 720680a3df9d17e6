import type { Parsed } from '../../../../foundation/base/result.ts';
import { linesOf } from '../../../../foundation/formats/lines.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isBelow, isNamed } from '../../file-path.ts';
import { PackageList } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');
/** Longest line that is looked into, in UTF-16 units. */
const LONGEST_LINE = 4096;
const SOURCES = new Set(['GEM', 'GIT', 'PATH', 'PLUGIN SOURCE']);
const HEADING = /^[A-Z ]+$/;
const SPEC = /^ {4}(\S+) \(([^()]+)\)$/;
const DEPENDENCY = /^ {6}(\S+?)!?(?: \([^()]*\))?$/;

/** Bundler's lock files. They do not say of which group a gem is. Those inside gems are of the gems' own development. @see https://bundler.io/man/gemfile.5.html */
export const analyzer: Analyzer = {
  id: 'gemfile-lock',
  version: 1,
  scope: 'database',
  names: ['Gemfile.lock', 'gems.locked', 'Gemfile.next.lock'],
  wants: (path) => (isNamed(path, 'Gemfile.lock') || isNamed(path, 'gems.locked') || isNamed(path, 'Gemfile.next.lock')) && !isBelow(path, 'gems'),
  analyze,
};

interface Gem {
  readonly name: string;
  readonly version: string;
  readonly line: number;
  readonly dependencies: string[];
}

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const list = new PackageList('gem', 'declared');
  let isSource = false;
  let gem: Gem | undefined;
  let line = 0;
  const finish = (): void => {
    if (gem !== undefined) list.add(gem.name, gem.version, gem);
    gem = undefined;
  };
  for (const raw of linesOf(decoder.decode(file.bytes))) {
    line++;
    const text = raw.length > LONGEST_LINE ? '' : raw.trimEnd();
    if (text === '') continue;
    if (!text.startsWith(' ')) {
      finish();
      isSource = SOURCES.has(text);
      if (!HEADING.test(text)) list.problem('a line is not the heading of a section', line);
      continue;
    }
    if (!isSource) continue;
    const [, name, version] = SPEC.exec(text) ?? [];
    if (name !== undefined && version !== undefined) {
      finish();
      // A gem built for one platform has it after the version, which itself has no dash: `1.16.0-x86_64-linux`.
      gem = { name, version: version.split('-', 1)[0] ?? '', line, dependencies: [] };
    } else if (gem !== undefined) {
      const needed = DEPENDENCY.exec(text)?.[1];
      if (needed !== undefined) gem.dependencies.push(needed);
    }
  }
  finish();
  return list.result();
}
