import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/gemnasium.ts';
import { readFeed } from '../read-feed.ts';

const advisory = `---
identifier: "GHSA-aaaa-bbbb-cccc"
package_slug: "npm/@scope/Name"
affected_range: "<1.0.2||>=2.0.0 <2.0.4"
fixed_versions: ["1.0.2", 2.10]
pubdate: "2021-05-06"
cvss_v2: "AV:N/AC:L/Au:N/C:P/I:P/A:P"
cvss_v3: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
cwe_ids: ["CWE-1035", "CWE-79", "CWE-937"]
identifiers: ["GHSA-aaaa-bbbb-cccc", "CVE-2021-23337"]
`;

test('reads an advisory under its CVE', () => {
  assert.deepEqual(readFeed(feed, 'npm/@scope/name/x.yml', advisory), {
    records: [
      {
        kind: 'affected',
        bucket: 'npm::GitLab Advisory Database (Open Source Edition)',
        packageName: '@scope/name',
        id: 'CVE-2021-23337',
        advisory: { vulnerableVersions: ['<1.0.2||>=2.0.0 <2.0.4'], patchedVersions: ['1.0.2', '2.10'], vendorIds: ['GHSA-aaaa-bbbb-cccc'] },
      },
      {
        kind: 'vulnerability',
        id: 'CVE-2021-23337',
        detail: {
          vendorSeverities: { glad: 'critical' },
          ratings: [
            { cvssVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', score: 9.8, source: 'glad' },
            { cvssVector: 'AV:N/AC:L/Au:N/C:P/I:P/A:P', score: 7.5, source: 'glad' },
          ],
          cweIds: ['CWE-79'],
          publishedAt: '2021-05-06T00:00:00.000Z',
        },
      },
    ],
    problems: [],
  });
});

test('reads every ecosystem under its own names', () => {
  const expected = {
    'gem/Rack': 'rubygems rack',
    'go/github.com/Foo/bar': 'go github.com/Foo/bar',
    'maven/org.Apache.foo/Bar': 'maven org.apache.foo:bar',
    'nuget/Newtonsoft.Json': 'nuget newtonsoft.json',
    'packagist/Foo/Bar': 'composer foo/bar',
    'pypi/Ruamel.YAML': 'pip ruamel-yaml',
    'conan/openssl': 'conan openssl',
  };
  for (const [slug, place] of Object.entries(expected)) {
    const name = `${slug}/x.yml`;
    assert.ok(feed.wants(name));
    const [found] = readFeed(feed, name, advisory.replace('npm/@scope/Name', slug)).records;
    assert.equal(found?.kind === 'affected' && `${found.bucket.replace(/::.*/, '')} ${found.packageName}`, place);
  }
});

test('an empty range affects every version that no fixed one clears; without package, range or id there is no advisory', () => {
  const [found] = readFeed(feed, 'npm/x/y.yml', advisory.replace(/affected_range: .*/, 'affected_range: ""')).records;
  assert.deepEqual(found?.kind === 'affected' && found.advisory, {
    vulnerableVersions: ['>=0'],
    patchedVersions: ['1.0.2', '2.10'],
    vendorIds: ['GHSA-aaaa-bbbb-cccc'],
  });
  for (const field of ['package_slug', 'affected_range']) {
    assert.equal(readFeed(feed, 'npm/x/y.yml', advisory.replace(`${field}:`, 'other:')).problems.length, 1);
  }
});

test('a bomb of aliases is a problem', () => {
  const bomb = `a0: &a0 [x]\n${Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`).join('\n')}\n`;
  assert.equal(readFeed(feed, 'npm/x/y.yml', bomb).problems.length, 1);
  assert.equal(readFeed(feed, 'npm/x/y.yml', new Uint8Array(5 * 1024 * 1024)).problems.length, 1);
});
