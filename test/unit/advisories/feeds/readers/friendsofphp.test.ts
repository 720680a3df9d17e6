import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/friendsofphp.ts';
import { readFeed } from '../read-feed.ts';

const advisory = `title: "x"
cve: CVE-2026-8726
branches:
    10.x:
        time: "2026-05-20 12:00:00"
        versions: ["<10.0.4"]
    11.x:
        time: 2026-05-19 12:00:00
        versions: [">=11.0.0", "<11.4.4"]
reference: composer://Georgringer/news
`;

test('constraints of a branch all hold, branches are alternatives', () => {
  const name = 'georgringer/news/CVE-2026-8726.yaml';
  assert.ok(feed.wants(name));
  const { records, problems } = readFeed(feed, name, advisory);
  assert.deepEqual(problems, []);
  assert.deepEqual(records[0], {
    kind: 'affected',
    bucket: 'composer::PHP Security Advisories Database',
    packageName: 'georgringer/news',
    id: 'CVE-2026-8726',
    advisory: { vulnerableVersions: ['<10.0.4', '>=11.0.0, <11.4.4'] },
  });
});

test('without a CVE it is named after its file', () => {
  const id = (name: string): unknown => {
    const [found] = readFeed(feed, name, advisory.replace('CVE-2026-8726', '~')).records;
    return found?.kind === 'affected' && found.id;
  };
  assert.equal(id('a/b/CVE-2019-11458-1.yaml'), 'CVE-2019-11458');
  assert.equal(id('a/b/GHSA-jc99-x9x9-9xc9.yaml'), 'GHSA-jc99-x9x9-9xc9');
  assert.equal(id('cakephp/cakephp/2015-11-05.yaml'), 'cakephp/cakephp/2015-11-05');
});

test('passes over what is no advisory, and tells what lacks a package or versions', () => {
  for (const name of ['.github/workflows/php.yaml', 'vulns/zstd/PYSEC-2023-121.yaml', 'composer.json']) assert.ok(!feed.wants(name), name);
  assert.equal(readFeed(feed, 'a/b/2015-01-01.yaml', advisory.replace('composer://', 'pear://')).problems.length, 1);
  assert.equal(readFeed(feed, 'a/b/2015-01-01.yaml', advisory.replaceAll('versions:', 'other:')).problems.length, 1);
});
