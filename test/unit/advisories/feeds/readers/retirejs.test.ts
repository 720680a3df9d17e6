import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/retirejs.ts';
import { readFeed } from '../read-feed.ts';

const flaw = {
  below: '3.5.0',
  atOrAbove: '1.2.0',
  excludes: ['1.3.0'],
  severity: 'medium',
  cwe: ['CWE-79'],
  identifiers: { CVE: ['CVE-2020-11022'], githubID: 'GHSA-gxr4-xjj5-5px2' },
};

function read(repository: unknown): ReturnType<typeof readFeed> {
  return readFeed(feed, 'repository/jsrepository-v6.json', JSON.stringify(repository));
}

test("a library's flaws are of the package in npm", () => {
  assert.deepEqual(read({ jQuery: { npmname: 'jquery', vulnerabilities: [flaw] } }), {
    records: [
      {
        kind: 'affected',
        bucket: 'npm::Retire.js',
        packageName: 'jquery',
        id: 'CVE-2020-11022',
        advisory: { vulnerableVersions: ['>=1.2.0, <3.5.0'], unaffectedVersions: ['=1.3.0'], vendorIds: ['GHSA-gxr4-xjj5-5px2'] },
      },
      { kind: 'vulnerability', id: 'CVE-2020-11022', detail: { vendorSeverities: { retirejs: 'medium' }, cweIds: ['CWE-79'] } },
    ],
    problems: [],
  });
});

test('reads several ranges of one flaw, as the file has it that others are made from', () => {
  const ranges = [{ below: '1.0.0' }, { atOrAbove: '2.0.0', below: '2.1.0' }, { atOrAbove: '3.0.0' }];
  const [found] = read({ 'underscore.js': { vulnerabilities: [{ ranges, identifiers: { retid: '7' } }] } }).records;
  assert.deepEqual(found?.kind === 'affected' && [found.packageName, found.id, found.advisory.vulnerableVersions], [
    'underscore',
    'RETIRE-7',
    ['<1.0.0', '>=2.0.0, <2.1.0', '>=3.0.0'],
  ]);
});

test('ids of last resort bear the name of their library; examples are passed over', () => {
  const [found] = read({ jquery: { vulnerabilities: [{ below: '1', identifiers: { issue: '11974' } }] } }).records;
  assert.equal(found?.kind === 'affected' && found.id, 'RETIRE-jquery-issue-11974');
  assert.deepEqual(read({ 'retire-example': { vulnerabilities: [flaw] }, "don't": 7, 'dont check': { vulnerabilities: [] } }), {
    records: [],
    problems: [],
  });
  assert.equal(read({ jquery: { vulnerabilities: [{ identifiers: {} }] } }).problems.length, 1);
  assert.equal(read([]).problems.length, 1);
});
