import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyExceptions } from '../../../../src/advisories/exceptions/apply.ts';
import { digest, exceptionsOf, image, installed, lodash, openssl, part, read, vulnerability } from './findings.ts';

const findings = [
  vulnerability('CVE-2024-1', openssl, { aliases: ['DSA-1-1'] }),
  vulnerability('CVE-2024-1', lodash),
  vulnerability('CVE-2024-2', openssl),
];

function document(statements: readonly unknown[], change: object = {}): object {
  return {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.com/vex/1',
    author: 'Security team',
    timestamp: '2026-01-01T00:00:00Z',
    version: 1,
    statements,
    ...change,
  };
}

function notAffected(product: unknown, change: object = {}): object {
  return {
    vulnerability: { name: 'CVE-2024-1' },
    products: [product],
    status: 'not_affected',
    justification: 'vulnerable_code_not_in_execute_path',
    ...change,
  };
}

/** How many of the two findings of CVE-2024-1 are ignored. */
function ignoredBy(...statements: readonly unknown[]): number {
  return part(exceptionsOf(document(statements)), findings).ignored.length;
}

describe('products', () => {
  test('an image by its digest, its reference or a package URL means everything in it', () => {
    const products = [
      { '@id': `pkg:oci/web@${digest.replace(':', '%3A')}?repository_url=registry.example.com%2Fteam%2Fweb` },
      { '@id': `pkg:oci/web@${digest}?repository_url=somewhere.example.com/web` },
      { '@id': 'pkg:oci/web?repository_url=registry.example.com/team/web&tag=1.0&arch=amd64' },
      { '@id': 'pkg:oci/web?repository_url=registry.example.com/team' },
      { '@id': 'pkg:oci/web' },
      { '@id': 'pkg:docker/team/web@1.0?repository_url=registry.example.com' },
      { '@id': 'registry.example.com/team/web:1.0' },
      { '@id': 'registry.example.com/team/web' },
      { '@id': digest },
      { '@id': 'https://example.com/web', hashes: { 'sha-256': digest.slice(7) } },
      { identifiers: { purl: 'pkg:oci/web' } },
      'registry.example.com/team/web:1.0',
    ];
    for (const product of products) assert.equal(ignoredBy(notAffected(product)), 2, JSON.stringify(product));
  });

  test('another image, tag, digest, repository or architecture means nothing', () => {
    const products = [
      { '@id': `pkg:oci/web@sha256%3A${'00'.repeat(32)}?repository_url=registry.example.com/team/web` },
      { '@id': 'pkg:oci/web?repository_url=other.example.com/team/web' },
      { '@id': 'pkg:oci/web?tag=1.1' },
      { '@id': 'pkg:oci/web?arch=arm64' },
      { '@id': 'pkg:oci/other' },
      { '@id': 'pkg:docker/team/web' },
      { '@id': 'registry.example.com/team/web:1.1' },
      { '@id': 'team/web:1.0' },
      { '@id': 'https://registry.example.com/team/web' },
      { hashes: { 'sha-256': '00'.repeat(32) } },
      { '@id': 'pkg:generic/web' },
    ];
    for (const product of products) assert.equal(ignoredBy(notAffected(product)), 0, JSON.stringify(product));
  });

  test('a package means itself, with the version and the qualifiers that are named', () => {
    for (const purl of ['pkg:npm/lodash', lodash, 'pkg:deb/debian/openssl', 'pkg:deb/debian/openssl@3.0.11-1?distro=debian-12'])
      assert.equal(ignoredBy(notAffected({ '@id': purl })), 1, purl);
    for (const purl of [
      'pkg:npm/lodash@1',
      'pkg:deb/ubuntu/openssl',
      'pkg:deb/debian/openssl?distro=debian-11',
      'pkg:deb/debian/openssl?unknown=1',
      'pkg:npm/lodash#sub',
    ])
      assert.equal(ignoredBy(notAffected({ '@id': purl })), 0, purl);
  });

  test('subcomponents narrow an image to packages; those that cannot be read do not widen it', () => {
    const web = 'registry.example.com/team/web:1.0';
    assert.equal(ignoredBy(notAffected({ '@id': web, subcomponents: [{ '@id': 'pkg:npm/lodash' }] })), 1);
    assert.equal(ignoredBy(notAffected({ '@id': web, subcomponents: [] })), 2);
    for (const subcomponents of [[{}], [3], 'all', { '@id': lodash }, [null]])
      assert.equal(ignoredBy(notAffected({ '@id': web, subcomponents })), 0, JSON.stringify(subcomponents));
  });

  test('a package in an application is meant where it lies in that application, and nowhere else', () => {
    const app = 'pkg:npm/shop@1.0.0';
    const packages = [installed(app, 'npm', 'srv/shop/package.json'), installed(openssl, 'deb', 'var/lib/dpkg/status')];
    const at = (path: string): ReturnType<typeof vulnerability> => vulnerability('CVE-2024-1', lodash, { location: { path: path } });
    const all = [at('srv/shop/node_modules/lodash/package.json'), at('srv/other/node_modules/lodash/package.json')];
    const exceptions = exceptionsOf(document([notAffected({ '@id': app, subcomponents: [{ '@id': lodash }] })]));
    const result = applyExceptions({ findings: all, packages, image, exceptions, today: '2026-01-15' });
    assert.deepEqual(
      result.ignored.map(({ finding }) => finding.location.path),
      ['srv/shop/node_modules/lodash/package.json'],
    );
    // Of a distribution's package nobody knows what it consists of.
    const vague = exceptionsOf(document([notAffected({ '@id': openssl, subcomponents: [{ '@id': lodash }] })]));
    assert.equal(applyExceptions({ findings: all, packages, image, exceptions: vague, today: '2026-01-15' }).ignored.length, 0);
  });
});

