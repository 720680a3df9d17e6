import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { isFixTarget, isShowTarget } from '../../../src/protocol/commands.ts';
import { isInitializationOptions, serverNotifications } from '../../../src/protocol/client.ts';
import { serverRequests } from '../../../src/protocol/server.ts';
import { isPolicyDecision } from '../../../src/protocol/model-guards/policy.ts';
import { isScanReport } from '../../../src/protocol/model-guards/report.ts';
import { fullDecision, fullReport } from './full-report.ts';

/** Returns every copy of `value` in which one leaf or branch is replaced by something of another kind. */
function spoilt(value: unknown): unknown[] {
  if (Array.isArray(value)) return [{}, ...value.flatMap((item, i) => spoilt(item).map((worse): unknown => value.with(i, worse)))];
  if (typeof value === 'object' && value !== null) {
    return [[], 'x', ...Object.entries(value).flatMap(([key, item]) => spoilt(item).map((worse) => ({ ...value, [key]: worse })))];
  }
  return [typeof value === 'string' ? 7 : 'x', null];
}

test('a report and a decision are accepted whole, also after a trip through JSON, and with keys of a later version', () => {
  for (const value of [fullReport, JSON.parse(JSON.stringify(fullReport)), { ...fullReport, later: 1 }]) assert.ok(isScanReport(value));
  assert.ok(isPolicyDecision(JSON.parse(JSON.stringify(fullDecision))));
});

test('a report with any one part of another kind is refused', () => {
  for (const value of spoilt(fullReport)) assert.equal(isScanReport(value), false, JSON.stringify(value));
});

test('a decision with any one part of another kind is refused, but for the registry’s raw answer', () => {
  for (const value of spoilt({ ...fullDecision, policy: { ...fullDecision.policy, raw: undefined } })) {
    const raw = (value as { policy?: { raw?: unknown } } | undefined)?.policy?.raw;
    if (raw === undefined) assert.equal(isPolicyDecision(value), false, JSON.stringify(value));
  }
});

test('guards look at anything and never throw', () => {
  const own = [isInitializationOptions, isFixTarget, isShowTarget];
  const guards = [
    ...Object.values(serverRequests).flatMap(({ isParams, isResult }) => [isParams, isResult]),
    ...Object.values(serverNotifications),
    ...own,
  ];
  fc.assert(
    fc.property(fc.anything(), (value) => {
      for (const guard of guards) assert.equal(typeof guard(value), 'boolean');
    }),
  );
});
