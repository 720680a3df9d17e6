/**
 * Each feed of an ecosystem against what was really published: how much is read is counted by this test's own reading of the raw files, and single values are looked up there.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { readPublished, spreadOver } from '../support/published-feed.ts';
import type { AffectedRecord, PublishedFile } from '../support/published-feed.ts';

interface RawEvent {
  readonly introduced?: string;
  readonly fixed?: string;
}

/** The part of an OSV record that this test reads for itself. */
interface RawOsv {
  readonly id: string;
  readonly withdrawn?: string;
  readonly summary?: string;
  readonly aliases?: readonly string[];
  readonly related?: readonly string[];
  readonly affected: readonly {
    readonly package: { readonly name: string; readonly ecosystem: string };
    readonly versions?: readonly string[];
    readonly ranges?: readonly { readonly type: string; readonly events: readonly RawEvent[] }[];
  }[];
}

function cvesOf(raw: RawOsv): readonly string[] {
  return [...new Set(raw.aliases)].filter((alias) => alias.startsWith('CVE-'));
}

/** Where one range of a package ends and the next begins, nothing is fixed. */
function fixedIn(events: readonly RawEvent[]): readonly string[] {
  return events
    .flatMap((event) => event.fixed ?? [])
    .filter((version) => !events.some(({ introduced }, index) => introduced === version && events[index + 1]?.fixed !== version));
}

/** Reads a feed of OSV files in JSON: every record is there, and every fixed version that the raw file names. */
function checkOsvJson(context: TestContext, feedId: string, archive: string, files: number): void {
  const published = [...readPublished(context, feedId, archive)];
  if (published.length === 0) return;
  assert.equal(published.length, files);
  for (const { name, text, affected, problems } of published) {
    const raw = JSON.parse(text) as RawOsv;
    const ids = Math.max(1, cvesOf(raw).length);
    assert.deepEqual(problems, [], name);
    assert.equal(affected.length, raw.withdrawn === undefined ? raw.affected.length * ids : 0, name);
    const fixed = raw.affected.flatMap((part) => fixedIn((part.ranges ?? []).flatMap((range) => range.events)));
    if (raw.withdrawn === undefined)
      assert.deepEqual(distinct(affected.flatMap(({ advisory }) => advisory.patchedVersions ?? [])), distinct(fixed), name);
  }
  for (const { text, affected } of spreadOver(published, 20)) {
    const raw = JSON.parse(text) as RawOsv;
    for (const record of affected) assert.ok(raw.affected.some((part) => part.package.name.toLowerCase() === record.packageName.toLowerCase()));
    if (raw.withdrawn === undefined)
      assert.deepEqual(distinct(affected.map(({ id }) => id)), distinct(cvesOf(raw).length > 0 ? cvesOf(raw) : [raw.id]));
  }
}

function distinct(items: readonly string[]): readonly string[] {
  return [...new Set(items)].sort();
}

function affectedOf(files: readonly PublishedFile[]): readonly AffectedRecord[] {
  return files.flatMap((file) => file.affected);
}

