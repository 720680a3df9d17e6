import type { AdvisoryRecord } from '../../store/record.ts';
import type { CsvRecord } from '../csv.ts';
import { readCsv } from '../csv.ts';
import { toFact, toId } from '../facts.ts';
import type { AdvisoryFeed } from '../feed.ts';
import { piecesOf } from '../feed.ts';

/**
 * Datadog's indicators of compromise, a folder for each campaign: of its tables, the rows on packages that carried malware, with their versions. There are three kinds of table: packages and versions
 * (of npm); an indicator `name@version` and its type; a type, a name and versions. Addresses, files and what else they list give nothing. A campaign's packages are kept under one id, named after its folder.
 * @see https://github.com/DataDog/indicators-of-compromise
 */
export const feed: AdvisoryFeed = {
  id: 'datadog-iocs',
  source: { name: 'Datadog Indicators of Compromise', url: 'https://github.com/DataDog/indicators-of-compromise', licence: 'Apache-2.0' },
  wants: (name) => /(?:^|\/)[^/]+\/(?:(?:consolidated_)?iocs|shai-hulud[^/]*)\.csv$/.test(name),
  *read(file) {
    const campaign = /([^/]+)\/[^/]+$/.exec(file.name)?.[1] ?? '';
    const id = toId(`DATADOG-${campaign}`);
    let header: readonly string[] | undefined;
    for (const record of readCsv(piecesOf(file))) {
      if (header === undefined) {
        header = record.fields;
        continue;
      }
      const found = toMalware(header, record);
      if (found === 'not a package' || id === undefined) continue;
      if (found === undefined) yield { value: [], problems: [{ message: `${file.name}: a package without a name or version`, line: record.line }] };
      else yield { value: toRecords(id, found), problems: [] };
    }
  },
};

interface Malware {
  readonly prefix: string;
  readonly name: string;
  readonly versions: readonly string[];
}

const prefixes: ReadonlyMap<string, string> = new Map([
  ['npm package', 'npm'],
  ['pypi package', 'pip'],
  ['rubygems package', 'rubygems'],
  ['nuget package', 'nuget'],
]);

function toMalware(header: readonly string[], { fields }: CsvRecord): Malware | undefined | 'not a package' {
  const cell = (...names: readonly string[]): string | undefined =>
    names.map((name) => fields[header.indexOf(name)]).find((text) => text !== undefined);
  const type = cell('type', 'artifact_type');
  const prefix = header.includes('package_name') ? 'npm' : prefixes.get(type ?? '');
  if (prefix === undefined) return 'not a package';
  const indicator = cell('indicator');
  const at = indicator?.lastIndexOf('@') ?? -1;
  const name = toFact(at > 0 ? indicator?.slice(0, at) : cell('package_name', 'name'));
  const text = at > 0 ? indicator?.slice(at + 1) : cell('package_version', 'package_versions', 'affected_versions');
  const versions = (text ?? '').split(/[,|\s]+/).flatMap((version) => toFact(version.replace(/^=+/, '')) ?? []);
  return name === undefined || versions.length === 0 ? undefined : { prefix, name, versions };
}

function toRecords(id: NonNullable<ReturnType<typeof toId>>, { prefix, name, versions }: Malware): readonly AdvisoryRecord[] {
  const packageName = prefix === 'pip' ? name.toLowerCase().replaceAll(/[-_.]+/g, '-') : name.toLowerCase();
  return [
    {
      kind: 'affected',
      bucket: `${prefix}::${feed.source.name}`,
      packageName,
      id,
      advisory: { vulnerableVersions: [...new Set(versions)].sort().map((version) => `=${version}`) },
    },
    { kind: 'vulnerability', id, detail: { vendorSeverities: { datadog: 'critical' } } },
  ];
}
