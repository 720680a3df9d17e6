import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../../scripts/gen/rule-catalogue.data.ts';
import { rulesFor } from '../../../../scripts/gen/rule-coverage.ts';
import { peerCatalogues, peerChecks } from '../../../../scripts/gen/rule-peers.data.ts';
import { rules } from '../../../../src/dockerfile/lint/rules.generated.ts';
import { suppressionRules } from '../../../../src/dockerfile/lint/suppressions.ts';
import { isAtLeast } from '../../../../src/foundation/model/severity.ts';

const entries = catalogue.flatMap((group) => group.entries);
const byId = new Map(rules.map((rule) => [rule.id, rule]));

test('every rule has its place in the catalogue, and every rule that the catalogue names exists', () => {
  const named = new Set(entries.flatMap((entry) => entry.rules));
  assert.deepEqual(
    [...named].filter((id) => !byId.has(id)),
    [],
  );
  assert.deepEqual(
    rules.map(({ id }) => id).filter((id) => !named.has(id)),
    [],
  );
});

test('every entry of the catalogue has a rule, and a security risk one that is of medium severity or higher and offers a fix', () => {
  for (const { risk, rules: ids, isSecurity } of entries) {
    assert.ok(ids.length > 0, risk);
    const isGrave = ids.some((id) => {
      const rule = byId.get(id);
      return rule !== undefined && isAtLeast(rule.severity, 'medium') && rule.fixable !== undefined;
    });
    assert.ok(isSecurity !== true || isGrave, risk);
  }
});

test('every alias of a rule is a check of a peer', () => {
  const ids = new Set(peerChecks.map(({ id }) => id));
  assert.deepEqual(
    rules.flatMap(({ aliases }) => aliases).filter((alias) => !ids.has(alias)),
    [],
  );
});

test('every check of a peer has a rule that exists, or says why there is none', () => {
  const all = new Set([...rules, ...suppressionRules].map(({ id }) => id));
  for (const check of peerChecks) {
    const found = rulesFor(check);
    assert.ok(found.length > 0 || check.note !== undefined, `${check.id} has neither rule nor reason`);
    for (const id of found) assert.ok(all.has(id), `${check.id} names ${id}, which is no rule`);
    for (const id of check.rules ?? [])
      assert.ok(!(byId.get(id)?.aliases.includes(check.id) ?? false), `${id} bears ${check.id} as an alias already`);
  }
});

test('every peer is listed once, with each of its checks once', () => {
  assert.deepEqual(
    peerCatalogues.map(({ name }) => name),
    ['hadolint', 'BuildKit', 'trivy', 'checkov', 'KICS'],
  );
  assert.equal(new Set(peerChecks.map(({ id }) => id)).size, peerChecks.length);
});
