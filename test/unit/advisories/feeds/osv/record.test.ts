import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readOsvRecord } from '../../../../../src/advisories/feeds/osv/record.ts';
import type { AdvisoryRecord } from '../../../../../src/advisories/store/record.ts';

function read(record: unknown): { records: readonly AdvisoryRecord[]; problems: readonly string[] } {
  const { value, problems } = readOsvRecord(record, { file: 'f' });
  return { records: value, problems: problems.map((problem) => problem.message) };
}

/** A record on one package, whose only range has these events. */
function one(ecosystem: string, events: readonly object[], rest: object = {}, affected: object = {}): object {
  return { id: 'X-1', affected: [{ package: { ecosystem, name: 'Pkg' }, ranges: [{ type: 'ECOSYSTEM', events }], ...affected }], ...rest };
}

function advisoryOf(record: unknown): unknown {
  const [found] = read(record).records;
  return found?.kind === 'affected' ? found.advisory : undefined;
}

function detailOf(record: unknown, id = 'X-1'): unknown {
  const found = read(record).records.find((entry) => entry.kind === 'vulnerability' && entry.id === id);
  return found?.kind === 'vulnerability' ? found.detail : undefined;
}

const fromStart = { introduced: '0' };

test('ranges of a language: fixed, last affected, limit, several, and versions named apart', () => {
  assert.deepEqual(
    advisoryOf(
      one(
        'npm',
        [fromStart, { fixed: '1.2.0' }, { introduced: '2.0.0' }, { last_affected: '2.3.0' }],
        {},
        { versions: ['1.0.0', '2.3.0', '9.9.9', 'FILE5_29'] },
      ),
    ),
    {
      vulnerableVersions: ['<1.2.0', '>=2.0.0, <=2.3.0', '=9.9.9', '=FILE5_29'],
      patchedVersions: ['1.2.0'],
    },
  );
  assert.deepEqual(advisoryOf(one('npm', [{ introduced: '1.0.0' }, { limit: '2.0.0' }])), { vulnerableVersions: ['>=1.0.0, <2.0.0'] });
});

test('an open range ends where GitHub last knew it, a closed one where it is closed', () => {
  const last = { database_specific: { last_known_affected_version_range: '<= 9.0.5' } };
  assert.deepEqual(advisoryOf(one('npm', [{ introduced: '1.0.0' }], {}, last)), { vulnerableVersions: ['>=1.0.0, <=9.0.5'] });
  assert.deepEqual(advisoryOf(one('npm', [fromStart, { fixed: '2.0.0' }], {}, last)), { vulnerableVersions: ['<2.0.0'], patchedVersions: ['2.0.0'] });
});

test('between commits nothing is in order; versions beside them count', () => {
  const range = { type: 'GIT', repo: 'https://example.com/a', events: [fromStart, { fixed: 'abc' }] };
  assert.deepEqual(advisoryOf({ id: 'X-1', affected: [{ package: { ecosystem: 'PyPI', name: 'a' }, ranges: [range], versions: ['1.0', '1.1'] }] }), {
    vulnerableVersions: ['=1.0', '=1.1'],
  });
  assert.deepEqual(read({ id: 'X-1', affected: [{ package: { ecosystem: 'PyPI', name: 'a' }, ranges: [range] }] }), { records: [], problems: [] });
});

test('what contradicts itself is read to the safe side, and told', () => {
  assert.deepEqual(read(one('npm', [{ fixed: '1.0.0' }])).problems, ['f: X-1: a range does not say where it begins']);
  assert.deepEqual(advisoryOf(one('npm', [{ fixed: '1.0.0' }])), { vulnerableVersions: ['<1.0.0'], patchedVersions: ['1.0.0'] });
  assert.deepEqual(advisoryOf(one('npm', [{ introduced: '2.0.0' }, { fixed: '1.0.0' }])), {
    vulnerableVersions: ['>=2.0.0'],
    patchedVersions: ['1.0.0'],
  });
  assert.deepEqual(read(one('npm', [fromStart, { mended: '1' }])).problems, ['f: X-1: an event of a range says nothing that is known']);
  assert.deepEqual(read({ id: 'X-1', affected: [{ package: { ecosystem: 'npm', name: 'a' } }] }).problems, ['f: X-1: no version is named']);
});

