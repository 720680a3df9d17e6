/**
 * Chooses the starter set that ships with the product and writes it to data/ as tables. Run by hand when newer feeds are at hand:
 *
 *   node scripts/starter-set.ts FOLDER...
 *
 * FOLDERs hold the published files of the feeds, unpacked; every file that a feed wants is read. Beside the feeds, CVSS vectors are taken from a `vulnrichment.tsv` (columns
 * cve, published, state, cvss3, vector, source …) and from OSV records named BIT-*.json.
 *
 * What is chosen: facts with a fix only, since "no fix yet" is out of date the day after. First what is known to be exploited, then the fixes of base systems and of much-used libraries, then what is
 * critical or high in packages that are often in images, then what is critical anywhere, the rest of the often-installed, and what is high anywhere; each by probability of
 * exploitation, until the database is as large as it may be. Ids, names, versions, vectors, scores and dates are taken; no titles, no descriptions.
 */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { feeds } from '../src/advisories/feeds/feeds.generated.ts';
import { rate } from '../src/advisories/matching/severity.ts';
import { mergeDetails } from '../src/advisories/store/merge-details.ts';
import { bucketSource } from '../src/advisories/store/buckets.ts';
import { mergeAdvisories } from '../src/advisories/store/merge-advisories.ts';
import type { AdvisoryRecord, StoredAdvisory, VulnerabilityDetail } from '../src/advisories/store/record.ts';
import { compareBy, compareText } from '../src/foundation/base/order.ts';
import { toAdvisoryId } from '../src/foundation/model/brand.ts';
import { CELL_SEPARATOR, compileTables, formatTable, MAX_STARTER_STORE_BYTES, parseTable } from './build-advisories.ts';
import { basePackages, hostPackages, imagePackages } from './starter-packages.ts';

interface Platform {
  readonly file: string;
  readonly bucket: string;
  readonly source: string;
  /** Date of the newest fact in the feeds that were read for it. */
  readonly newest: string;
  /** Day of a release: what was known half a year before it was fixed in it from the start. */
  readonly released?: string;
}

interface Fact {
  readonly platform: Platform;
  readonly packageName: string;
  readonly id: string;
  readonly advisory: StoredAdvisory;
}

/** The day on which the set was chosen: the newest of its sources, EPSS. */
const AS_OF = '2026-08-16';
const HALF_A_YEAR_MS = 182 * 86_400_000;
const DEBIAN = 'Debian Security Tracker: DSA and DLA lists, OVAL definitions';
const UBUNTU = 'Ubuntu CVE Tracker (Canonical, CC-BY-SA-4.0)';
const ALPINE = 'Alpine Secdb';

const platforms: readonly Platform[] = [
  ...['11', '12'].map((release) => ({ file: `debian-${release}.tsv`, bucket: `debian ${release}`, source: DEBIAN, newest: '2025-02-13' })),
  ...Object.entries({ '20.04': '2020-04-23', '22.04': '2022-04-21' }).map(([release, released]) => ({
    file: `ubuntu-${release}.tsv`,
    bucket: `ubuntu ${release}`,
    source: UBUNTU,
    newest: '2024-02-16',
    released,
  })),
  ...Object.entries({
    '3.10': '2019-06-19',
    '3.11': '2019-12-19',
    '3.12': '2020-05-29',
    '3.13': '2021-01-14',
    '3.14': '2021-06-15',
    '3.15': '2021-11-24',
    '3.16': '2022-05-23',
    '3.17': '2022-11-22',
    '3.18': '2023-05-09',
    '3.19': '2023-12-07',
    '3.20': '2024-05-22',
    '3.21': '2024-12-05',
  }).map(([release, released]) => ({ file: `alpine-${release}.tsv`, bucket: `alpine ${release}`, source: ALPINE, newest: '2024-12-31', released })),
  {
    file: 'npm.tsv',
    bucket: 'npm::GitLab Advisory Database (Open Source Edition)',
    source: 'GitLab Advisory Database, Open Source Edition (MIT)',
    newest: '2022-04-22',
  },
  { file: 'pypi.tsv', bucket: 'pip::PyPA Advisory Database', source: 'PyPA Advisory Database (CC-BY-4.0)', newest: '2024-10-08' },
];

const VULNERABILITY_SOURCES =
  'NVD vectors as kept in the Ubuntu CVE Tracker; CVE records and CISA-ADP as kept in CISA Vulnrichment (CC0-1.0); Bitnami Vulnerability Database (Apache-2.0); Ubuntu priorities; CISA KEV (CC0-1.0); EPSS (FIRST)';

