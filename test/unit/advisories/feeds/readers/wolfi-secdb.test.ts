import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/wolfi-secdb.ts';
import { readFeed } from '../read-feed.ts';

function database(urlprefix: string): string {
  return JSON.stringify({
    urlprefix,
    reponame: 'os',
    packages: [{ pkg: { name: 'binutils', secfixes: { '2.39-r1': ['CVE-2022-38126'], '0': ['GHSA-h5c8-rqwp-cp95'] } } }],
  });
}

for (const [urlprefix, bucket] of [
  ['https://packages.wolfi.dev', 'wolfi'],
  ['https://packages.cgr.dev', 'chainguard'],
  ['https://packages.mini.dev', 'minimos'],
] as const) {
  test(`packages of ${urlprefix} are ${bucket}'s`, () => {
    assert.deepEqual(readFeed(feed, 'os/security.json', database(urlprefix)), {
      records: [
        { kind: 'affected', bucket, packageName: 'binutils', id: 'GHSA-h5c8-rqwp-cp95', advisory: { fixedVersion: '0' } },
        { kind: 'affected', bucket, packageName: 'binutils', id: 'CVE-2022-38126', advisory: { fixedVersion: '2.39-r1' } },
      ],
      problems: [],
    });
  });
}

test('packages of anybody else are a problem', () => {
  assert.deepEqual(readFeed(feed, 'security.json', database('https://example.org')).problems, [
    'security.json: packages of a distribution that is not known',
  ]);
});
