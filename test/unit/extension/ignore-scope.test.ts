import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toIgnoreTest } from '../../../src/advisories/exceptions/ignore.ts';
import { ignoreScope } from '../../../src/extension/ignore-scope.ts';
import type { Purl } from '../../../src/foundation/model/brand.ts';
import type { Finding } from '../../../src/foundation/model/finding.ts';

const finding: Finding = {
  id: 'X',
  category: 'sensitive-file',
  severity: 'high',
  title: '',
  references: [],
  location: {},
  remediation: [],
  compliance: [],
};

test('a finding is ignored in its package, whatever the version', () => {
  for (const [purl, expected] of [
    ['pkg:deb/debian/curl@7.88.1?arch=amd64&distro=debian-12', 'pkg:deb/debian/curl'],
    ['pkg:npm/%40babel/core@7.0.0', 'pkg:npm/%40babel/core'],
    ['pkg:golang/github.com/a/b@v1.2.3#sub', 'pkg:golang/github.com/a/b'],
    ['pkg:npm/@scope/name', 'pkg:npm/@scope/name'],
  ] as const)
    assert.deepEqual(ignoreScope({ findingId: 'CVE-1', purl }), { id: 'CVE-1', package: expected });
});

test('what is in no package is ignored in its file, and only there', () => {
  for (const path of ['srv/app/.env', 'a/b*c?[d]\\e', '#x', '!y']) {
    const { path: pattern = '' } = ignoreScope({ findingId: 'X', path });
    const covers = toIgnoreTest({ id: 'X', path: pattern, reason: 'x', source: '', line: 1 });
    assert.ok(covers({ ...finding, location: { path: path } }), path);
    for (const other of [`z/${path}`, 'a/bxc', 'a/bXcY']) assert.ok(!covers({ ...finding, location: { path: other } }), `${path} ${other}`);
  }
  assert.deepEqual(ignoreScope({ findingId: 'X' }), { id: 'X' });
});

test('an entry made for a finding covers it', () => {
  const purl = 'pkg:npm/%40babel/core@7.0.0' as Purl;
  const covers = toIgnoreTest({ ...ignoreScope({ findingId: 'X', purl }), reason: 'x', source: '', line: 1 });
  assert.ok(covers({ ...finding, package: { purl, name: '@babel/core', installedVersion: '7.0.0', status: 'affected' } }));
});
