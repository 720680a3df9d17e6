import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readConfigurationText } from '../../../src/engine/configuration-text.ts';
import { lintDockerfile } from '../../../src/engine/lint-dockerfile.ts';

/** What is underlined, and what is said of it. */
function issuesOf(text: string): readonly (readonly [string, string])[] {
  const lines = text.split('\n');
  return readConfigurationText(text).issues.map(({ message, range: { start, end } }) => {
    const line = lines[start.line] ?? '';
    return [start.line === end.line ? line.slice(start.character, end.character) : line.slice(start.character), message];
  });
}

test('severity and options of a rule are read; each is told apart by its name', () => {
  const { settings, issues } = readConfigurationText('rules:\n  PL7001:\n    severity: low\n    allowedPorts: [22, 23]\n  DL3059: { allowed: 2 }\n');
  assert.deepEqual(issues, []);
  assert.deepEqual(settings.rules, { PL7001: 'low' });
  assert.deepEqual(settings.ruleOptions, { PL7001: { allowedPorts: [22, 23] }, PL8029: { allowed: 2 } });
});

test('options reach the rule', () => {
  const file = 'FROM alpine:3.22\nEXPOSE 22 23\n';
  const portsIn = (text: string): readonly number[] =>
    lintDockerfile(file, { ...readConfigurationText(text).settings, today: '2026-01-01' })
      .diagnostics.filter(({ ruleId }) => ruleId === 'PL7001')
      .map(({ range }) => range.start.character);
  assert.deepEqual(portsIn(''), [7, 10]);
  assert.deepEqual(portsIn('rules: { exposed-admin-port: { allowedPorts: [22] } }'), [10]);
  assert.deepEqual(portsIn('rules: { PL7001: off }'), []);
});

test('the rules about suppression comments can be set too, by id and slug', () => {
  const file = 'FROM alpine:3.22\n# plimsoll ignore=PL1003\nUSER 1000\n';
  const report = (text: string): boolean =>
    lintDockerfile(file, readConfigurationText(text).settings).diagnostics.some(({ ruleId }) => ruleId === 'PL0001');
  assert.ok(report(''));
  assert.ok(!report('rules: { PL0001: off }'));
  assert.ok(!report('rules: { suppression-without-reason: off }'));
});

test('each mistake is underlined exactly, and says what was probably meant', () => {
  assert.deepEqual(issuesOf('rulse:\n  PL1001: off\n'), [['rulse', "unknown key 'rulse'; did you mean 'rules'?"]]);
  assert.match(issuesOf('trustedRegs:\n')[0]?.[1] ?? '', /^unknown key 'trustedRegs'; there are rules, trustedRegistries, /);
  assert.deepEqual(issuesOf('rules:\n  final-user-rot: low\n'), [
    ['final-user-rot', "rules: there is no rule 'final-user-rot'; did you mean 'final-user-root'?"],
  ]);
  assert.deepEqual(issuesOf('rules:\n  PL1001: hihg\n'), [
    ['hihg', "rules.PL1001: a severity (critical, high, medium, low, negligible, unknown) or off; did you mean 'high'?"],
  ]);
  assert.deepEqual(issuesOf('rules: { PL7001: { alowedPorts: [22] } }'), [
    ['alowedPorts', "rules.PL7001: unknown option 'alowedPorts', it takes 'severity', 'allowedPorts'; did you mean 'allowedPorts'?"],
  ]);
  assert.deepEqual(issuesOf('rules:\n  PL7001:\n    allowedPorts: [22, x, 70000]\n'), [
    ['x', 'rules.PL7001.allowedPorts: an entry is a whole number from 1 to 65535'],
    ['70000', 'rules.PL7001.allowedPorts: an entry is a whole number from 1 to 65535'],
  ]);
  assert.deepEqual(issuesOf('trustedRegistries: ghcr.io\n'), [['ghcr.io', "'trustedRegistries' is a list"]]);
});