function main(folders: readonly string[]): void {
  const details = new Map<string, VulnerabilityDetail>();
  const facts = new Map<string, Fact>();
  for (const record of readFolders(folders)) {
    if (record.kind === 'vulnerability') details.set(record.id, mergeKnown(details.get(record.id), record.detail, mergeDetails));
    else if (record.kind === 'affected') addFact(facts, record);
  }
  const ranked = [...facts.values()]
    .filter((fact) => !hostPackages.some((name) => name.test(fact.packageName)))
    .flatMap((fact) => rank(fact, details.get(fact.id)) ?? [])
    .sort(
      compareBy(
        (a, b) => a.level - b.level,
        (a, b) => b.probability - a.probability,
        (a, b) => compareText(b.fact.id, a.fact.id),
        (a, b) => compareText(a.key, b.key),
      ),
    );
  const chosen = takeWhatFits(
    ranked.map(({ fact }) => fact),
    details,
  );
  const directory = path.join(import.meta.dirname, '..', 'data');
  for (const name of readdirSync(directory).filter((file) => file.endsWith('.tsv'))) rmSync(path.join(directory, name));
  for (const [file, text] of toTables(chosen, details)) writeFileSync(path.join(directory, file), text);
  console.error(`${chosen.length} of ${ranked.length} facts`);
}

function* readFolders(folders: readonly string[]): Generator<AdvisoryRecord> {
  for (const folder of folders) {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
    for (const name of names.filter((entry) => statSync(path.join(folder, entry)).isFile())) {
      const read = () => readFileSync(path.join(folder, name));
      for (const feed of feeds.filter((candidate) => candidate.wants(name))) {
        for (const { value } of feed.read({ name, bytes: read() })) yield* value;
      }
      if (/(?:^|\/)vulnrichment\.tsv$/.test(name)) yield* readVulnrichment(read().toString('utf8'));
      if (/(?:^|\/)BIT-[^/]*\.json$/.test(name)) yield* readVectors(JSON.parse(read().toString('utf8')) as BitnamiRecord);
    }
  }
}

function* readVulnrichment(text: string): Generator<AdvisoryRecord> {
  for (const line of text.split('\n').slice(1)) {
    const [id = '', published = '', , , cvssVector = '', source = ''] = line.split('\t');
    if (published !== '') yield { kind: 'vulnerability', id: toAdvisoryId(id), detail: { publishedAt: published } };
    if (cvssVector.startsWith('CVSS:3')) yield rating(id, cvssVector, source === 'adp' ? 'cisa-adp' : 'cna');
  }
}

interface BitnamiRecord {
  readonly aliases?: readonly string[];
  readonly affected?: readonly { readonly severity?: readonly { readonly score: string }[] }[];
}

function* readVectors(record: BitnamiRecord): Generator<AdvisoryRecord> {
  const cve = record.aliases?.find((alias) => alias.startsWith('CVE-'));
  const vector = record.affected?.flatMap((affected) => affected.severity ?? []).find(({ score }) => score.startsWith('CVSS:3'));
  if (cve !== undefined && vector !== undefined) yield rating(cve, vector.score, 'bitnami');
}

function rating(id: string, cvssVector: string, source: string): AdvisoryRecord {
  return { kind: 'vulnerability', id: toAdvisoryId(id), detail: { ratings: [{ cvssVector, source }] } };
}

function addFact(facts: Map<string, Fact>, record: Extract<AdvisoryRecord, { kind: 'affected' }>): void {
  const platform = platforms.find(({ bucket }) => bucket === record.bucket);
  if (platform === undefined) return;
  const key = `${record.bucket}\t${record.packageName}\t${record.id}`;
  const advisory = mergeKnown(facts.get(key)?.advisory, record.advisory, (a, b) => mergeAdvisories(record.bucket, a, b));
  facts.set(key, { platform, packageName: record.packageName, id: record.id, advisory });
}

function mergeKnown<T>(known: T | undefined, added: T, merge: (a: T, b: T) => T): T {
  return known === undefined ? added : merge(known, added);
}

function rank(fact: Fact, detail: VulnerabilityDetail | undefined): { fact: Fact; level: number; probability: number; key: string } | undefined {
  const { advisory, platform, packageName } = fact;
  const isLanguage = platform.bucket.includes('::');
  if (isLanguage ? advisory.vulnerableVersions === undefined : advisory.fixedVersion === undefined || advisory.fixedVersion === '0') return undefined;
  if (!isLanguage && wasFixedFromTheStart(fact, detail)) return undefined;
  const { severity } = rate(bucketSource(platform.bucket).id, advisory.severity, detail);
  const isImagePackage = imagePackages.has(isLanguage ? `${platform.bucket.split('::', 1)[0] ?? ''}:${packageName}` : packageName);
  const isSevere = severity === 'critical' || severity === 'high';
  const levels = [
    detail?.kevAddedAt !== undefined,
    (isLanguage ? isImagePackage : basePackages.has(packageName)) && severity !== 'negligible',
    isImagePackage && isSevere,
    severity === 'critical',
    isImagePackage,
    severity === 'high',
  ];
  const level = levels.indexOf(true);
  return level < 0 ? undefined : { fact, level, probability: detail?.epss?.probability ?? 0, key: `${platform.bucket} ${packageName}` };
}