describe('statements', () => {
  const web = { '@id': 'pkg:oci/web' };

  test('the vulnerability goes by any of its names', () => {
    for (const vulnerabilityName of [
      'CVE-2024-1',
      { name: 'DSA-1-1' },
      { name: 'OTHER-1', aliases: ['cve-2024-1'] },
      { '@id': 'https://nvd.example/vuln/detail/CVE-2024-1' },
    ])
      assert.ok(ignoredBy(notAffected(web, { vulnerability: vulnerabilityName })) > 0, JSON.stringify(vulnerabilityName));
  });

  test('fixed ignores, affected and under_investigation stay and are told', () => {
    assert.equal(ignoredBy(notAffected(web, { status: 'fixed' })), 2);
    const exceptions = exceptionsOf(
      document([{ vulnerability: { name: 'CVE-2024-2' }, products: [web], status: 'affected', action_statement: 'Wait for 1.1' }]),
    );
    const { findings: kept } = applyExceptions({ findings, packages: [], image, exceptions, today: '2026-01-15' });
    assert.deepEqual(
      kept.map(({ vex }) => vex),
      [
        undefined,
        undefined,
        { status: 'affected', source: 'vex.json', author: 'Security team', text: 'Wait for 1.1', timestamp: '2026-01-01T00:00:00Z' },
      ],
    );
  });

  test('of statements that contradict each other the newest counts, of several as new the worst', () => {
    const at = (timestamp: string | undefined, status: string): object =>
      notAffected(web, { status, ...(timestamp === undefined ? {} : { timestamp }) });
    assert.equal(ignoredBy(at('2026-01-02T00:00:00Z', 'not_affected'), at('2026-01-01T00:00:00Z', 'affected')), 2);
    assert.equal(ignoredBy(at('2026-01-01T00:00:00Z', 'not_affected'), at('2026-01-02T00:00:00Z', 'affected')), 0);
    assert.equal(ignoredBy(at('2026-01-02T00:00:00+02:00', 'not_affected'), at('2026-01-01T23:00:00Z', 'affected')), 0);
    assert.equal(ignoredBy(at(undefined, 'not_affected'), at(undefined, 'under_investigation')), 0);
    assert.equal(ignoredBy(at(undefined, 'under_investigation'), at(undefined, 'not_affected')), 0);
    assert.equal(ignoredBy(at('not a time', 'affected'), at('2026-01-02T00:00:00Z', 'not_affected')), 2);
  });

  test('one that the specification calls invalid is not heeded, and said so', () => {
    const broken: readonly (readonly [object, RegExp])[] = [
      [notAffected(web, { justification: undefined }), /not why/],
      [notAffected(web, { products: [] }), /names no product/],
      [notAffected(web, { products: [{}] }), /names no product/],
      [notAffected(web, { vulnerability: {} }), /names no vulnerability/],
      [notAffected(web, { status: 'harmless' }), /status is none/],
      [notAffected(web, { status: ['not_affected'] }), /status is none/],
    ];
    for (const [statement, message] of broken) {
      const { statements, notices } = read(document([statement]));
      assert.equal(statements.length, 0);
      assert.match(notices.join('\n'), message);
    }
  });

  test('a document of the first version has its products in the document and texts for objects', () => {
    const old = {
      '@context': 'https://openvex.dev/ns',
      products: ['pkg:oci/web'],
      statements: [{ vulnerability: 'CVE-2024-1', status: 'not_affected', impact_statement: 'not used', subcomponents: [lodash] }],
    };
    assert.equal(part(exceptionsOf(old), findings).ignored.length, 1);
  });
});
