import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toRangeExpressions } from '../../../../src/advisories/versions/osv-range.ts';
import type { OsvEvent } from '../../../../src/advisories/versions/osv-range.ts';
import { isInRange } from '../../../../src/advisories/versions/range.ts';
import { scheme as maven } from '../../../../src/advisories/versions/schemes/maven.ts';
import { scheme as semver } from '../../../../src/advisories/versions/schemes/semver.ts';

test('an introduction opens a range, a fix or a last affected version closes it', () => {
  assert.deepEqual(toRangeExpressions(semver, [{ introduced: '0' }, { fixed: '1.2.3' }]), ['<1.2.3']);
  assert.deepEqual(toRangeExpressions(semver, [{ introduced: '1.0.0' }, { fixed: '1.2.3' }, { introduced: '2.0.0' }, { lastAffected: '2.4.0' }]), [
    '>=1.0.0, <1.2.3',
    '>=2.0.0, <=2.4.0',
  ]);
  assert.deepEqual(toRangeExpressions(semver, [{ introduced: '1.0.0' }]), ['>=1.0.0']);
  assert.deepEqual(toRangeExpressions(semver, [{ introduced: '0' }]), ['>=0']);
  assert.deepEqual(toRangeExpressions(semver, [{ fixed: '1.0.0' }]), []);
  assert.deepEqual(toRangeExpressions(semver, []), []);
});

test('events are put in order, by the scheme', () => {
  assert.deepEqual(toRangeExpressions(maven, [{ fixed: '1.10' }, { introduced: '2.0' }, { introduced: '1.9' }, { fixed: '2.0.1' }]), [
    '>=1.9, <1.10',
    '>=2.0, <2.0.1',
  ]);
  assert.deepEqual(toRangeExpressions(semver, [{ fixed: '1.0.0' }, { introduced: '0' }]), ['<1.0.0']);
});

test('nothing at or above the highest limit', () => {
  assert.deepEqual(toRangeExpressions(semver, [{ introduced: '1.0.0' }, { limit: '1.9.0' }, { limit: '1.10.0' }]), ['>=1.0.0, <1.10.0']);
  assert.deepEqual(toRangeExpressions(semver, [{ introduced: '0' }, { limit: '2.0.0' }]), ['<2.0.0']);
  assert.deepEqual(toRangeExpressions(semver, [{ introduced: '1.0.0' }, { limit: '*' }]), ['>=1.0.0']);
});

test('law: a version is in the expressions when the evaluation of the OSV schema says so', () => {
  const version = fc.integer({ min: 0, max: 9 }).map((n) => `${n}.0.0`);
  const event: fc.Arbitrary<OsvEvent> = fc.oneof(
    version.map((introduced) => ({ introduced })),
    version.map((fixed) => ({ fixed })),
    version.map((lastAffected) => ({ lastAffected })),
    version.map((limit) => ({ limit })),
  );
  fc.assert(
    fc.property(fc.uniqueArray(event, { maxLength: 6, selector: (each) => Object.values(each)[0] as string }), version, (events, subject) => {
      const expected = isAffected(events, subject);
      const expressions = toRangeExpressions(semver, events);
      assert.equal(
        expressions.some((expression) => isInRange(semver, subject, expression)),
        expected,
        `${JSON.stringify(events)} ${subject}: ${expressions.join(' || ')}`,
      );
    }),
  );
});

/** As the schema's page has it, in its own order: limits first, then each event in turn. */
function isAffected(events: readonly OsvEvent[], subject: string): boolean {
  const limits = events.flatMap((event) => event.limit ?? []);
  if (limits.length > 0 && !limits.some((limit) => subject < limit)) return false;
  const sorted = events.toSorted((a, b) => ((Object.values(a)[0] as string) < (Object.values(b)[0] as string) ? -1 : 1));
  return sorted.reduce((affected, event) => {
    if (event.introduced !== undefined && subject >= event.introduced) return true;
    if (event.fixed !== undefined && subject >= event.fixed) return false;
    return event.lastAffected !== undefined && subject > event.lastAffected ? false : affected;
  }, false);
}
