/** The orders that expected ids rest on, beside the tools' own word where they are installed, and beside published tables of versions. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compareAlpm } from '../../../../support/expected/alpm-order.ts';
import { compareDeb } from '../../../../support/expected/deb-order.ts';
import { comparePortage } from '../../../../support/expected/portage-order.ts';
import { compareRpm } from '../../../../support/expected/rpm-order.ts';
import { compareByDpkg, compareByRpm, hasTool } from '../../../../support/expected/system-orders.ts';
import { needsSharedData, sharedData } from '../../../../support/shared-data.ts';

const versions = [
  '1',
  '1.0',
  '1.0.1',
  '1.10',
  '1.9',
  '01',
  '1a',
  '1a2',
  '1~rc1',
  '1~',
  '1.0~1',
  '1+git1',
  '1.0.1.2',
  '2',
  '10',
  '0.9',
  '1.0a',
  '1.0rc1',
  '1.0p1',
  '20240101',
];
const whole = versions.flatMap((version) => [`${version}-1`, `${version}-2.1`, `1:${version}-1`, `${version}-1.el9`, `${version}-10~1`]);
const pairs = whole.flatMap((a) => whole.map((b) => [a, b] as const));

test("rpm's order is rpm's", { skip: !hasTool('rpm') && 'rpm is not installed' }, () => {
  const withCaret = [...pairs, ...['1.0^git1-1', '1.0^-1'].flatMap((a) => whole.map((b) => [a, b] as const))];
  assert.deepEqual(
    withCaret.map(([a, b]) => compareRpm(a, b)),
    compareByRpm(withCaret).map(Math.sign),
  );
});

test("dpkg's order is dpkg's", { skip: !hasTool('dpkg') && 'dpkg is not installed' }, () => {
  const some = pairs.filter((_, index) => index % 7 === 0);
  assert.deepEqual(
    some.map(([a, b]) => compareDeb(a, b)),
    compareByDpkg(some).map(Math.sign),
  );
});

const TABLE = 'vectors/versions/derived/rpm-rpmvercmp.tsv';

test("rpm's own table", needsSharedData(TABLE), () => {
  const rows = readFileSync(sharedData(TABLE) ?? '', 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'));
  for (const [a = '', b = '', expected] of rows) assert.equal(compareRpm(a, b), Number(expected), `${a} ${b}`);
  assert.ok(rows.length > 80);
});

for (const [name, compare, chains] of [
  // From the pages of vercmp and of Gentoo's specification.
  ["pacman's", compareAlpm, ['1.0a 1.0b 1.0beta 1.0p 1.0pre 1.0rc 1.0 1.0.a 1.0.1', '1 1.0 1.1 1.1.1 1.2 2.0 3.0.0', '1.0-1 1.0-1.1 1.0-2 1:0.1-1']],
  ["Gentoo's", comparePortage, ['1.0_alpha 1.0_alpha1 1.0_beta 1.0_pre 1.0_rc 1.0 1.0-r1 1.0_p 1.0_p1 1.0a 1.0.1', '1.02 1.1 1.2 1.10 2']],
] as const) {
  test(`${name} order is that of its page`, () => {
    for (const chain of chains) {
      const own = chain.split(' ');
      for (const [i, a] of own.entries()) for (const [j, b] of own.entries()) assert.equal(compare(a, b), Math.sign(i - j), `${a} ${b}`);
    }
  });
}
