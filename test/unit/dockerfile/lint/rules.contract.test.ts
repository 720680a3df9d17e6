import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { applyFixes, fixText, lintText } from '../../../../src/dockerfile/lint/lint.ts';
import { rules } from '../../../../src/dockerfile/lint/rules.generated.ts';
import { suppressionRules } from '../../../../src/dockerfile/lint/suppressions.ts';
import { optionsFor } from '../../../support/rule-harness.ts';
import { isAtLeast } from '../../../../src/foundation/model/severity.ts';

const root = path.join(import.meta.dirname, '..', '..', '..', '..');
const folder = path.join(root, 'src/dockerfile/lint/rules');

test('every rule is in a file of its name and has a test of that name', () => {
  const files = readdirSync(folder).sort();
  assert.deepEqual(files, rules.map(({ id, slug }) => `${id}-${slug}.ts`).sort());
  for (const file of files) assert.ok(existsSync(path.join(import.meta.dirname, 'rules', file.replace(/\.ts$/, '.test.ts'))), `${file} has no test`);
});

test('ids and slugs are unique and well formed', () => {
  const all = [...rules, ...suppressionRules];
  for (const { id, slug } of all) {
    assert.match(id, /^PL\d{4}$/);
    assert.match(slug, /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
  }
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  assert.equal(new Set(all.map(({ slug }) => slug)).size, all.length);
});

for (const rule of rules) {
  test(`${rule.id} is complete`, () => {
    const { docs } = rule;
    for (const text of [rule.title, docs.reports, docs.why, docs.fix]) assert.match(text, /^\S[^\n]*\S$/);
    for (const text of [docs.reports, docs.why, docs.fix]) assert.match(text, /[.)]$/);
    assert.doesNotMatch(rule.title, /\.$/);
    assert.ok(docs.bad.length > 0 && docs.good.length > 0 && docs.references.length > 0);
    for (const reference of docs.references) assert.match(reference, /^https:\/\//);
    assert.equal(new Set(rule.aliases).size, rule.aliases.length);
    if (isAtLeast(rule.severity, 'medium')) assert.notEqual(rule.fixable, undefined, 'a security rule offers a fix');
  });

  test(`${rule.id}: its page's bad examples are reported, and fixed as it claims`, () => {
    const offered = new Set<string>();
    for (const bad of rule.docs.bad) {
      const { diagnostics } = lintText(bad, optionsFor(rule));
      assert.ok(diagnostics.length > 0, `not reported: ${bad}`);
      for (const fix of diagnostics.flatMap(({ fixes }) => fixes)) offered.add(fix.safety);
      const fixed = fixText(bad, 'suggested', optionsFor(rule));
      const canFixAll = diagnostics.every(({ fixes }) => fixes.length > 0);
      if (canFixAll) assert.deepEqual(lintText(fixed, optionsFor(rule)).diagnostics, [], fixed);
      assert.equal(applyFixes(fixed, lintText(fixed, optionsFor(rule)).diagnostics, 'suggested'), fixed);
    }
    const best = offered.has('safe') ? 'safe' : offered.has('suggested') ? 'suggested' : undefined;
    assert.equal(best, rule.fixable);
  });

  test(`${rule.id}: its page's good examples are not`, () => {
    for (const good of rule.docs.good) assert.deepEqual(lintText(good, optionsFor(rule)).diagnostics, [], good);
  });
}

for (const rule of suppressionRules) {
  test(`${rule.id}: its page's examples hold`, () => {
    const report = (text: string): readonly string[] => lintText(text).diagnostics.map(({ ruleId }) => ruleId);
    for (const bad of rule.docs.bad) assert.ok(report(bad).includes(rule.id), bad);
    for (const good of rule.docs.good) assert.ok(!report(good).some((id) => id.startsWith('PL000')), good);
  });
}