test('what is wrong is left out, the rest counts', () => {
  const { settings } = readConfigurationText('rules:\n  PL7001:\n    severity: loud\n    allowedPorts: [22, x]\n  NOPE: low\n  PL1001: off\n');
  assert.deepEqual(settings.rules, { PL1001: 'off' });
  assert.deepEqual(settings.ruleOptions, { PL7001: { allowedPorts: [22] } });
});

test('broken YAML is said where it breaks, and what stands before it counts', () => {
  const { settings, issues } = readConfigurationText('rules:\n  PL1001: off\ntrustedRegistries: [a\n');
  assert.deepEqual(settings.rules, { PL1001: 'off' });
  assert.ok(issues.length > 0);
  assert.ok(issues.every(({ message }) => /^[a-z]/.test(message)));
});

test('a key that is there twice is reported, and the last one counts', () => {
  const text = 'rules:\n  PL1001: off\n  PL1001: low\n';
  assert.deepEqual(issuesOf(text), [['PL1001', "'PL1001' is here twice; the last one counts"]]);
  assert.deepEqual(readConfigurationText(text).settings.rules, { PL1001: 'low' });
});

test('names of JavaScript are keys like others', () => {
  for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    for (const text of [`${key}: { x: 1 }`, `rules: { ${key}: off }`, `rules: { PL7001: { ${key}: [22] } }`]) {
      assert.equal(readConfigurationText(text).issues.length, 1, text);
    }
  }
  assert.equal(({} as Record<string, unknown>).x, undefined);
});

test('aliases are followed; without end, without anchor, or too many they are a problem', () => {
  const shared = readConfigurationText('trustedRegistries: &own [ghcr.io/acme]\nrules: { PL1003: { ignore: *own } }');
  assert.deepEqual(shared.issues, []);
  assert.deepEqual(shared.settings.ruleOptions, { PL1003: { ignore: ['ghcr.io/acme'] } });
  assert.deepEqual(issuesOf('trustedRegistries: *none'), [['*none', "there is no anchor '&none'"]]);
  assert.deepEqual(issuesOf('trustedRegistries: &a [*a]').slice(0, 1), [['*a', "'*a' stands inside what '&a' marks"]]);
  assert.equal(issuesOf(`deniedVendors: [&v x${', *v'.repeat(500)}]`).length, 1);
});

test('hostile files end soon, with a bounded list of problems', () => {
  const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `a${index}`);
  const level = (name: string, below: string): string => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${below}`).join(', ')}]`;
  const hostile = [
    '['.repeat(50_000),
    '{a: '.repeat(20_000),
    '- '.repeat(50_000),
    '? '.repeat(50_000),
    `rules: {${names(10_000).join(', ')}}`,
    names(10_000).join(': 1\n'),
    ['l0: &l0 [x]', ...names(40).map((_, index) => level(`l${index + 1}`, `l${index}`)), 'rules: *l40'].join('\n'),
    '\u0000'.repeat(1000),
    'x'.repeat(2 * 1024 * 1024),
  ];
  for (const text of hostile) {
    const { issues } = readConfigurationText(text);
    assert.ok(issues.length > 0 && issues.length <= 101, `${issues.length} problems in ${text.slice(0, 20)}`);
  }
});

test('law: whatever is typed is read, cut anywhere', () => {
  const text = 'rules:\n  PL7001: { severity: low, allowedPorts: &p [22] }\n  PL1003:\n    ignore:\n      - "a\\n"\ntrustedRegistries: [*p]\n';
  for (let length = 0; length <= text.length; length++) readConfigurationText(text.slice(0, length));
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...'rules: PL1001{}[],-*&!|>\'"\n\t#?%@\u0000'.split(''), 'PL7001', 'allowedPorts', 'severity', '\u{1F600}')),
      (parts) => {
        const whole = parts.join('');
        const lines = whole.split('\n').length;
        for (const { range } of readConfigurationText(whole).issues) {
          assert.ok(range.start.line >= 0 && range.end.line <= lines);
          assert.ok(range.end.line > range.start.line || range.end.character >= range.start.character);
        }
      },
    ),
  );
});
