import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { writeAdvisoryStore } from '../../../src/advisories/store/build-store.ts';
import type { AdvisoryRecord } from '../../../src/advisories/store/record.ts';
import { tellAge } from '../../../src/cli/advisories-age.ts';
import { toAdvisoryId } from '../../../src/foundation/model/brand.ts';
import { runCli, type CliResult } from '../../support/run-cli.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const records: readonly AdvisoryRecord[] = [
  {
    kind: 'vulnerability',
    id: toAdvisoryId('CVE-2024-0001'),
    detail: { severity: 'high', title: 'a title', description: 'a long story '.repeat(400) },
  },
  { kind: 'affected', bucket: 'debian 12', packageName: 'zlib', id: toAdvisoryId('CVE-2024-0001'), advisory: { fixedVersion: '1.3' } },
];

interface Desk {
  readonly file: (name: string) => string;
  readonly db: (...args: readonly string[]) => Promise<CliResult>;
}

/** A machine of its own, with two databases and a list to import. */
function openDesk(t: TestContext): Desk {
  const folder = temporaryDirectory(t);
  const file = (name: string): string => path.join(folder, name);
  for (const [name, builtAt] of [
    ['one.db', '2024-01-01T00:00:00.000Z'],
    ['two.db', '2025-01-01T00:00:00.000Z'],
  ] as const) {
    writeFileSync(file(name), writeAdvisoryStore(records, { source: name, builtAt, full: true }));
  }
  writeFileSync(file('kev.json'), '{"dateReleased":"2026-01-02T00:00:00Z","vulnerabilities":[{"cveID":"CVE-2024-0001","dateAdded":"2025-05-05"}]}');
  writeFileSync(
    file('epss.csv.gz'),
    gzipSync('#model_version:v1,score_date:2026-01-03T00:00:00+0000\ncve,epss,percentile\nCVE-2024-0001,0.25,0.9\n'),
  );
  return { file, db: (...args) => runCli(['db', ...args], { env: { PLIMSOLL_CACHE_DIR: file('cache') } }) };
}

async function statusOf(desk: Desk): Promise<Record<string, unknown>> {
  const { stdout, stderr } = await desk.db('status', '--format', 'json');
  assert.equal(stderr, '');
  return JSON.parse(stdout) as Record<string, unknown>;
}

test('imports databases and lists, says what is used, and goes back', async (t) => {
  const desk = openDesk(t);
  assert.equal((await desk.db('import', desk.file('one.db'))).code, 0);
  const imported = await desk.db('import', desk.file('two.db'), desk.file('kev.json'), desk.file('epss.csv.gz'), '--format', 'json');
  assert.equal(imported.code, 0, imported.stderr);
  const status = await statusOf(desk);
  assert.deepEqual(JSON.parse(imported.stdout), status);
  const { source, builtAt, full, previous, kev, epss } = status as Record<string, { publishedAt?: string }>;
  assert.deepEqual([source, builtAt, full], ['two.db', '2025-01-01T00:00:00.000Z', true]);
  assert.deepEqual([kev?.publishedAt, epss?.publishedAt], ['2026-01-02T00:00:00.000Z', '2026-01-03T00:00:00.000Z']);
  assert.deepEqual(previous, { source: 'one.db', builtAt: '2024-01-01T00:00:00.000Z' });

  const table = await desk.db('rollback');
  assert.match(table.stdout, /^advisories {2}one\.db\nbuilt {7}2024-01-01T00:00:00\.000Z \(\d+ days ago\)\ncoverage {4}part: debian 12/);
  assert.match(table.stdout, /^exploited {3}kev\.json, of 2026-01-02/m);
  assert.match(table.stdout, /^probable {4}epss\.csv\.gz, of 2026-01-03/m);
  assert.match(table.stdout, /^previous {4}two\.db/m);
});

test('a database of a few sources says what it covers, and what it does not; one of all sources that it is full', async (t) => {
  const desk = openDesk(t);
  const build = (name: string, buckets: readonly string[]): string => {
    const affected = buckets.map(
      (bucket) => ({ kind: 'affected', bucket, packageName: 'zlib', id: toAdvisoryId('CVE-2024-0001'), advisory: { fixedVersion: '1.3' } }) as const,
    );
    writeFileSync(desk.file(name), writeAdvisoryStore([...records, ...affected], { source: name, builtAt: '2025-01-01T00:00:00Z', full: true }));
    return desk.file(name);
  };
  const company = build('company.db', ['debian 11', 'npm::Acme', 'pip::Acme', 'conda::Acme', 'ubuntu 22.04-ESM']);
  const { stdout } = await desk.db('status', '--advisories', company);
  assert.match(
    stdout,
    /^coverage {4}part: debian 11, 12 · ubuntu 22\.04-ESM · conda · npm · pypi; nothing on alma, alpine, .*Red Hat, .*, maven, .*swift$/m,
  );
  assert.doesNotMatch(stdout, /coverage {4}full/);
  const { coverage } = JSON.parse((await desk.db('status', '--advisories', company, '--format', 'json')).stdout) as {
    coverage: Record<'distributions' | 'languages' | 'lacks', string[]>;
  };
  assert.deepEqual(coverage.distributions, ['debian 11', 'debian 12', 'ubuntu 22.04-ESM']);
  assert.deepEqual(coverage.languages, ['conda', 'npm', 'pypi']);
  assert.ok(coverage.lacks.includes('golang') && !coverage.lacks.includes('npm'));

  const families = [
    'alma 9',
    'alpine 3.20',
    'amazon linux 2023',
    'Oracle Linux 9',
    'Red Hat',
    'rocky 9',
    'SUSE Linux Enterprise 15.6',
    'ubuntu 24.04',
  ];
  const languages = 'cargo cocoapods composer conan rubygems go erlang julia maven npm nuget pub pip swift'.split(' ').map((name) => `${name}::Acme`);
  const all = await desk.db('status', '--advisories', build('all.db', [...families, ...languages]));
  assert.match(all.stdout, /^coverage {4}full$/m);
});

