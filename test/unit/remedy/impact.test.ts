import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { describeImpact } from '../../../src/remedy/impact.ts';

const told: readonly (readonly [vector: string, text: string])[] = [
  [
    'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    'An attacker on the network, with no account and nobody’s help, can read all of its data, change all of its data and stop it.',
  ],
  [
    'CVSS:3.0/AV:L/AC:H/PR:L/UI:R/S:U/C:L/I:N/A:N',
    'An attacker who can already run something on the system, with an ordinary account, once a user does something and under conditions that must first be met, can read some of its data.',
  ],
  [
    'CVSS:3.1/AV:P/AC:L/PR:H/UI:N/S:C/C:N/I:N/A:L',
    'An attacker with the machine in hand, with an administrator’s account, can slow it down. What is behind it, other software and the host, can be reached through it.',
  ],
  [
    'AV:N/AC:M/Au:S/C:P/I:P/A:C',
    'An attacker on the network, with an account and under conditions that must first be met, can read some of its data, change some of its data and stop it.',
  ],
  [
    'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:H/VI:N/VA:N/SC:L/SI:N/SA:N/E:A',
    'An attacker on the network, once a user uses the software, can read all of its data. What is behind it, other software and the host, can be reached through it.',
  ],
  [
    'CVSS:4.0/AV:A/AC:L/AT:P/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N',
    'An attacker on the same network segment, under conditions that must first be met, gains nothing in the vulnerable software itself.',
  ],
  [
    'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:O/RC:C',
    'An attacker on the network, with no account and nobody’s help, can read all of its data, change all of its data and stop it.',
  ],
];
for (const [vector, text] of told) {
  test(vector, () => {
    assert.equal(describeImpact(vector), text);
  });
}

test('what is no vector, or not a whole one, is told nothing of', () => {
  for (const vector of [
    '',
    'CVSS:3.1/AV:N',
    'CVSS:2.0/AV:N/AC:L/Au:N/C:P/I:P/A:P',
    'CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    'CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    'AV:P/AC:L/Au:N/C:P/I:P/A:P',
    'CVSS:3.1/AV:N/AC:LH/PR:N/UI:N/S:U/C:H/I:H/A:H',
    'nonsense',
  ]) {
    assert.equal(describeImpact(vector), undefined, vector);
  }
});

test('law: cut or altered anywhere it throws nothing', () => {
  fc.assert(
    fc.property(fc.constantFrom(...told.map(([vector]) => vector)), fc.nat(80), fc.string({ maxLength: 3 }), (vector, at, noise) => {
      describeImpact(vector.slice(0, at) + noise + vector.slice(at + 1));
    }),
  );
});
