import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addIgnoreEdit } from '../../../src/engine/configuration-edit.ts';
import { readConfigurationText } from '../../../src/engine/configuration-text.ts';
import type { TextEdit } from '../../../src/foundation/model/text-range.ts';

function issuesOf(text: string): readonly string[] {
  return readConfigurationText(text).issues.map(({ message, range }) => `${range.start.line + 1}: ${message}`);
}

test('entries are read with their lines', () => {
  const { ignores, issues } = readConfigurationText(
    "ignore:\n  - id: CVE-2024-1\n    reason: not reachable\n    expires: 2026-12-31\n  - { package: 'npm:lodash', path: app/, reason: only in tests }\n",
  );
  assert.deepEqual(issues, []);
  assert.deepEqual(ignores, [
    { id: 'CVE-2024-1', reason: 'not reachable', expires: '2026-12-31', line: 2 },
    { package: 'npm:lodash', path: 'app/', reason: 'only in tests', line: 5 },
  ]);
});

test('an entry that anything is wrong with is named with its line and key, and ignores nothing', () => {
  const text = `ignore:
  - id: CVE-1
  - reason: nothing named
  - id: CVE-2
    reason: ''
  - id: CVE-3
    reason: x
    expires: 2026-02-30
  - id: CVE-4
    reason: x
    expirs: 2026-01-01
  - 3
  - id: [CVE-5]
    reason: x
  - path: '['
    reason: x
  - id: CVE-6
    reason: right
`;
  assert.deepEqual(issuesOf(text), [
    "2: ignore[0]: 'reason' is missing: say why this can be ignored",
    "3: ignore[1]: it names nothing to ignore: give 'id', 'package' or 'path'",
    "5: ignore[2].reason: 'reason' is text",
    "8: ignore[3].expires: 'expires' is a day as YYYY-MM-DD",
    "11: ignore[4]: unknown key 'expirs'; did you mean 'expires'?",
    "12: ignore[5]: an entry is a map with 'id', 'package' or 'path', and a 'reason'",
    "13: ignore[6].id: 'id' is text",
    "15: ignore[7].path: 'path' is a pattern of .gitignore that can match nothing",
  ]);
  assert.deepEqual(
    readConfigurationText(text).ignores.map(({ id }) => id),
    ['CVE-6'],
  );
  assert.deepEqual(issuesOf('ignore: 3\n'), ["1: 'ignore' is a list of entries, each with a reason"]);
  assert.deepEqual(issuesOf('ignore:\n'), []);
});

function apply(text: string, { range: { start, end }, newText }: TextEdit): string {
  const lines = text.split('\n');
  const offset = ({ line, character }: { line: number; character: number }): number =>
    lines.slice(0, line).reduce((sum, content) => sum + content.length + 1, 0) + character;
  return text.slice(0, offset(start)) + newText + text.slice(offset(end));
}

function added(text: string, entry: Parameters<typeof addIgnoreEdit>[1] = { id: 'CVE-9', reason: 'why: not "here"' }): string | undefined {
  const edit = addIgnoreEdit(text, entry);
  return edit === undefined ? undefined : apply(text, edit);
}

test('an entry is added where the list is, and the rest of the file stays as it was', () => {
  const item = '- id: CVE-9\n    reason: "why: not \\"here\\""\n';
  assert.equal(added(''), `ignore:\n  ${item}`);
  assert.equal(added('# ours\n'), `# ours\n\nignore:\n  ${item}`);
  assert.equal(added('rules:\n  PL1003: off'), `rules:\n  PL1003: off\n\nignore:\n  ${item}`);
  assert.equal(added('ignore:\nrules: {}\n'), `ignore:\n  ${item}rules: {}\n`);
  assert.equal(
    added('ignore:\n  - id: CVE-1 # one\n    reason: x # two\n\n# about the rules\nrules: {}\n'),
    `ignore:\n  - id: CVE-1 # one\n    reason: x # two\n  ${item}\n# about the rules\nrules: {}\n`,
  );
  assert.equal(added('ignore:\n- id: CVE-1\n  reason: x\n'), 'ignore:\n- id: CVE-1\n  reason: x\n- id: CVE-9\n  reason: "why: not \\"here\\""\n');
  assert.equal(
    added('ignore:\n  - id: CVE-1\n    reason: >\n      long\n      text\nrules: {}\n'),
    `ignore:\n  - id: CVE-1\n    reason: >\n      long\n      text\n  ${item}rules: {}\n`,
  );
  assert.equal(added('ignore: []\n'), 'ignore: \n  - id: CVE-9\n    reason: "why: not \\"here\\""\n');
  assert.equal(
    added("ignore: [{ id: CVE-1, reason: 'x' }]\n"),
    'ignore: [{ id: CVE-1, reason: \'x\' }, { id: CVE-9, reason: "why: not \\"here\\"" }]\n',
  );
  assert.equal(added('rules: {}\r\n'), 'rules: {}\r\n\r\nignore:\r\n  - id: CVE-9\r\n    reason: "why: not \\"here\\""\r\n');
});

test('a file that an entry cannot be added to is left alone', () => {
  for (const text of ['- a\n', '{ rules: {} }\n', 'ignore: 3\n', 'ignore:\n  id: CVE-1\n', 'ignore: *a\n'])
    assert.equal(added(text), undefined, text);
});

test('whatever the entry says, it is read back as it was', () => {
  const word = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .map((text) => text.trim())
    .filter((text) => text !== '' && text.isWellFormed());
  const texts = ['', 'ignore:\n  - id: CVE-1\n    reason: x\n', 'ignore: [{ id: CVE-1, reason: x }]\n', 'rules:\n  PL1003: off\n'];
  fc.assert(
    fc.property(fc.constantFrom(...texts), word, word, word, (text, id, named, reason) => {
      const result = added(text, { id, package: named, reason, expires: '2026-12-31' });
      const { ignores, issues } = readConfigurationText(result ?? '');
      assert.deepEqual(issues, []);
      assert.deepEqual({ ...ignores.at(-1), line: 0 }, { id, package: named, reason, expires: '2026-12-31', line: 0 });
    }),
  );
});