/** A fix that the release had on its first day is no news to any image of it. Debian marks what came later in the version, or by an advisory. */
function wasFixedFromTheStart({ platform, id, advisory }: Fact, detail: VulnerabilityDetail | undefined): boolean {
  const debian = /^debian (\d+)$/.exec(platform.bucket)?.[1];
  if (debian !== undefined) return advisory.fixedVersion?.includes(`deb${debian}u`) !== true && advisory.vendorIds === undefined;
  if (platform.released === undefined) return false;
  const published = Date.parse(detail?.publishedAt ?? `${/\d{4}/.exec(id)?.[0] ?? '1999'}-12-31`);
  return published < Date.parse(platform.released) - HALF_A_YEAR_MS;
}

/** The longest beginning whose database fits, found by halving. */
function takeWhatFits(facts: readonly Fact[], details: ReadonlyMap<string, VulnerabilityDetail>): readonly Fact[] {
  let fits = 0;
  let tooMany = facts.length + 1;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >>> 1;
    const tables = [...toTables(facts.slice(0, middle), details)].map(([name, text]) => parseTable(name, text));
    if (compileTables(tables).length <= MAX_STARTER_STORE_BYTES) fits = middle;
    else tooMany = middle;
  }
  return facts.slice(0, fits);
}

function toTables(facts: readonly Fact[], details: ReadonlyMap<string, VulnerabilityDetail>): Map<string, string> {
  const tables = new Map<string, string>();
  for (const platform of platforms) {
    const own = facts.filter((fact) => fact.platform === platform);
    if (own.length === 0) continue;
    const isLanguage = platform.bucket.includes('::');
    const meta = new Map([
      ['bucket', platform.bucket],
      ['source', platform.source],
      ['newest', platform.newest],
      ['as-of', AS_OF],
    ]);
    const columns = isLanguage ? ['package', 'id', 'vulnerable', 'patched', 'aliases'] : ['package', 'id', 'fixed', 'advisories'];
    tables.set(platform.file, formatTable(meta, columns, own.map(isLanguage ? toLanguageRow : toSystemRow)));
  }
  const ids = new Set(facts.map(({ id }) => id));
  const inUbuntu = new Set(facts.filter(({ platform }) => bucketSource(platform.bucket).id === 'ubuntu').map(({ id }) => id));
  const rows = [...ids].map((id) => toVulnerabilityRow(id, details.get(id), inUbuntu.has(id)));
  const meta = new Map([
    ['source', VULNERABILITY_SOURCES],
    ['as-of', AS_OF],
  ]);
  return tables.set('vulnerabilities.tsv', formatTable(meta, ['id', 'cvss', 'cvss-source', 'ubuntu', 'kev', 'epss', 'percentile'], rows));
}

function toSystemRow({ packageName, id, advisory }: Fact): string[] {
  return [packageName, id, advisory.fixedVersion ?? '', (advisory.vendorIds ?? []).join(CELL_SEPARATOR)];
}

function toLanguageRow({ packageName, id, advisory }: Fact): string[] {
  const names = (advisory.vendorIds ?? []).filter((alias) => /^(?:CVE|GHSA|PYSEC)-/.test(alias));
  return [packageName, id, ...[advisory.vulnerableVersions ?? [], advisory.patchedVersions ?? [], names].map((list) => list.join(CELL_SEPARATOR))];
}

function toVulnerabilityRow(id: string, detail: VulnerabilityDetail | undefined, isInUbuntu: boolean): string[] {
  const { rating: chosen } = rate('nvd', undefined, detail);
  const isCvss3 = chosen?.cvssVector?.startsWith('CVSS:3') === true;
  return [
    id,
    isCvss3 ? (chosen.cvssVector ?? '') : '',
    isCvss3 ? chosen.source : '',
    isInUbuntu ? (detail?.vendorSeverities?.ubuntu ?? '') : '',
    detail?.kevAddedAt ?? '',
    detail?.epss === undefined ? '' : String(detail.epss.probability),
    detail?.epss === undefined ? '' : String(Number(detail.epss.percentile.toFixed(4))),
  ];
}

main(process.argv.slice(2));
