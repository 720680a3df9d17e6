import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/csaf.ts';
import { readFeed } from '../read-feed.ts';

const REDHAT = 'https://www.redhat.com';
const SUSE = 'https://www.suse.com/';

function document(namespace: string, id: string, tree: object, vulnerability: object): string {
  return JSON.stringify({
    document: { csaf_version: '2.0', publisher: { namespace }, tracking: { id } },
    product_tree: tree,
    vulnerabilities: [vulnerability],
  });
}

function product(id: string, helper: object, name = id): object {
  return { category: 'product_version', name, product: { name, product_id: id, product_identification_helper: helper } };
}

function relation(component: string, of: string): object {
  return { full_product_name: { name: 'x', product_id: `${of}:${component}` }, product_reference: component, relates_to_product_reference: of };
}

const BASEOS = 'cpe:/o:redhat:enterprise_linux:9::baseos';
const APPSTREAM = 'cpe:/a:redhat:enterprise_linux:9::appstream';

const redhatTree = {
  branches: [
    {
      category: 'vendor',
      name: 'Red Hat',
      branches: [
        product('BaseOS', { cpe: BASEOS }),
        product('AppStream', { cpe: APPSTREAM }),
        product('pam.x86', { purl: 'pkg:rpm/redhat/pam@1.5.1-21.el9_5?arch=x86_64&epoch=0' }),
        product('pam.arm', { purl: 'pkg:rpm/redhat/pam@1.5.1-21.el9_5?arch=aarch64' }),
        product('pam.src', { purl: 'pkg:rpm/redhat/pam@1.5.1-21.el9_5?arch=src' }),
        product('npm', { purl: 'pkg:rpm/redhat/npm@9.5.1-1.module%2Bel9?arch=x86_64&epoch=1&rpmmod=nodejs:18:9020020230:rhel9' }),
        product('vim', { purl: 'pkg:rpm/redhat/vim' }),
        product('emacs', { purl: 'pkg:rpm/redhat/emacs' }),
        product('image', { purl: 'pkg:oci/x?repository_url=r' }),
        product('bad', { purl: 'pkg:rpm/redhat/bad@1-1?arch=x86_64&rpmmod=nodejs' }),
      ],
    },
  ],
  relationships: [
    ...['pam.x86', 'pam.arm', 'pam.src', 'vim', 'emacs', 'image'].map((id) => relation(id, 'BaseOS')),
    relation('npm', 'AppStream'),
    relation('pam.x86', 'AppStream'),
    relation('bad', 'AppStream'),
  ],
};

test('Red Hat: a fix under its erratum, the rest under the CVE, products and architectures together', () => {
  const vulnerability = {
    cve: 'CVE-2024-10041',
    release_date: '2024-10-18T00:00:00+00:00',
    product_status: { fixed: ['BaseOS:pam.x86'], known_affected: ['BaseOS:vim'], under_investigation: ['BaseOS:emacs'], known_not_affected: [] },
    remediations: [
      {
        category: 'vendor_fix',
        url: 'https://access.redhat.com/errata/RHSA-2024:9941',
        product_ids: [
          'BaseOS:pam.x86',
          'BaseOS:pam.arm',
          'BaseOS:pam.src',
          'AppStream:npm',
          'AppStream:pam.x86',
          'AppStream:bad',
          'BaseOS:image',
          'no such',
        ],
      },
      { category: 'no_fix_planned', details: 'Out of support scope', product_ids: ['BaseOS:vim'] },
      { category: 'workaround', details: 'x', product_ids: ['BaseOS:emacs'] },
    ],
    scores: [{ cvss_v3: { vectorString: 'CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:H/I:N/A:N' }, products: [] }],
    threats: [{ category: 'impact', details: 'Moderate' }],
  };
  const cves = [{ id: 'CVE-2024-10041', severity: 'medium' }];
  const record = (packageName: string, id: string, advisory: object): object => ({ kind: 'affected', bucket: 'Red Hat', packageName, id, advisory });
  assert.deepEqual(readFeed(feed, 'vex/2024/cve-2024-10041.json', document(REDHAT, 'CVE-2024-10041', redhatTree, vulnerability)), {
    records: [
      record('pam', 'RHSA-2024:9941', { fixedVersion: '1.5.1-21.el9_5', architectures: ['aarch64', 'x86_64'], cves, cpes: [APPSTREAM, BASEOS] }),
      record('nodejs:18::npm', 'RHSA-2024:9941', { fixedVersion: '1:9.5.1-1.module+el9', architectures: ['x86_64'], cves, cpes: [APPSTREAM] }),
      record('vim', 'CVE-2024-10041', { status: 'end-of-life', cves, cpes: [BASEOS] }),
      record('emacs', 'CVE-2024-10041', { status: 'under-investigation', cves, cpes: [BASEOS] }),
      {
        kind: 'vulnerability',
        id: 'CVE-2024-10041',
        detail: {
          ratings: [{ cvssVector: 'CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:H/I:N/A:N', score: 4.7, source: 'redhat' }],
          vendorSeverities: { redhat: 'medium' },
          publishedAt: '2024-10-18T00:00:00.000Z',
        },
      },
    ],
    problems: [],
  });
});

