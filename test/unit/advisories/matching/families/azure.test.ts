import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

test('by source, without epochs, in the bucket of the name it goes by', (t) => {
  const records = [
    affected('Azure Linux 3.0', 'vim', 'CVE-1', { fixedVersion: '0:9.1.0-1.azl3' }),
    affected('CBL-Mariner 2.0', 'vim', 'CVE-2', { fixedVersion: '1:9.0.0-1.cm2' }),
  ];
  const vim = (version: string, source: string) =>
    installed('rpm', 'vim-extra', version, { vendor: 'Microsoft Corporation', sourcePackage: { name: 'vim', version: source } });
  assert.deepEqual(summaryOf(matchWith(t, records, distroOf('azurelinux', '3.0'), [vim('2:9.0.9-1.azl3', '9.0.9-1.azl3')])), [
    'CVE-1 vim-extra 0:9.1.0-1.azl3',
  ]);
  assert.deepEqual(summaryOf(matchWith(t, records, distroOf('mariner', '2.0'), [vim('1:8.0.0-1.cm2', '8.0.0-1.cm2')])), [
    'CVE-2 vim-extra 1:9.0.0-1.cm2',
  ]);
  assert.deepEqual(summaryOf(matchWith(t, records, distroOf('mariner', '2.0'), [vim('1:9.0.0-1.cm2', '9.0.0-1.cm2')])), []);
});

test('a definition without a patch says affected', (t) => {
  const found = matchWith(t, [affected('Azure Linux 3.0', 'p', 'CVE-1', {})], distroOf('azurelinux', '3.0.20240101'), [
    installed('rpm', 'p', '1-1.azl3'),
  ]);
  assert.deepEqual(summaryOf(found), ['CVE-1 p affected']);
});
