import type { Parsed } from '../../../../foundation/base/result.ts';
import { parsePnpmLock, type PnpmDependency, type PnpmDocument, type PnpmPackage } from '../../../../foundation/formats/pnpm-lock.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isBelow, isNamed } from '../../file-path.ts';
import { splitNpmId } from '../../npm-names.ts';
import { PackageList, reachFrom } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');

/** pnpm's lock files. Packages for development only and folders of the project are left out. */
export const analyzer: Analyzer = {
  id: 'pnpm-lock',
  version: 1,
  scope: 'database',
  names: ['pnpm-lock.yaml'],
  wants: (path) => isNamed(path, 'pnpm-lock.yaml') && !isBelow(path, 'node_modules'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const list = new PackageList('npm', 'declared');
  for (const document of parsePnpmLock(decoder.decode(file.bytes))) {
    for (const line of document.unknownLines) list.problem('a line is not one of a lock file', line);
    if (document.isCut) list.problem('it has more packages than are read; what only developers need is not told apart');
    const isDev = findDevelopment(document);
    for (const [key, entry] of document.packages) {
      if (entry.isDev === true || entry.isFolder === true || isDev(key)) continue;
      const { name, version } = toId(key, entry, document.lockfileVersion);
      const needs = document.snapshots.get(key) ?? entry;
      list.add(name, version, { dependencies: needs.dependencies.map((dependency) => dependency.name), line: entry.line });
    }
  }
  return list.result();
}

/** A field of the package comes before what its key says. */
function toId(key: string, entry: PnpmPackage, lockfileVersion: number): { name: string | undefined; version: string | undefined } {
  const id = lockfileVersion < 6 ? splitPath(key) : splitNpmId(withoutPeers(key.startsWith('/') ? key.slice(1) : key));
  return { name: entry.name ?? id?.name, version: entry.version ?? id?.version };
}

/** Up to lockfileVersion 5: `/name/1.0.0`, `/@scope/name/1.0.0_react@18.0.0`, `registry.example.com/name/1.0.0`. */
function splitPath(key: string): { name: string; version: string } | undefined {
  const parts = key.split('/');
  const version = parts.pop()?.split('_', 1)[0] ?? '';
  const name = parts.pop() ?? '';
  if (!/^\d+\.\d+\.\d/.test(version)) return undefined;
  const scope = parts.pop() ?? '';
  return { name: scope.startsWith('@') ? `${scope}/${name}` : name, version };
}

/** The key without what it was resolved with: `name@1.0.0` of `name@1.0.0(react@18.0.0)`. */
function withoutPeers(key: string): string {
  const end = key.indexOf('(');
  return end < 0 ? key : key.slice(0, end);
}

/** Returns what tells whether a package is needed for development only, in lock files that do not say so themselves. What nobody is seen to need counts as needed. */
function findDevelopment({ snapshots, roots, devRoots, isCut }: PnpmDocument): (key: string) => boolean {
  if (snapshots.size === 0 || isCut) return () => false;
  const toKey = ({ name, version }: PnpmDependency): readonly string[] =>
    [`${name}@${version}`, version].filter((key) => snapshots.has(key)).slice(0, 1);
  const edges = (key: string): readonly string[] => snapshots.get(key)?.dependencies.flatMap(toKey) ?? [];
  const reach = (starts: readonly PnpmDependency[]): ReadonlySet<string> => new Set([...reachFrom(starts.flatMap(toKey), edges)].map(withoutPeers));
  const developed = reach(devRoots);
  const run = reach(roots);
  return (key) => developed.has(key) && !run.has(key);
}
