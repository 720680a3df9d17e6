import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { configurationSchema } from '../../../src/engine/configuration-schema.ts';
import { configurableRules } from '../../../src/engine/configuration-keys.ts';
import { readConfigurationText } from '../../../src/engine/configuration-text.ts';
import { isValueOf } from '../../../src/dockerfile/lint/options.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');
const validate = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true }).compile(configurationSchema());

function examplesIn(file: string): readonly string[] {
  return Array.from(readFileSync(path.join(root, file), 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g), ([, code]) => code ?? '');
}

test('every example of the pages for users is read without a problem, and valid by the schema', () => {
  const files = ['README.md', 'docs/configuration.md', 'docs/signatures.md', ...globSync('docs/rules/*.md', { cwd: root })];
  const examples = files.flatMap((file) => examplesIn(file).map((code) => ({ file, code })));
  assert.ok(examples.filter(({ file }) => file === 'docs/configuration.md').length >= 4);
  for (const { file, code } of examples) {
    assert.deepEqual(readConfigurationText(code).issues, [], `${file}:\n${code}`);
    assert.ok(validate(parse(code)), `${file}:\n${code}\n${JSON.stringify(validate.errors)}`);
  }
});

test('the page for users names every option of every rule', () => {
  const page = readFileSync(path.join(root, 'docs/configuration.md'), 'utf8');
  const table = page.split('\n').filter((line) => line.startsWith('| `'));
  const idsOf = (line: string): readonly string[] => {
    const of = line.split('|')[2] ?? '';
    const [, first, last] = /(PL\d{4}) to (PL\d{4})/.exec(of) ?? [];
    const between = first === undefined || last === undefined ? [] : configurableRules.filter(({ id }) => id >= first && id <= last);
    return [...between.map(({ id }) => id), ...(of.match(/PL\d{4}/g) ?? [])];
  };
  const told = new Set(table.flatMap((line) => idsOf(line).map((id) => `${/`(\w+)`/.exec(line)?.[1]} of ${id}`)));
  const actual = new Set(configurableRules.flatMap(({ id, options = [] }) => options.map(({ name }) => `${name} of ${id}`)));
  assert.deepEqual([...told].sort(), [...actual].sort());
});

test('options are declared completely: their defaults and examples are values of theirs', () => {
  for (const { id, options = [] } of configurableRules) {
    assert.equal(new Set(options.map(({ name }) => name)).size, options.length, id);
    for (const option of options) {
      assert.match(option.name, /^[a-z][A-Za-z]*$/);
      assert.notEqual(option.name, 'severity');
      assert.match(option.description, /^\S.*\.$/);
      assert.ok(isValueOf(option, option.default), `${id} ${option.name}`);
      const examples: readonly unknown[] = option.kind === 'integer' ? option.examples : [option.examples];
      assert.ok(option.examples.length > 0 && examples.every((example) => isValueOf(option, example)), `${id} ${option.name}`);
    }
  }
});

test('what the reader refuses the schema refuses, and the other way round', () => {
  const good = [
    'rules: { PL7001: { severity: low, allowedPorts: [22] }, DL3008: off, PL0001: false }',
    'rules: { DS-0004: { allowedPorts: [22] } }',
    'rules:\ntrustedRegistries:\n',
    'rules: { PL1005: { warnDays: 90 } }',
  ];
  const bad = [
    'rulez: {}',
    'rules: { PL9999: off }',
    'rules: { PL7001: loud }',
    'rules: { PL7001: }',
    'rules: { PL7001: { allowedPorts: 22 } }',
    'rules: { PL7001: { allowedPorts: [0] } }',
    'rules: { PL7001: { allowedPorts: ["22"] } }',
    'rules: { PL7001: { severity: 3 } }',
    'rules: { PL7001: { ignore: [] } }',
    'rules: { PL1005: { warnDays: 1.5 } }',
    'rules: { __proto__: off }',
    'trustedRegistries: ghcr.io',
    'trustedRegistries: [1]',
    'trustedRegistries: [" "]',
    '[]',
  ];
  for (const text of good) {
    assert.deepEqual(readConfigurationText(text).issues, [], text);
    assert.ok(validate(parse(text)), text);
  }
  for (const text of bad) {
    assert.ok(readConfigurationText(text).issues.length > 0, text);
    assert.ok(!validate(parse(text)), text);
  }
});

test('the page for users names every setting of the extension, with the values that there are', () => {
  const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    contributes: { configuration: { properties: Readonly<Record<string, { readonly enum?: readonly string[] }>> } };
  };
  const page = readFileSync(path.join(root, 'docs/configuration.md'), 'utf8');
  const told = new Map(Array.from(page.matchAll(/^\| `(plimsoll\.[\w.]+)` +\| (.*)$/gm), ([, name = '', rest = '']) => [name, rest]));
  const settings = Object.entries(contributes.configuration.properties);
  assert.deepEqual([...told.keys()].sort(), settings.map(([name]) => name).sort());
  for (const [name, { enum: values = [] }] of settings)
    for (const value of values) assert.ok(told.get(name)?.includes(`\`${value}\``), `${name}: ${value}`);
});
