import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintText } from '../../../../src/dockerfile/lint/lint.ts';
import { nameMatcher, optionOf, type IntegerOption, type OptionValues } from '../../../../src/dockerfile/lint/options.ts';
import { rules } from '../../../../src/dockerfile/lint/rules.generated.ts';
import { TEST_DAY, underlined } from '../../../support/rule-harness.ts';

/** Returns what the rule underlines with and without the options. */
function compare(id: string, code: string, options: OptionValues): { readonly without: readonly string[]; readonly with: readonly string[] } {
  const rule = rules.find((candidate) => candidate.id === id);
  assert.ok(rule, id);
  const found = (ruleOptions: Readonly<Record<string, OptionValues>>): readonly string[] => {
    const { diagnostics, problems } = lintText(code, { rules: [rule], today: TEST_DAY, ruleOptions });
    assert.deepEqual(problems, []);
    return diagnostics.map((diagnostic) => underlined(code, diagnostic));
  };
  return { without: found({}), with: found({ [id]: options }) };
}

interface Case {
  readonly id: string;
  readonly code: string;
  readonly options: OptionValues;
  readonly without: readonly string[];
  readonly with: readonly string[];
}

const WINDOWS = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n';
const POWERSHELL = 'FROM mcr.microsoft.com/powershell:7.4\nSHELL ["pwsh", "-Command"]\n';
const images = 'FROM registry.example.com/base\nFROM ghcr.io/acme/base/a\nFROM ghcr.io/acme/b\n';

/** Packages of a manager that are pinned by nothing, `one` of which may be so. */
function pinCase(id: string, from: string, install: string, [one, other]: readonly [string, string]): Case {
  return {
    id,
    code: `${from}RUN ${install} ${one}\nRUN ${install} ${other}\n`,
    options: { ignore: [one.replace(/(?<=.)@[^@]*$/, '')] },
    without: [one, other],
    with: [other],
  };
}

