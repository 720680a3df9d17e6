import type { Parsed } from '../../../../foundation/base/result.ts';
import { yamlLinesOf } from '../../../../foundation/formats/yaml-lines.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isNamed } from '../../file-path.ts';
import { splitHaskellId } from '../../haskell-names.ts';
import { PackageList } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');

/** Stack's lock files: the packages beside those of the snapshot, as they were `completed`. @see https://docs.haskellstack.org/en/stable/topics/lock_files/ */
export const analyzer: Analyzer = {
  id: 'haskell-stack-lock',
  version: 1,
  scope: 'database',
  names: ['stack.yaml.lock'],
  wants: (path) => isNamed(path, 'stack.yaml.lock'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const list = new PackageList('hackage', 'declared');
  let name: string | undefined;
  for (const { kind, key, value, line } of yamlLinesOf(decoder.decode(file.bytes))) {
    if (kind === 'item') name = undefined;
    // A package of a repository or an archive has its name and version each in a line.
    if (key === 'name') name = value;
    else if (key === 'version') list.add(name, value, { line });
    if (key !== 'hackage') continue;
    // Both what was asked for and what it was completed to are of this form.
    const id = splitHaskellId(value.split('@', 1)[0] ?? '');
    if (id === undefined) list.problem('a package is not of the form that Stack writes', line);
    else list.add(id.name, id.version, { line });
  }
  return list.result();
}
