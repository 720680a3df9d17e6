import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson, toStrings, toText, type JsonObject } from '../../../../foundation/formats/json.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { PackageList, toNames, unreadable } from '../../package-list.ts';
import { splitDistribution } from '../../perl-names.ts';

const INSTALL = '/install.json';
const META = '/MYMETA.json';

/**
 * Perl distributions that cpanm, cpm or Carton installed: `.meta/Moose-2.2206/install.json` says what was installed, the MYMETA.json beside it licences and what it needs (modules, which other distributions have).
 * Modules of Perl itself and those that CPAN.pm installed leave no such record.
 * @see https://metacpan.org/pod/CPAN::Meta::Spec
 */
export const analyzer: Analyzer = {
  id: 'perl-cpan',
  version: 1,
  scope: 'file',
  companion: { name: META.slice(1) },
  names: ['install.json', 'MYMETA.json'],
  wants: (path) => (path.endsWith(INSTALL) || path.endsWith(META)) && path.includes('.meta/'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const isInstall = file.path.endsWith(INSTALL);
  const { value, reason } = parseJson(file.bytes);
  if (reason !== undefined) return unreadable(`the record of a Perl distribution cannot be read: ${reason}`);
  if (!isJsonObject(value)) return unreadable('the record of a Perl distribution is not a JSON object');
  const meta = isInstall ? readMeta(file.companion) : value;
  const installed = isInstall ? splitDistribution(toText(value['dist']) ?? '') : undefined;
  const list = new PackageList('cpan', 'installed');
  list.add(installed?.name ?? toText(meta['name']), installed?.version ?? toVersion(meta['version']), {
    licenses: toStrings([meta['license']].flat()).filter((license) => license !== 'unknown'),
    dependencies: listRuntimeModules(meta),
  });
  return list.result();
}

function readMeta(bytes: Uint8Array | undefined): JsonObject {
  const value = bytes === undefined ? undefined : parseJson(bytes).value;
  return isJsonObject(value) ? value : {};
}

function toVersion(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : toText(value);
}

function listRuntimeModules({ prereqs }: JsonObject): readonly string[] {
  const runtime = isJsonObject(prereqs) ? prereqs['runtime'] : undefined;
  return isJsonObject(runtime) ? toNames(runtime['requires']).filter((name) => name !== 'perl') : [];
}