const cases: readonly Case[] = [
  {
    id: 'PL1001',
    code: images,
    options: { ignore: ['registry.example.com', 'ghcr.io/acme/base'] },
    without: ['registry.example.com/base', 'ghcr.io/acme/base/a', 'ghcr.io/acme/b'],
    with: ['ghcr.io/acme/b'],
  },
  { id: 'PL1002', code: 'FROM acme/a:latest\nFROM b:latest\n', options: { ignore: ['acme'] }, without: ['latest', 'latest'], with: ['latest'] },
  {
    id: 'PL1003',
    code: 'FROM a.corp.example/a:1\nFROM b:1\n',
    options: { ignore: ['*.corp.example'] },
    without: ['a.corp.example/a:1', 'b:1'],
    with: ['b:1'],
  },
  { id: 'PL1005', code: 'FROM alpine:3.20\n', options: { warnDays: 120 }, without: [], with: ['3.20'] },
  { id: 'PL1005', code: 'FROM alpine:3.20\n', options: { warnDays: 30 }, without: [], with: [] },
  { id: 'PL2014', code: 'FROM a:1\nUSER nonroot:nonroot\n', options: { ignore: ['nonroot'] }, without: ['nonroot:nonroot'], with: [] },
  {
    id: 'PL3001',
    code: 'FROM a:1\nENV CSRF_TOKEN=abc1234x DB_PASSWORD=abc1234x\n',
    options: { ignore: ['csrf_*'] },
    without: ['CSRF_TOKEN', 'DB_PASSWORD'],
    with: ['DB_PASSWORD'],
  },
  {
    id: 'PL4009',
    code: 'FROM a:1\nRUN curl -O http://a.corp.example:8080/x\nRUN curl -O a.corp.example/y\nADD http://a.corp.example/z /z\nRUN curl -O http://corp.example.evil.example/x\n',
    options: { trustedHosts: ['*.corp.example'] },
    without: ['http://a.corp.example:8080/x', 'a.corp.example/y', 'http://a.corp.example/z', 'http://corp.example.evil.example/x'],
    with: ['http://corp.example.evil.example/x'],
  },
  {
    id: 'PL4010',
    code: 'FROM a:1\nRUN pip install -i http://index.corp.example/simple a\nENV PIP_INDEX_URL=http://other.example/\n',
    options: { trustedHosts: ['index.corp.example'] },
    without: ['http://index.corp.example/simple', 'http://other.example/'],
    with: ['http://other.example/'],
  },
  pinCase('PL6001', 'FROM a:1\n', 'apt-get install -y', ['ca-certificates', 'curl']),
  pinCase('PL6002', 'FROM a:1\n', 'pip install', ['requests', 'flask']),
  pinCase('PL6003', 'FROM a:1\n', 'npm install -g', ['@acme/tool', 'other']),
  pinCase('PL6004', 'FROM a:1\n', 'apk add', ['tzdata', 'curl']),
  pinCase('PL6005', 'FROM a:1\n', 'gem install', ['rake', 'other']),
  pinCase('PL6006', 'FROM a:1\n', 'yum install -y', ['tzdata', 'curl']),
  pinCase('PL6007', 'FROM a:1\n', 'zypper install -y', ['tzdata', 'curl']),
  pinCase('PL6008', 'FROM a:1\n', 'dnf install -y', ['tzdata', 'curl']),
  pinCase('PL6009', 'FROM a:1\n', 'go install', ['example.com/a/tool@latest', 'example.com/b/tool@latest']),
  pinCase('PL6010', 'FROM a:1\n', 'cargo install', ['ripgrep', 'other']),
  pinCase('PL6011', 'FROM a:1\n', 'composer require', ['acme/a', 'acme/b']),
  pinCase('PL9009', WINDOWS, 'choco install -y', ['git', 'nodejs']),
  pinCase('PL9012', POWERSHELL, 'Install-Module -Force', ['Pester', 'Az']),
  {
    id: 'PL6022',
    code: 'FROM a:1\nRUN apt-get install -y netcat-openbsd nmap\n',
    options: { ignore: ['netcat*'] },
    without: ['netcat-openbsd', 'nmap'],
    with: ['nmap'],
  },
  { id: 'PL7001', code: 'FROM a:1\nEXPOSE 22 3389\n', options: { allowedPorts: [22] }, without: ['22', '3389'], with: ['3389'] },
  { id: 'PL8029', code: 'FROM a:1\nRUN a\nRUN b\nRUN c\nRUN d\n', options: { allowed: 3 }, without: ['RUN', 'RUN', 'RUN'], with: ['RUN'] },
  {
    id: 'PL8033',
    code: 'FROM a:1\nLABEL org.opencontainers.image.source=https://a.example\n',
    options: { labels: ['source'] },
    without: ['org.opencontainers.image.source'],
    with: [],
  },
];

for (const { id, code, options, ...expected } of cases) {
  test(`${id} heeds ${JSON.stringify(options)}`, () => {
    assert.deepEqual(compare(id, code, options), expected);
  });
}

test('every option of every rule is tried here', () => {
  const tried = new Set(cases.flatMap(({ id, options }) => Object.keys(options).map((name) => `${id} ${name}`)));
  for (const { id, options = [] } of rules) for (const { name } of options) assert.ok(tried.has(`${id} ${name}`), `${id} ${name}`);
});

test('with a package ignored, the fix asks for the versions of the others only', () => {
  const rule = rules.find(({ id }) => id === 'PL6001');
  assert.ok(rule);
  const { diagnostics } = lintText('FROM a:1\nRUN apt-get install -y tzdata curl\n', {
    rules: [rule],
    ruleOptions: { PL6001: { ignore: ['tzdata'] } },
  });
  assert.deepEqual(
    diagnostics.flatMap(({ fixes }) => fixes.flatMap(({ edits }) => edits.map(({ newText }) => newText))),
    ['curl=CHOOSE-A-VERSION'],
  );
});

test('a value that is none of the option’s counts as not set', () => {
  const option: IntegerOption = { kind: 'integer', name: 'days', description: '', minimum: 0, maximum: 9, default: 3, examples: [] };
  for (const value of [10, -1, 1.5, Number.NaN, '4', [4]]) assert.equal(optionOf({ options: { days: value as number } }, option), 3);
  assert.equal(optionOf({ options: { days: 0 } }, option), 0);
  assert.equal(optionOf({ options: {} }, option), 3);
});

test('names match in any case, as a whole or by their beginning', () => {
  const isNamed = nameMatcher(['Curl', 'lib*']);
  assert.deepEqual(['curl', 'CURL', 'libc6', 'curl2', 'xlib'].map(isNamed), [true, true, true, false, false]);
});