test('an advisory is kept under its CVE, other ids beside it; several CVEs each', () => {
  const { records } = read(one('Go', [fromStart], { aliases: ['GHSA-aaaa-bbbb-cccc', 'CVE-2021-0001'], upstream: ['UBUNTU-CVE-2021-0002'] }));
  assert.deepEqual(
    records.map((record) => record.kind === 'affected' && [record.bucket, record.packageName, record.id, record.advisory.vendorIds]),
    [
      ['go::Open Source Vulnerability', 'Pkg', 'CVE-2021-0001', ['GHSA-aaaa-bbbb-cccc', 'X-1']],
      ['go::Open Source Vulnerability', 'Pkg', 'CVE-2021-0002', ['GHSA-aaaa-bbbb-cccc', 'X-1']],
      false,
      false,
    ],
  );
});

test('a withdrawn record says so of its own id, and nothing else', () => {
  const record = one('npm', [fromStart], { aliases: ['CVE-2021-0001'], withdrawn: '2022-01-01T00:00:00Z' });
  assert.deepEqual(read(record), { records: [{ kind: 'vulnerability', id: 'X-1', detail: { withdrawn: true } }], problems: [] });
});

test('severities: vectors of every version, words, and nothing of one CVE in a notice on several', () => {
  const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H';
  const severity = [
    { type: 'CVSS_V3', score: vector },
    { type: 'Ubuntu', score: 'negligible' },
    { type: 'LATER', score: 'purple' },
  ];
  assert.deepEqual(detailOf(one('Ubuntu:22.04:LTS', [fromStart], { severity, published: '2021-02-01T20:15:00Z' })), {
    ratings: [{ cvssVector: vector, score: 7.5, source: 'ubuntu' }],
    vendorSeverities: { ubuntu: 'negligible' },
    publishedAt: '2021-02-01T20:15:00.000Z',
  });
  assert.deepEqual(detailOf(one('npm', [fromStart], { database_specific: { severity: 'MODERATE', cwe_ids: ['CWE-79'] } })), {
    vendorSeverities: { osv: 'medium' },
    cweIds: ['CWE-79'],
  });
  assert.deepEqual(detailOf(one('Ubuntu:22.04:LTS', [fromStart], { severity, aliases: ['CVE-2021-0001', 'CVE-2021-0002'] }), 'CVE-2021-0001'), {});
  const apart = { database_specific: { cves_map: { cves: [{ id: 'CVE-2021-0002', severity: [{ type: 'Ubuntu', score: 'high' }] }] } } };
  assert.deepEqual(detailOf(one('Ubuntu:22.04:LTS', [fromStart], { upstream: ['CVE-2021-0001', 'CVE-2021-0002'] }, apart), 'CVE-2021-0002'), {
    vendorSeverities: { ubuntu: 'high' },
  });
});

test('distributions: fixed, none yet, from a version on, urgency, end of life, paid service', () => {
  assert.deepEqual(advisoryOf(one('Debian:12', [fromStart, { fixed: '1:2.0-1' }])), { fixedVersion: '1:2.0-1' });
  assert.deepEqual(advisoryOf(one('Debian:12', [fromStart], {}, { ecosystem_specific: { urgency: 'unimportant' } })), {
    severity: 'negligible',
    status: 'affected',
  });
  assert.deepEqual(advisoryOf(one('Debian:12', [fromStart], {}, { ecosystem_specific: { urgency: 'end-of-life' } })), { status: 'end-of-life' });
  assert.deepEqual(advisoryOf(one('Alpine:v3.20', [{ introduced: '2.0-r0' }, { fixed: '2.1-r1' }])), {
    affectedVersion: '2.0-r0',
    fixedVersion: '2.1-r1',
  });
  const availability = { ecosystem_specific: { availability: 'Available with Ubuntu Pro: https://ubuntu.com/pro' } };
  assert.deepEqual(advisoryOf(one('Ubuntu:Pro:22.04:LTS', [fromStart, { fixed: '2' }], {}, availability)), {
    service: 'esm-apps',
    fixedVersion: '2',
  });
  assert.deepEqual(advisoryOf(one('Wolfi', [fromStart, { last_affected: '2.0-r0' }])), { status: 'affected', vulnerableVersions: ['<=2.0-r0'] });
});

