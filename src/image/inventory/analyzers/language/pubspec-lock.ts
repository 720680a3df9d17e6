import type { Parsed } from '../../../../foundation/base/result.ts';
import { yamlLinesOf } from '../../../../foundation/formats/yaml-lines.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isNamed } from '../../file-path.ts';
import { PackageList } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');
/** Sources that are no repository of packages: folders of the project, and the SDK, whose parts have version 0.0.0. */
const OWN = new Set(['path', 'sdk']);

/** Lock files of Dart and Flutter. What the project itself asks for to develop says so; what that needs does not. @see https://dart.dev/tools/pub/glossary#lockfile */
export const analyzer: Analyzer = {
  id: 'pubspec-lock',
  version: 1,
  scope: 'database',
  names: ['pubspec.lock'],
  wants: (path) => isNamed(path, 'pubspec.lock'),
  analyze,
};

interface PubPackage {
  readonly name: string;
  readonly line: number;
  readonly fields: Map<string, string>;
}

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const list = new PackageList('pub', 'declared');
  let section = '';
  let current: PubPackage | undefined;
  const finish = (): void => {
    if (current !== undefined) add(list, current);
    current = undefined;
  };
  for (const { kind, indent, key, value, line } of yamlLinesOf(decoder.decode(file.bytes))) {
    if (kind === 'unknown') list.problem('a line is not one of a lock file', line);
    else if (indent === 0) {
      finish();
      section = key;
    } else if (section === 'packages' && indent <= 2) {
      finish();
      current = { name: key, line, fields: new Map() };
    } else if (indent <= 4 && FIELDS.has(key)) current?.fields.set(key, value);
  }
  finish();
  return list.result();
}

const FIELDS = new Set(['dependency', 'source', 'version']);

function add(list: PackageList, { name, line, fields }: PubPackage): void {
  if (fields.get('dependency') === 'direct dev' || OWN.has(fields.get('source') ?? '')) return;
  list.add(name, fields.get('version'), { line });
}
