import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/debian-copyright.ts';
import { analyzeText, assertSurvives, assertWants } from '../../../../../support/analyzer-laws.ts';

const PATH = 'usr/share/doc/zlib1g/copyright';

test('wants the copyright file of each package, and nothing below', () => {
  assertWants(
    analyzer,
    [PATH, 'usr/share/doc/libstdc++6/copyright'],
    [
      'usr/share/doc/copyright',
      'usr/share/doc/a/b/copyright',
      'usr/share/doc/a/copyright.gz',
      'usr/local/share/doc/a/copyright',
      'usr/share/doc/a/xcopyright',
    ],
  );
});

test('says which licences it names', () => {
  assert.deepEqual(analyzeText(analyzer, PATH, 'Format: x\n\nLicense: Zlib\n'), { value: { licenses: ['Zlib'] }, problems: [] });
  assert.deepEqual(analyzeText(analyzer, PATH, 'nothing'), { value: {}, problems: [] });
});

test('law: cut anywhere, with any byte changed', () => {
  assertSurvives(analyzer, PATH, 'Format: x\n\nLicense: Zlib\n /usr/share/common-licenses/GPL-2\n');
});