test('an erratum names its flaws as related, its severity in the headline, and modules there too', () => {
  const record = one('AlmaLinux:8', [fromStart, { fixed: '18.1-1.module_el8.9.0+1' }], {
    id: 'ALSA-2024:1',
    related: ['CVE-2024-0001', 'CVE-2024-0002'],
    summary: 'Important: nodejs:18 security update',
  });
  assert.deepEqual(
    read(record).records.map((found) => found.kind === 'affected' && [found.bucket, found.packageName, found.id, found.advisory]),
    [
      ['alma 8', 'nodejs:18::Pkg', 'CVE-2024-0001', { severity: 'high', vendorIds: ['ALSA-2024:1'], fixedVersion: '18.1-1.module_el8.9.0+1' }],
      ['alma 8', 'nodejs:18::Pkg', 'CVE-2024-0002', { severity: 'high', vendorIds: ['ALSA-2024:1'], fixedVersion: '18.1-1.module_el8.9.0+1' }],
      false,
      false,
    ],
  );
  const stated = one(
    'AlmaLinux:8',
    [fromStart, { fixed: '1-1.module+el8+1' }],
    { related: [] },
    { ecosystem_specific: { rpm_modularity: 'mariadb:10.3' } },
  );
  assert.equal(read(stated).records.find((found) => found.kind === 'affected')?.packageName, 'mariadb:10.3::Pkg');
  const unstated = read({ ...record, summary: 'Important: nodejs security update' });
  assert.deepEqual(unstated.problems, ['f: ALSA-2024:1: packages of a module whose stream it does not name are left out']);
  assert.ok(unstated.records.every((found) => found.kind === 'vulnerability'));
});

test('a notice of mended bugs is no vulnerability, unless it names one', () => {
  assert.deepEqual(read(one('AlmaLinux:8', [fromStart, { fixed: '1-1' }], { id: 'ALBA-2024:1', related: [] })), { records: [], problems: [] });
  assert.equal(read(one('AlmaLinux:8', [fromStart, { fixed: '1-1' }], { id: 'ALBA-2024:1', related: ['CVE-2024-0001'] })).records.length, 2);
});

test("SUSE's packages are those that were built, Red Hat's errata are kept as such with their products", () => {
  const built = { ecosystem_specific: { binaries: [{ libfoo1: '2-1', 'libfoo-devel': '2-1' }] } };
  assert.deepEqual(
    read(
      one('SUSE:Linux Enterprise Server 15 SP5', [fromStart, { fixed: '2-1' }], { id: 'SUSE-SU-2024:1-1', related: ['CVE-2024-0001'] }, built),
    ).records.map((found) => found.kind === 'affected' && [found.bucket, found.packageName, found.advisory.fixedVersion]),
    [['SUSE Linux Enterprise 15.5', 'libfoo1', '2-1'], ['SUSE Linux Enterprise 15.5', 'libfoo-devel', '2-1'], false],
  );
  const [found] = read(
    one('Red Hat:enterprise_linux:9::baseos', [fromStart, { fixed: '0:2-1.el9' }], { id: 'RHSA-2024:1', related: ['CVE-2024-0001'] }),
  ).records;
  assert.deepEqual(found, {
    kind: 'affected',
    bucket: 'Red Hat',
    packageName: 'Pkg',
    id: 'RHSA-2024:1',
    advisory: {
      entries: [
        {
          fixedVersion: '0:2-1.el9',
          cpes: ['cpe:/a:redhat:enterprise_linux:9::baseos', 'cpe:/o:redhat:enterprise_linux:9::baseos'],
          cves: [{ id: 'CVE-2024-0001' }],
        },
      ],
    },
  });
});