test('reset goes back to what came with the release, and rollback undoes that', async (t) => {
  const desk = openDesk(t);
  const before = (await statusOf(desk)).source;
  const none = await desk.db('reset');
  assert.equal(none.code, 3);
  assert.match(none.stderr, /in use already/);
  await desk.db('import', desk.file('one.db'));
  const reset = await desk.db('reset');
  assert.equal(reset.code, 0, reset.stderr);
  const status = await statusOf(desk);
  assert.deepEqual([status.source, (status.previous as { source: string }).source], [before, 'one.db']);
  assert.equal((await desk.db('rollback')).code, 0);
  assert.equal((await statusOf(desk)).source, 'one.db');
  // There is nothing before it: the way on is named.
  const { code, stderr } = await desk.db('rollback');
  assert.equal(code, 3);
  assert.match(stderr, /plimsoll db reset/);
});

test('what somebody put into the folder by hand is not let go of by reset, which says so', async (t) => {
  const desk = openDesk(t);
  mkdirSync(desk.file('cache/advisories'), { recursive: true });
  const byHand = desk.file('cache/advisories/trivy.db');
  writeFileSync(byHand, writeAdvisoryStore(records, { source: 'by hand', builtAt: '', full: true }));
  const { code, stderr } = await desk.db('reset');
  assert.equal(code, 3);
  assert.match(stderr, /trivy\.db.*by hand.*remove it/);
});

test('a file that is none leaves what is there, and names itself', async (t) => {
  const desk = openDesk(t);
  await desk.db('import', desk.file('one.db'));
  const before = await statusOf(desk);
  writeFileSync(desk.file('notes.txt'), 'hello');
  const { code, stdout, stderr } = await desk.db('import', desk.file('notes.txt'));
  assert.deepEqual([code, stdout], [3, '']);
  assert.match(stderr, /notes\.txt: the database cannot be used: the file does not begin as a bolt database does/);
  assert.doesNotMatch(stderr, /staging/);
  assert.deepEqual(await statusOf(desk), before);
});

test('an update that reaches nobody says why, and what is in use', async (t) => {
  const desk = openDesk(t);
  await desk.db('import', desk.file('one.db'));
  const { code, stdout, stderr } = await desk.db('update', '--source', '127.0.0.1:1/aquasec/trivy-db:2');
  assert.deepEqual([code, stdout], [3, '']);
  assert.match(stderr, /in use: one\.db, built 2024-01-01 \(\d+ days ago\)/);
  assert.match(stderr, /127\.0\.0\.1:1 cannot be reached/);
  assert.match(stderr, /plimsoll db import FILE/);
});

test('compacts the database in use or the one named', async (t) => {
  const desk = openDesk(t);
  await desk.db('import', desk.file('one.db'), desk.file('kev.json'));
  const { code, stdout } = await desk.db('compact', '-o', desk.file('small.db'));
  assert.equal(code, 0);
  assert.match(stdout, /small\.db: \d+ bytes, \d+\.\d % of \d+\n/);
  assert.equal((await desk.db('compact', desk.file('two.db'), '-o', desk.file('other.db'))).code, 0);
  assert.equal((await desk.db('import', desk.file('small.db'))).code, 0);
  assert.equal((await statusOf(desk)).source, 'one.db');
  assert.match((await desk.db('compact', desk.file('small.db'), '-o', desk.file('x.db'))).stderr, /compact already/);
});

test('a database that somebody put into the folder by hand is used', async (t) => {
  const desk = openDesk(t);
  mkdirSync(desk.file('cache/advisories'), { recursive: true });
  writeFileSync(desk.file('cache/advisories/trivy.db'), writeAdvisoryStore(records, { source: 'by hand', builtAt: '', full: true }));
  assert.equal((await statusOf(desk)).source, 'by hand');
  assert.deepEqual(readdirSync(desk.file('cache/advisories')), ['trivy.db']);
});

for (const args of [['compact'], ['compact', 'a', 'b', '-o', 'c'], ['import'], ['status', 'x'], ['rollback', 'x'], ['reset', 'x'], ['explode'], []]) {
  test(`db ${args.join(' ')}: makes no sense`, async (t) => {
    assert.equal((await openDesk(t).db(...args)).code, 2);
  });
}

test('old advisories are told, young ones only when asked for, and a clock that is wrong', () => {
  const now = new Date('2026-03-10T12:00:00Z');
  const told = (builtAt: string, always = false, source = 'a source'): string => {
    const lines: string[] = [];
    tellAge({ source, builtAt, full: true }, { always }, { note: (line) => lines.push(line) }, now);
    return lines.join('\n');
  };
  assert.equal(told('2026-03-05T00:00:00Z'), '');
  assert.equal(told('2026-03-05T00:00:00Z', true), 'advisories: a source, built 2026-03-05 (5 days ago)');
  assert.equal(told('2026-03-10T00:00:00Z', true), 'advisories: a source, built 2026-03-10 (today)');
  assert.equal(told('2026-02-10T00:00:00Z'), 'advisories: a source, built 2026-02-10 (28 days ago); newer ones: plimsoll db update');
  assert.equal(told('2027-02-10T00:00:00Z'), 'advisories: a source, built 2027-02-10 (in the future, by the clock of this machine)');
  assert.deepEqual([told(''), told('', true, 'none')], ['', '']);
  assert.equal(told('', true), 'advisories: a source; when they were built is not known');
});
