import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

test('from the version that it was found in to the one that fixes it, by the order of pacman', (t) => {
  const records = [
    affected('archlinux', 'curl', 'CVE-1', { affectedVersion: '7.50.0-1', fixedVersion: '7.55.1-1' }),
    affected('archlinux', 'curl', 'CVE-2', { affectedVersion: '7.50.0-1', status: 'affected' }),
  ];
  const found = (version: string) => summaryOf(matchWith(t, records, distroOf('arch', ''), [installed('alpm', 'curl', version)]));
  assert.deepEqual(found('7.49.0-1'), []);
  assert.deepEqual(found('7.50.0-1'), ['CVE-1 curl 7.55.1-1', 'CVE-2 curl affected']);
  assert.deepEqual(found('7.55.1-1'), ['CVE-2 curl affected']);
  // pacman puts a release candidate written without a separator before the release.
  assert.deepEqual(found('7.55.1rc1-1'), ['CVE-1 curl 7.55.1-1', 'CVE-2 curl affected']);
});

test('says which range held', (t) => {
  const records = [affected('archlinux', 'curl', 'CVE-1', { affectedVersion: '7.50.0-1', fixedVersion: '7.55.1-1' })];
  const [found] = matchWith(t, records, distroOf('arch', ''), [installed('alpm', 'curl', '7.52.0-1')]).vulnerabilities;
  assert.equal(found?.matchedBy.affected, '>= 7.50.0-1, < 7.55.1-1');
});