test("Go's functions and systems; one import without a system is for all", () => {
  const imports = [{ path: 'path/filepath', goos: ['windows'], symbols: ['Clean'] }];
  const record = one('Go', [fromStart], {}, { ecosystem_specific: { imports } });
  assert.deepEqual(advisoryOf(record), { vulnerableVersions: ['>=0'], operatingSystems: ['windows'], symbols: ['path/filepath.Clean'] });
  const both = one('Go', [fromStart], {}, { ecosystem_specific: { imports: [...imports, { path: 'os' }] } });
  assert.deepEqual(advisoryOf(both), { vulnerableVersions: ['>=0'], symbols: ['path/filepath.Clean'] });
});

test('malware is critical, whether all versions are or some', () => {
  assert.deepEqual(detailOf({ id: 'MAL-2023-1', affected: [{ package: { ecosystem: 'npm', name: 'a' }, versions: ['77.77.79'] }] }, 'MAL-2023-1'), {
    vendorSeverities: { 'ossf-malicious': 'critical' },
  });
});

test('records of a later schema are read as far as they are known, and told', () => {
  const later = one('npm', [fromStart], { schema_version: '2.0.0', unheard: { of: 1 } });
  assert.deepEqual(read(later).problems, ['f: X-1: its schema version "2.0.0" is not known']);
  assert.equal(read(later).records.length, 2);
  assert.deepEqual(read(one('npm', [fromStart], { schema_version: '1.99.0' })).problems, []);
  assert.deepEqual(read(one('Plan9', [fromStart])).problems, ['f: X-1: its ecosystem "Plan9" is not known']);
});

test('no record, however hostile', () => {
  for (const none of [undefined, null, 7, 'text', [], {}, { id: '' }, { id: 'two words' }, { id: 7, affected: 'x' }]) {
    assert.equal(read(none).problems.length <= 1 && read(none).records.length === 0, true);
  }
  const prototype = JSON.parse(
    '{"id":"X-1","__proto__":{"withdrawn":"x"},"affected":[{"package":{"ecosystem":"__proto__","name":"constructor"},"ranges":[{"events":[{"__proto__":"1"}]}]}]}',
  ) as unknown;
  assert.deepEqual(read(prototype), { records: [], problems: ['f: X-1: its ecosystem "__proto__" is not known'] });
  const names = one('npm', [fromStart], {}, { package: { ecosystem: 'npm', name: 'a\u0000b' } });
  assert.deepEqual(read(names).problems, ['f: X-1: a package has no name']);
  fc.assert(
    fc.property(
      fc.object({
        key: fc.constantFrom('id', 'affected', 'package', 'ecosystem', 'name', 'ranges', 'events', 'versions', 'severity', 'aliases', 'introduced'),
      }),
      (record) => {
        read({ id: 'X-1', ...record });
      },
    ),
  );
});

test('a huge record costs no more than it says', () => {
  const events = Array.from({ length: 20_000 }, (_, index) => (index % 2 === 0 ? { introduced: `${index}.0.0` } : { fixed: `${index}.0.0` }));
  const versions = Array.from({ length: 60_000 }, (_, index) => `0.${index}.0`);
  const { problems } = read(one('npm', events, {}, { versions }));
  assert.deepEqual(problems, ['f: X-1: it names more than 50000 versions; the rest is left out']);
  const many = Array.from({ length: 30_000 }, (_, index) => ({ package: { ecosystem: `E${index}`, name: 'a' } }));
  assert.equal(read({ id: 'X-1', affected: many }).problems.length, 20);
});