/** The value of a field at the beginning of a line of YAML, without quotes. */
function fieldOf(text: string, name: string): string | undefined {
  return new RegExp(`^${name}: *(.*?) *$`, 'm').exec(text)?.[1]?.replace(/^["'](.*)["']$/, '$1');
}

/** The items of a list below a field, without quotes. */
function itemsOf(text: string, name: string): readonly string[] {
  const block = new RegExp(`^${name}: *\\n((?: *- .*\\n?)+)`, 'm').exec(text)?.[1] ?? '';
  return block.split('\n').flatMap((line) => /^ *- *["']?(.*?)["']? *$/.exec(line)?.[1] ?? []);
}

test('Go', (context) => {
  checkOsvJson(context, 'golang-vulndb', 'advisories/golang-vulndb/golang-vulndb-osv-2026-08-21.tar.xz', 4291);
});

test('Bitnami', (context) => {
  checkOsvJson(context, 'bitnami', 'advisories/bitnami/bitnami-vulndb-2026-08-05.tar.xz', 7444);
});

test('AlmaLinux in OSV: each package, flaw and fixed version', (context) => {
  const published = [...readPublished(context, 'osv', 'advisories/almalinux-osv/almalinux-osv-2026-08-21.tar.xz')];
  if (published.length === 0) return;
  assert.equal(published.length, 5680);
  for (const { name, text, affected, problems } of published) {
    const raw = JSON.parse(text) as RawOsv;
    const flaws = (raw.related ?? []).filter((id) => id.startsWith('CVE-'));
    const ids = flaws.length > 0 ? flaws : raw.id.startsWith('ALSA-') ? [raw.id] : [];
    const plain = raw.affected.flatMap((part) => {
      const fixed = part.ranges?.[0]?.events[1]?.fixed ?? '';
      const bucket = part.package.ecosystem.replace('AlmaLinux:', 'alma ');
      return fixed.includes('.module') ? [] : ids.map((id) => `${bucket} ${part.package.name} ${id} ${fixed}`);
    });
    const read = affected.map(({ bucket, packageName, id, advisory }) => `${bucket} ${packageName} ${id} ${advisory.fixedVersion ?? ''}`);
    assert.deepEqual(distinct(read.filter((line) => !line.includes('::'))), distinct(plain), name);
    const modular = raw.affected.some((part) => part.ranges?.[0]?.events[1]?.fixed?.includes('.module') === true) && ids.length > 0;
    const streams = distinct(affected.flatMap(({ packageName }) => /^(.+)::/.exec(packageName)?.[1] ?? []));
    assert.ok(
      streams.every((stream) => raw.summary?.includes(stream) === true),
      name,
    );
    assert.equal(modular && streams.length === 0, problems.length > 0, name);
  }
  assert.equal(published.filter((file) => file.problems.length > 0).length, 9);
});

test('PyPA', (context) => {
  const published = [...readPublished(context, 'pypa', 'advisories/pypa/pypa-2024-10-10.tar.xz')];
  if (published.length === 0) return;
  assert.equal(published.length, 2661);
  for (const { name, text, affected, problems } of published) {
    const isWithdrawn = fieldOf(text, 'withdrawn') !== undefined;
    const cves = distinct(itemsOf(text, 'aliases').filter((alias) => alias.startsWith('CVE-')));
    const packages = [...text.matchAll(/^ +ecosystem: PyPI$/gm)].length;
    assert.deepEqual(problems, [], name);
    assert.equal(affected.length, isWithdrawn ? 0 : packages * Math.max(1, cves.length), name);
  }
  for (const { text, affected } of spreadOver(published, 20)) {
    const fixed = [...text.matchAll(/^ +(?:- )?fixed: *["']?(.*?)["']?$/gm)]
      .map((match) => match[1] ?? '')
      .filter((version) => !/^[0-9a-f]{40}$/.test(version));
    assert.deepEqual(distinct(affected.flatMap(({ advisory }) => advisory.patchedVersions ?? [])), distinct(fixed));
  }
});

test("GitLab's, of every ecosystem", (context) => {
  const published = [...readPublished(context, 'gemnasium', 'advisories/gemnasium-oss-mit/gemnasium-community-2022-05-23.tar.xz')];
  if (published.length === 0) return;
  assert.equal(published.length, 13_581);
  const withRange = published.filter(({ text }) => fieldOf(text, 'affected_range') !== '');
  assert.deepEqual([published.length - withRange.length, affectedOf(published).length], [73, published.length - 2]);
  // One advisory is no YAML: its quotes do not close; one has no identifier that could be one.
  assert.deepEqual(
    published.flatMap((file) => file.problems),
    [
      'maven/io.micronaut/micronaut-http/CVE-2022-21700.yml: Missing closing "quote',
      'pypi/collective.js.datatables/unknown.yml: no package, range or id of an advisory',
    ],
  );
  const count = new Map<string, number>();
  for (const { bucket } of affectedOf(published)) count.set(bucket.replace(/::.*/, ''), (count.get(bucket.replace(/::.*/, '')) ?? 0) + 1);
  const slugs = new Map<string, number>();
  for (const { name } of published.filter((file) => file.problems.length === 0))
    slugs.set(name.replace(/\/.*/, ''), (slugs.get(name.replace(/\/.*/, '')) ?? 0) + 1);
  assert.deepEqual(
    ['npm', 'maven', 'go', 'nuget', 'conan'].map((ecosystem) => count.get(ecosystem)),
    ['npm', 'maven', 'go', 'nuget', 'conan'].map((ecosystem) => slugs.get(ecosystem)),
  );
  for (const { name, text, affected } of spreadOver(withRange, 40)) {
    // Long ones go on in the next line.
    const range = /^affected_range: "([^"]*)"$/m.exec(text)?.[1]?.replaceAll(/\n\s*/g, ' ');
    const [record] = affected;
    assert.deepEqual([record?.advisory.vulnerableVersions, record?.advisory.patchedVersions ?? []], [[range], itemsOf(text, 'fixed_versions')], name);
  }
});

test('RubySec', (context) => {
  const published = [...readPublished(context, 'rubysec', 'advisories/rubysec/rubysec-2026-08-22.tar.xz')];
  if (published.length === 0) return;
  assert.equal(published.length, 1234);
  for (const { name, text, affected, problems } of published) {
    const cve = fieldOf(text, 'cve');
    assert.deepEqual(problems, [], name);
    assert.deepEqual(distinct(affected.map(({ packageName }) => packageName)), [fieldOf(text, 'gem')?.toLowerCase()], name);
    if (cve !== undefined && cve !== '') assert.equal(affected[0]?.id, `CVE-${cve}`, name);
    // One file may be about several flaws: then each is named in it.
    for (const { id } of affected.slice(1)) assert.ok(text.includes(id.replace('CVE-', '')), `${name}: ${id}`);
  }
  assert.equal(affectedOf(published).length, 1274);
  for (const { name, text, affected } of spreadOver(published, 20)) {
    assert.deepEqual(distinct(affected[0]?.advisory.patchedVersions ?? []), distinct(itemsOf(text, 'patched_versions')), name);
    assert.deepEqual(distinct(affected[0]?.advisory.unaffectedVersions ?? []), distinct(itemsOf(text, 'unaffected_versions')), name);
  }
});

test('FriendsOfPHP', (context) => {
  const published = [...readPublished(context, 'friendsofphp', 'advisories/friendsofphp/friendsofphp-2026-08-06.tar.xz')];
  if (published.length === 0) return;
  assert.equal(published.length, 1592);
  for (const { name, text, affected, problems } of published) {
    assert.deepEqual(problems, [], name);
    const branches = [...text.matchAll(/^ +versions: *\[(.*)\]/gm)].map((match) =>
      (match[1] ?? '').replaceAll(/["']/g, '').trim().split(/ *, */).join(', '),
    );
    assert.deepEqual([affected.length, affected[0]?.packageName], [1, fieldOf(text, 'reference')?.replace('composer://', '').toLowerCase()], name);
    if (branches.length > 0) assert.deepEqual(affected[0]?.advisory.vulnerableVersions, branches, name);
  }
});

test('RustSec', (context) => {
  const published = [...readPublished(context, 'rustsec', 'advisories/rustsec/rustsec-2026-08-21.tar.xz')];
  if (published.length === 0) return;
  assert.equal(published.length, 1205);
  const blockOf = (text: string): string => text.slice(0, text.indexOf('\n```', 4));
  for (const { name, text, affected, problems } of published) {
    const block = blockOf(text);
    const isPassedOver = /^withdrawn *=/m.test(block) || /^informational *= *"(?:unmaintained|notice)"/m.test(block);
    const cves = distinct([...(/^aliases *= *\[([^\]]*)\]/m.exec(block)?.[1] ?? '').matchAll(/CVE-[\d-]+/g)].map(([cve]) => cve));
    assert.deepEqual(problems, [], name);
    assert.equal(affected.length, isPassedOver ? 0 : Math.max(1, cves.length), name);
  }
  for (const { name, text, affected } of spreadOver(
    published.filter((file) => file.affected.length > 0),
    20,
  )) {
    const patched = [...(/^patched *= *\[([^\]]*)\]/m.exec(blockOf(text))?.[1] ?? '').matchAll(/"([^"]*)"/g)].map((match) => (match[1] ?? '').trim());
    assert.deepEqual(distinct(affected[0]?.advisory.patchedVersions ?? []), distinct(patched), name);
  }
});

test('Retire.js', (context) => {
  interface RawFlaw {
    readonly below?: string;
    readonly atOrAbove?: string;
    readonly identifiers: { readonly CVE?: readonly string[] };
  }
  const file = [...readPublished(context, 'retirejs', 'advisories/retirejs/retirejs-2026-08-22.tar.xz')].find(({ name }) =>
    name.endsWith('-v6.json'),
  );
  if (file === undefined) return;
  assert.deepEqual(file.problems, []);
  const raw = JSON.parse(file.text) as Record<string, { npmname?: string; vulnerabilities: readonly RawFlaw[] }>;
  const flaws = Object.values(raw).flatMap((library) => library.vulnerabilities);
  assert.equal(flaws.length, 723);
  const passedOver = ['retire-example', 'sessvars', 'DWR', 'pendo', 'ExtJS'].flatMap((name) => raw[name]?.vulnerabilities ?? []);
  const expected = flaws.filter((flaw) => !passedOver.includes(flaw)).map((flaw) => Math.max(1, new Set(flaw.identifiers.CVE).size));
  assert.equal(
    file.affected.length,
    expected.reduce((sum, count) => sum + count, 0),
  );
  for (const { below, atOrAbove, identifiers } of raw.jquery?.vulnerabilities ?? []) {
    const range = [atOrAbove === undefined ? [] : `>=${atOrAbove}`, below === undefined ? [] : `<${below}`].flat().join(', ');
    for (const cve of identifiers.CVE ?? []) {
      assert.ok(
        file.affected.some(({ packageName, id, advisory }) => packageName === 'jquery' && id === cve && advisory.vulnerableVersions?.[0] === range),
        cve,
      );
    }
  }
});

test('known exploited, probability, and what CISA adds', (context) => {
  const [kev] = [...readPublished(context, 'cisa-kev', 'advisories/cisa-kev/cisa-kev-2026-07-24.tar.xz')];
  if (kev !== undefined) {
    const raw = JSON.parse(kev.text) as { count: number; vulnerabilities: readonly { cveID: string; dateAdded: string }[] };
    assert.deepEqual([kev.records.length, kev.problems], [raw.count, []]);
    for (const { cveID, dateAdded } of spreadOver(raw.vulnerabilities, 20)) {
      assert.ok(
        kev.records.some((record) => record.kind === 'vulnerability' && record.id === cveID && record.detail.kevAddedAt === dateAdded),
        cveID,
      );
    }
  }
  const epss = [...readPublished(context, 'epss', 'advisories/epss/epss-2026-08-16.tar.xz')];
  if (epss.length > 0) {
    const lines = epss.flatMap(({ text }) => text.split('\n').filter((line) => line.startsWith('CVE-')));
    assert.equal(lines.length, 360_142);
    assert.equal(
      epss.reduce((sum, file) => sum + file.records.length, 0),
      lines.length,
    );
    const scores = new Map(epss.flatMap((file) => file.records).map((record) => [record.kind === 'vulnerability' ? record.id : '', record] as const));
    for (const line of spreadOver(lines, 20)) {
      const [id = '', probability, percentile] = line.trim().split(';');
      const record = scores.get(id as never);
      assert.deepEqual(record?.kind === 'vulnerability' && record.detail.epss, { probability: Number(probability), percentile: Number(percentile) });
    }
  }
});

test('malicious packages', (context) => {
  const published = [...readPublished(context, 'datadog-iocs', 'advisories/datadog-iocs/datadog-iocs-2026-04-03.tar.xz')];
  for (const { name, text, affected, problems } of published) {
    const [header = '', ...rows] = text.trim().split(/\r?\n/);
    const packages = header.startsWith('package_name') ? rows : rows.filter((row) => /^(?:npm|pypi) package,/.test(row));
    assert.deepEqual([affected.length, problems], [packages.length, []], name);
    for (const row of spreadOver(packages, 12)) {
      const version = /(\d+\.\d+\.\d+[\w.-]*)/.exec(row)?.[1] ?? '';
      assert.ok(
        affected.some(
          ({ packageName, advisory }) => row.toLowerCase().includes(packageName) && advisory.vulnerableVersions?.includes(`=${version}`) === true,
        ),
        row,
      );
    }
  }
});

test('Windows: every flaw of every release of Windows Server that images are made of', (context) => {
  const [file] = [...readPublished(context, 'wesng-msrc', 'advisories/wesng-msrc/wesng-2026-06-28.tar.xz')];
  if (file === undefined) return;
  assert.deepEqual(file.problems, []);
  const builds: Readonly<Record<string, string>> = {
    'Windows Server 2016': '14393',
    'Windows Server, version 1709': '16299',
    'Windows Server, version 1803': '17134',
    'Windows Server 2019': '17763',
    'Windows Server, version 1903': '18362',
    'Windows Server, version 1909': '18363',
    'Windows Server, version 2004': '19041',
    'Windows Server, version 20H2': '19042',
    'Windows Server 2022': '20348',
    'Windows Server 2022, 23H2 Edition': '25398',
    'Windows Server 2025': '26100',
  };
  const updates = new Map<string, Set<string>>();
  const older = new Set<string>();
  let rows = 0;
  for (const line of file.text.split('\n')) {
    if (!line.startsWith('"2')) continue;
    rows += 1;
    // Titles are the only field with quotes inside, and the fifth from the end is the product's.
    const match = /^"\d{8}","([^"]*)","([^"]*)",(?:"(?:[^"]|"")*"|),"([^"]*)","[^"]*","[^"]*","[^"]*","([^"]*)",/.exec(line);
    const product = match?.[3]?.replace(/ *\(server core installation\) *$/i, '') ?? '';
    const build = product === match?.[3] ? undefined : builds[product];
    if (match === null || build === undefined) continue;
    const [, cve = '', article = '', , supersedes = ''] = match;
    const key = `windows 10.0.${build} ${cve.toUpperCase()}`;
    const known = updates.get(key) ?? new Set<string>();
    if (/^cve-\d+-\d+$/i.test(cve)) updates.set(key, article === '' ? known : known.add(`KB${article}`));
    for (const other of supersedes.match(/\d{6,8}/g) ?? []) if (other !== article) older.add(`windows 10.0.${build} KB${article} KB${other}`);
  }
  assert.equal(rows, 608_740);
  const flaws = file.affected.filter(({ packageName }) => packageName === 'windows');
  assert.equal(flaws.length, updates.size);
  for (const { bucket, id, advisory } of flaws) assert.deepEqual(advisory.vendorIds, [...(updates.get(`${bucket} ${id}`) ?? [])].sort());
  assert.deepEqual(
    distinct(
      file.affected.filter(({ packageName }) => packageName !== 'windows').map(({ bucket, packageName, id }) => `${bucket} ${packageName} ${id}`),
    ),
    distinct([...older]),
  );
});
