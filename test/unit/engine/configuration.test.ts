import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { parseConfiguration, readConfiguration } from '../../../src/engine/configuration.ts';
import { rules } from '../../../src/dockerfile/lint/rules.generated.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-configuration-'));
after(() => {
  rmSync(folder, { recursive: true });
});

const known = rules[0]!;

test('rules are named by id, slug or alias, and set to a severity or off', () => {
  const { settings, problems } = parseConfiguration(`rules:\n  ${known.id}: off\n  ${known.slug}: low\n`, 'x.yaml');
  assert.deepEqual(problems, []);
  assert.deepEqual(settings.rules, { [known.id]: 'off', [known.slug]: 'low' });
});

test('an error names the line and the key, and the rest still counts', () => {
  const { settings, problems } = parseConfiguration(`rules:\n  NOPE1: off\n  ${known.id}: loud\n  ${known.slug}: high\nrulez: {}\n`, 'x.yaml');
  assert.deepEqual(settings.rules, { [known.slug]: 'high' });
  assert.deepEqual(
    problems.map(({ line, message }) => [line, message.split(': ')[1]]),
    [
      [2, 'rules'],
      [3, `rules.${known.id}`],
      [5, "unknown key 'rulez'"],
    ],
  );
});

test('text that is no YAML map is a problem, never an exception', () => {
  for (const text of ['- a', '"', 'a: [', '\u0000', '&a *a', '{{{{', 'rules: 3']) {
    assert.ok(parseConfiguration(text, 'x.yaml').problems.length > 0, JSON.stringify(text));
  }
  assert.deepEqual(parseConfiguration('', 'x.yaml').problems, []);
});

test('the nearest file upwards is used; a named one that is missing is a problem', async () => {
  const inner = path.join(folder, 'a', 'b');
  mkdirSync(inner, { recursive: true });
  writeFileSync(path.join(folder, '.plimsoll.yaml'), `rules: { ${known.id}: low }\n`);
  assert.deepEqual((await readConfiguration(path.join(inner, 'Dockerfile'))).settings.rules, { [known.id]: 'low' });
  writeFileSync(path.join(inner, '.plimsoll.yaml'), `rules: { ${known.id}: off }\n`);
  assert.deepEqual((await readConfiguration(path.join(inner, 'Dockerfile'))).settings.rules, { [known.id]: 'off' });
  assert.equal((await readConfiguration('Dockerfile', path.join(folder, 'absent.yaml'))).problems[0]?.code, 'configuration');
});

test('trusted registries and denied packages are lists of text', () => {
  const { settings, problems } = parseConfiguration(
    'trustedRegistries: [ghcr.io/acme]\ndeniedPackages:\n  - telnetd\n  - 3\ndeniedVendors: all\n',
    'x.yaml',
  );
  assert.deepEqual(settings.policy, { trustedRegistries: ['ghcr.io/acme'], deniedPackages: ['telnetd'], deniedVendors: [] });
  assert.deepEqual(
    problems.map(({ line }) => line),
    [4, 5],
  );
});
