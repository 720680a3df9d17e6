import assert from 'node:assert/strict';
import test from 'node:test';
import { rules } from '../../../src/dockerfile/lint/rules.generated.ts';
import { leftToOthers, otherLinterIds } from '../../../src/engine/shared-checks.ts';
import { otherLinters } from '../../../src/protocol/client.ts';

test('with nobody else there, or on demand, nothing is left to others', () => {
  assert.deepEqual(leftToOthers('auto', [], []), {});
  assert.deepEqual(leftToOthers('auto', ['someone.else', 'constructor'], []), {});
  assert.deepEqual(leftToOthers('never', ['docker.docker'], []), {});
});

test('BuildKit’s hygiene checks are left to who runs BuildKit; what is a risk never is', () => {
  const left = Object.keys(leftToOthers('auto', ['docker.docker'], []));
  assert.ok(left.includes('PL8001') && left.includes('PL8015'));
  for (const id of left) {
    const rule = rules.find((candidate) => candidate.id === id);
    assert.ok(rule?.severity === 'low' || rule?.severity === 'negligible', id);
    assert.ok(
      rule.aliases.some((alias) => /^[A-Z][a-z]/.test(alias)),
      id,
    );
  }
  assert.deepEqual(Object.keys(leftToOthers('always', [], [])), left);
});

test('a linter that checks less is left less', () => {
  const left = Object.keys(leftToOthers('auto', ['ms-azuretools.vscode-containers'], []));
  assert.ok(left.includes('PL8001') && !left.includes('PL8015'));
});

test('a list leaves what it names, by any name, of what others check at all', () => {
  assert.deepEqual(leftToOthers(['dl3000', 'secret-in-env-or-arg', 'PL4001', 'nothing'], [], []), { PL3001: 'off', PL8001: 'off' });
});

test('what somebody gave a severity stays, by whichever name they called it', () => {
  for (const name of ['PL8001', 'relative-workdir', 'WorkdirRelativePath', 'DL3000']) {
    assert.ok(!('PL8001' in leftToOthers('always', [], [name])), name);
  }
});

test('the extension looks for the linters that are known', () => {
  assert.deepEqual([...otherLinters].sort(), [...otherLinterIds].sort());
});
