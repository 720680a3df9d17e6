import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { VersionScheme } from '../../../../src/advisories/versions/scheme.ts';
import { sharedData } from '../../../support/shared-data.ts';

const signs: Readonly<Record<string, number>> = { '<': -1, '=': 0, '>': 1 };

/** Checks lines `a < b`, `a = b`, `a > b`, both ways round. */
export function assertOrder(scheme: VersionScheme, lines: readonly string[]): void {
  const wrong = lines.filter((line) => {
    const [a = '', sign = '', b = ''] = line.split(/ ([<=>]) /);
    const expected = signs[sign] ?? Number.NaN;
    return Math.sign(scheme.compare(a, b)) !== expected || Math.sign(scheme.compare(b, a)) !== (0 - expected || 0);
  });
  assert.deepEqual(wrong, []);
}

/** Returns the lines of a published vector file, comments left out. */
export function vectorLines(name: string): readonly string[] {
  const text = readFileSync(sharedData(`vectors/versions/${name}`) ?? '', 'utf8');
  return text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#') && !line.startsWith('//'));
}

/** Checks the laws of a total order over versions, near-versions and noise made of `alphabet`. */
export function assertTotalOrder(scheme: VersionScheme, alphabet: string, known: readonly string[]): void {
  const version = fc.oneof(
    fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), maxLength: 12 }),
    fc.constantFrom(...known),
    fc.string({ maxLength: 8 }),
  );
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      assert.equal(scheme.compare(a, a), 0);
      assert.equal(Math.sign(scheme.compare(a, b)), 0 - Math.sign(scheme.compare(b, a)) || 0);
      if (scheme.compare(a, b) <= 0 && scheme.compare(b, c) <= 0) assert.ok(scheme.compare(a, c) <= 0, `${a} <= ${b} <= ${c}`);
    }),
    { numRuns: 3000 },
  );
}
