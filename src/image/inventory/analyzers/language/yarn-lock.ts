import type { Parsed } from '../../../../foundation/base/result.ts';
import { yarnBlocksOf, type YarnBlock } from '../../../../foundation/formats/yarn-lock.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isBelow, isNamed } from '../../file-path.ts';
import { PackageList } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');
/** Places of the project itself: its workspaces and the folders that it links to. */
const OWN = /^(?:workspace|link|portal):/;

/** Yarn's lock files, of Yarn 1 and later. They do not say what is for development only. Those below node_modules are of the dependencies' own development. */
export const analyzer: Analyzer = {
  id: 'yarn-lock',
  version: 1,
  scope: 'database',
  names: ['yarn.lock'],
  wants: (path) => isNamed(path, 'yarn.lock') && !isBelow(path, 'node_modules'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const list = new PackageList('npm', 'declared');
  const blocks = yarnBlocksOf(decoder.decode(file.bytes), (line) => {
    list.problem('a line is neither the heading of a package nor below one', line);
  });
  for (const block of blocks) {
    if (block.pattern === '__metadata') continue;
    const name = toName(block);
    if (name === undefined) continue;
    if (block.version === '') list.problem('a package has no version', block.line);
    else list.add(name, block.version, { dependencies: block.dependencies, line: block.line });
  }
  return list.result();
}

/** The package's own name, whatever the project calls it; undefined of a part of the project. */
function toName({ resolution, pattern }: YarnBlock): string | undefined {
  const { name, range } = splitPattern(resolution === '' ? pattern : resolution);
  if (OWN.test(range)) return undefined;
  // Yarn 1: `alias@npm:name@^1.0.0`. Later ones: `name@npm:1.0.0`, where no name follows.
  const target = range.startsWith('npm:') ? range.slice('npm:'.length) : '';
  const at = target.indexOf('@', 1);
  return resolution === '' && at > 0 ? target.slice(0, at) : name;
}

function splitPattern(pattern: string): { name: string; range: string } {
  const at = pattern.indexOf('@', 1);
  return at < 0 ? { name: pattern, range: '' } : { name: pattern.slice(0, at), range: pattern.slice(at + 1) };
}
