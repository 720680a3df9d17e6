import type { Parsed } from '../../../../foundation/base/result.ts';
import { parseDeb822 } from '../../../../foundation/formats/deb822.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { splitHaskellId } from '../../haskell-names.ts';
import { PackageList } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');
const FIELDS: ReadonlySet<string> = new Set(['name', 'version', 'license', 'depends']);

/** Libraries that are registered with GHC: one `.conf` each in a package database. @see https://downloads.haskell.org/ghc/latest/docs/users_guide/packages.html#package-databases */
export const analyzer: Analyzer = {
  id: 'haskell-package-db',
  version: 1,
  scope: 'file',
  names: ['*.conf'],
  wants: (path) => path.endsWith('.conf') && isInDatabase(path),
  analyze,
};

/** GHC's and Stack's are called `package.conf.d`, the store of Cabal has `package.db`. */
function isInDatabase(path: string): boolean {
  const folder = path.slice(0, path.lastIndexOf('/'));
  return folder.endsWith('package.conf.d') || folder.endsWith('/package.db') || folder.endsWith('pkgdb');
}

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, problems } = parseDeb822(decoder.decode(file.bytes), FIELDS);
  const list = new PackageList('hackage', 'installed');
  for (const { message, line } of problems) list.problem(message, line);
  const fields = value[0]?.fields ?? new Map<string, string>();
  const find = (name: string): string | undefined => fields.get(name)?.trim();
  const dependencies = (find('depends') ?? '').split(/[\s,]+/).flatMap((id) => splitHaskellId(id)?.name ?? []);
  const license = find('license');
  list.add(find('name'), find('version'), { licenses: license === undefined ? [] : [license], dependencies });
  return list.result();
}
