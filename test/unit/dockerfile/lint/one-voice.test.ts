import assert from 'node:assert/strict';
import test from 'node:test';
import { lintText } from '../../../../src/dockerfile/lint/lint.ts';
import { rules } from '../../../../src/dockerfile/lint/rules.generated.ts';

// Put together here, so that no scanner takes this file for a leak.
const token = 'ghp_' + '0123456789abcdefghijABCDEFGHIJ012345';
const secretRules = new Set(['PL3001', 'PL3002', 'PL3003', 'PL3007', 'PL3009']);

function secretsIn(code: string, settings: Readonly<Record<string, 'off'>> = {}): readonly string[] {
  return lintText(code, { settings })
    .diagnostics.map(({ ruleId }) => ruleId)
    .filter((id) => secretRules.has(id));
}

test('one leaked token is reported once, by the rule that knows what it is', () => {
  for (const code of [
    `FROM a:1\nENV GITHUB_TOKEN=${token}\n`,
    `FROM a:1\nARG GITHUB_TOKEN=${token}\nRUN echo $GITHUB_TOKEN\n`,
    `FROM a:1\nRUN git clone https://x:${token}@github.com/a/b\n`,
    `FROM a:1\nENV GIT_PASSWORD=https://x:${token}@github.com/a/b\n`,
  ]) {
    assert.deepEqual(secretsIn(code), ['PL3002'], code);
  }
  assert.deepEqual(secretsIn('FROM a:1\nENV DB_PASSWORD=postgres://u:hunter2hunter@db/x\n'), ['PL3003']);
});

test('it goes by the other rules’ aliases, and offers their fixes behind its own', () => {
  const [found] = lintText(`FROM a:1\nENV GITHUB_TOKEN=${token}\n`).diagnostics.filter(({ ruleId }) => ruleId === 'PL3002');
  assert.ok(found);
  assert.ok(found.aliases.includes('SecretsUsedInArgOrEnv'));
  assert.deepEqual(
    found.fixes.map(({ title }) => title),
    ['Take it out of the file', 'Give GITHUB_TOKEN as a build secret'],
  );
});

test('two secrets stay two, the declaration and the use of an argument without a value too', () => {
  assert.deepEqual(secretsIn(`FROM a:1\nENV A_PASSWORD=hunter2hunter2 B_TOKEN=${token}\n`), ['PL3001', 'PL3002']);
  assert.deepEqual(secretsIn('FROM a:1\nARG NPM_TOKEN\nRUN echo $NPM_TOKEN\n'), ['PL3001', 'PL3009']);
});

test('a rule that is off has no say: the next one speaks', () => {
  assert.deepEqual(secretsIn(`FROM a:1\nENV GITHUB_TOKEN=${token}\n`, { PL3002: 'off' }), ['PL3001']);
});

test('what is suppressed as the specific rule does not come back as the general one', () => {
  assert.deepEqual(secretsIn(`FROM a:1\n# plimsoll ignore=PL3002 reason=revoked\nENV GITHUB_TOKEN=${token}\n`), []);
});

test('rules give way to rules that exist', () => {
  const ids = new Set(rules.map(({ id }) => id));
  for (const { id, givesWayTo = [] } of rules) for (const other of givesWayTo) assert.ok(ids.has(other) && other !== id, `${id}: ${other}`);
});