test('SUSE: fixes by name, version and release; what is open by name', () => {
  const tree = {
    branches: [
      { category: 'architecture', name: 'x86_64', branches: [product('vim-9.1-150000.5.1.x86_64', {})] },
      { category: 'architecture', name: 'aarch64', branches: [product('vim-9.1-150000.5.1.aarch64', {})] },
      product('vim-data', {}),
      product('SUSE Linux Enterprise Server 15 SP4', {}),
      product('SUSE Linux Enterprise Server 15 SP3-LTSS', {}),
      product('SUSE Manager Server 4.3', {}),
    ],
    relationships: [
      relation('vim-9.1-150000.5.1.x86_64', 'SUSE Linux Enterprise Server 15 SP4'),
      relation('vim-9.1-150000.5.1.aarch64', 'SUSE Linux Enterprise Server 15 SP4'),
      relation('vim-9.1-150000.5.1.x86_64', 'SUSE Linux Enterprise Server 15 SP3-LTSS'),
      relation('vim-data', 'SUSE Linux Enterprise Server 15 SP4'),
      relation('vim-data', 'SUSE Manager Server 4.3'),
    ],
  };
  const vulnerability = {
    cve: 'CVE-2024-0001',
    product_status: {
      recommended: tree.relationships.slice(0, 3).map((one) => (one as { full_product_name: { product_id: string } }).full_product_name.product_id),
      known_affected: ['SUSE Linux Enterprise Server 15 SP4:vim-data', 'SUSE Manager Server 4.3:vim-data'],
    },
    threats: [{ category: 'impact', details: 'important' }],
  };
  const record = (bucket: string, packageName: string, advisory: object): object => ({
    kind: 'affected',
    bucket,
    packageName,
    id: 'CVE-2024-0001',
    advisory,
  });
  const fix = { fixedVersion: '9.1-150000.5.1', vendorIds: ['SUSE-SU-2024:1-1'], severity: 'high' };
  assert.deepEqual(readFeed(feed, 'csaf/suse-su-2024_1-1.json', document(SUSE, 'SUSE-SU-2024:1-1', tree, vulnerability)).records, [
    record('SUSE Linux Enterprise 15.4', 'vim', { ...fix, architectures: ['aarch64', 'x86_64'] }),
    record('SUSE Linux Enterprise 15.3', 'vim', { ...fix, service: 'ltss', architectures: ['x86_64'] }),
    record('SUSE Linux Enterprise 15.4', 'vim-data', { status: 'affected', severity: 'high' }),
    { kind: 'vulnerability', id: 'CVE-2024-0001', detail: { vendorSeverities: { 'suse-cvrf': 'high' } } },
  ]);
});

test('a document of another publisher gives nothing, one of another version and one that is none are problems', () => {
  assert.deepEqual(readFeed(feed, 'cve-2024-1.json', document('https://example.org', 'x', {}, {})), { records: [], problems: [] });
  assert.deepEqual(readFeed(feed, 'cve-2024-1.json', '{"document":{"csaf_version":"3.0"}}').problems, [
    'cve-2024-1.json: CSAF version 3.0 is not read',
  ]);
  assert.deepEqual(readFeed(feed, 'cve-2024-1.json', '{}').problems, ['cve-2024-1.json: no CSAF document']);
});
