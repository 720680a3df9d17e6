import assert from 'node:assert/strict';
import test from 'node:test';
import {
  CodeActionRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  HoverRequest,
} from 'vscode-languageserver/node';
import type { CodeAction, CodeActionContext, Hover, MarkupContent, Range, TextDocumentEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { curlRule, fakeServices, lintInsecure, Session, vscodeCapabilities } from './harness.ts';

const uri = 'untitled:Dockerfile';
const risky = 'FROM a:1\nRUN curl --insecure https://a.example\n';
const flag: Range = { start: { line: 1, character: 8 }, end: { line: 1, character: 19 } };

async function actionsAt(session: Session, range: Range, context: Partial<CodeActionContext> = {}): Promise<CodeAction[]> {
  const answer = await session.client.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range, context: { diagnostics: [], ...context } });
  return (answer ?? []) as CodeAction[];
}

function apply(text: string, action: CodeAction | undefined): string {
  const change = action?.edit?.documentChanges?.[0] as TextDocumentEdit | undefined;
  const edits = change?.edits ?? action?.edit?.changes?.[uri];
  assert.ok(edits, `${action?.title ?? 'the action'} has edits`);
  return TextDocument.applyEdits(
    TextDocument.create(uri, 'dockerfile', 1, text),
    edits.map((edit) => ({ range: edit.range, newText: 'newText' in edit ? edit.newText : '' })),
  );
}

test('an opened Dockerfile gets its diagnostics, on the word, with the rule and its page', async () => {
  await using session = await Session.start({ initializationOptions: { rulePage: 'https://example.org/rules/{id}-{slug}' } });
  await session.open(uri, risky);
  assert.deepEqual(await session.diagnostics(uri), {
    uri,
    version: 1,
    diagnostics: [
      {
        source: 'plimsoll',
        code: 'PL9001',
        codeDescription: { href: 'https://example.org/rules/PL9001-insecure-flag' },
        severity: 1,
        message: 'curl does not check who answers',
        range: flag,
      },
    ],
  });
});

test('typing is linted on the unsaved text: the newest version is published, and never an empty list in between', async () => {
  await using session = await Session.start();
  await session.open(uri, risky);
  await session.diagnostics(uri);
  for (let version = 2; version <= 40; version++) {
    await session.change(uri, version, { range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } }, text: 'x' });
  }
  await session.change(uri, 41, { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# first\n' });
  const last = await session.diagnostics(uri, ({ version }) => version === 41);
  assert.deepEqual(last.diagnostics[0]?.range, { start: { line: 2, character: 8 }, end: { line: 2, character: 19 } });
  assert.ok(session.published.every(({ diagnostics }) => diagnostics.length === 1));
  const versions = session.published.map(({ version }) => version ?? 0);
  assert.deepEqual(
    versions,
    versions.toSorted((a, b) => a - b),
  );
  assert.ok(versions.length < 41, 'keystrokes in quick succession are linted together');
});

test('a closed document has no diagnostics left', async () => {
  await using session = await Session.start();
  await session.open(uri, risky);
  await session.diagnostics(uri);
  await session.close(uri);
  await session.diagnostics(uri, ({ diagnostics }) => diagnostics.length === 0);
});

test('documents in other languages are left alone; a Dockerfile by name in plain text is not', async () => {
  await using session = await Session.start();
  await session.open('file:///project/notes.md', risky, 'markdown');
  await session.open('file:///project/Containerfile.dev', risky, 'plaintext');
  await session.diagnostics('file:///project/Containerfile.dev');
  assert.deepEqual(
    session.published.map((params) => params.uri),
    ['file:///project/Containerfile.dev'],
  );
});

test('what could not be linted is shown on its line, as information', async () => {
  const problem = { code: 'limit-exceeded', message: 'the rest of the file was not checked', line: 2 } as const;
  await using session = await Session.start({
    services: fakeServices({ lintDockerfile: () => ({ diagnostics: [], suppressed: [], problems: [problem] }) }),
  });
  await session.open(uri, risky);
  const { diagnostics } = await session.diagnostics(uri);
  assert.deepEqual(
    diagnostics.map(({ code, severity, range }) => [code, severity, range.start.line]),
    [['limit-exceeded', 3, 1]],
  );
});

test('a bug in lint is logged every time, told once, and keeps what was shown', async () => {
  let broken = false;
  const services = fakeServices({
    lintDockerfile: (text) => {
      if (broken) throw new TypeError('rule went wrong');
      return lintInsecure(text);
    },
  });
  await using session = await Session.start({ services });
  await session.open(uri, risky);
  await session.diagnostics(uri);
  broken = true;
  for (const version of [2, 3]) {
    await session.change(uri, version, { text: 'FROM b:1\n' });
    await session.until(() => (session.log.filter((line) => line.includes('rule went wrong')).length >= version - 1 ? true : undefined));
  }
  assert.equal(session.shown.length, 1);
  assert.equal(session.published.length, 1);
  broken = false;
  await session.change(uri, 4, { text: 'FROM b:1\n' });
  assert.deepEqual((await session.diagnostics(uri, ({ version }) => version === 4)).diagnostics, []);
});

test('a rule that fails is logged once and shown as long as it fails, with what the others found', async () => {
  const services = fakeServices({
    lintDockerfile: (text) => ({
      ...lintInsecure(text),
      problems: [{ code: 'rule-failed', message: `Rule PL1234 (a-b) failed and was left out: bad ${text.length}` }],
    }),
  });
  await using session = await Session.start({ services });
  await session.open(uri, risky);
  await session.diagnostics(uri);
  await session.change(uri, 2, { text: `${risky}\n` });
  const { diagnostics } = await session.diagnostics(uri, ({ version }) => version === 2);
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    [curlRule.id, 'rule-failed'],
  );
  assert.equal(session.log.filter((line) => line.includes('PL1234')).length, 1);
});

test('hover says what an attacker does and how to put it right, and shows the text as it is', async () => {
  await using session = await Session.start({ initializationOptions: { rulePage: 'https://example.org/{id}' } });
  await session.open(uri, risky);
  const hover = (await session.client.sendRequest(HoverRequest.type, { textDocument: { uri }, position: { line: 1, character: 10 } })) as Hover;
  assert.deepEqual(hover.range, flag);
  const { kind, value } = hover.contents as MarkupContent;
  assert.equal(kind, 'markdown');
  assert.ok(value.includes('TLS check \\[turned\\]\\(x\\) off'), value);
  assert.ok(value.includes('in place of \\<host\\>'), value);
  assert.ok(value.includes('Remove `--insecure`'), value);
  assert.ok(value.includes('CK2\\_2'), value);
  assert.ok(value.includes('(https://example.org/PL9001)'), value);
  assert.ok(!value.includes('curl does not check'), 'the message stands above, the editor shows it itself');
});

test('hover away from a diagnostic is empty, and plain text for a client without Markdown', async () => {
  await using session = await Session.start({ capabilities: {} });
  await session.open(uri, risky);
  assert.equal(await session.client.sendRequest(HoverRequest.type, { textDocument: { uri }, position: { line: 0, character: 2 } }), null);
  const hover = await session.client.sendRequest(HoverRequest.type, { textDocument: { uri }, position: { line: 1, character: 8 } });
  assert.equal((hover?.contents as MarkupContent).kind, 'plaintext');
});

test('the lightbulb offers the fix, suppression and the page, and the fix works', async () => {
  await using session = await Session.start({ initializationOptions: { commands: ['plimsoll.suppress', 'plimsoll.openRule'] } });
  await session.open(uri, risky);
  const actions = await actionsAt(session, { start: flag.start, end: flag.start });
  assert.deepEqual(
    actions.map(({ title }) => title),
    ['Remove --insecure', 'Suppress PL9001 here…', 'Read about PL9001'],
  );
  assert.equal(actions[0]?.isPreferred, true);
  assert.equal((actions[0].edit?.documentChanges?.[0] as TextDocumentEdit).textDocument.version, 1);
  assert.equal(apply(risky, actions[0]), 'FROM a:1\nRUN curl https://a.example\n');
  assert.deepEqual(actions[1]?.command?.arguments, [{ uri, ruleId: 'PL9001', range: flag }]);
});

test('a plain client gets the suppression comment with a placeholder, as an unversioned edit', async () => {
  await using session = await Session.start({ capabilities: {} });
  await session.open(uri, risky);
  const actions = await actionsAt(session, flag);
  assert.deepEqual(
    actions.map(({ title }) => title),
    ['Remove --insecure', 'Suppress PL9001 here…'],
  );
  assert.match(apply(risky, actions[1]), /^FROM a:1\n# plimsoll ignore=PL9001 .+\nRUN/);
});

test('fix-all answers to every kind above it, fixes the file, and is not offered when there is nothing safe to fix', async () => {
  await using session = await Session.start();
  const twice = `${risky}RUN curl --insecure https://b.example\n`;
  await session.open(uri, twice);
  for (const kind of ['source', 'source.fixAll', 'source.fixAll.plimsoll']) {
    const actions = await actionsAt(session, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, { only: [kind] });
    assert.deepEqual(
      actions.map((action) => action.kind),
      ['source.fixAll.plimsoll'],
      kind,
    );
    assert.equal(apply(twice, actions[0]), 'FROM a:1\nRUN curl https://a.example\nRUN curl https://b.example\n');
  }
  assert.ok((await actionsAt(session, flag)).some(({ title }) => title.startsWith('Apply all safe')));
  assert.deepEqual(await actionsAt(session, flag, { only: ['refactor'] }), []);
  await session.change(uri, 2, { text: 'FROM a:1\n' });
  assert.deepEqual(await actionsAt(session, flag, { only: ['source.fixAll'] }), []);
});

test('settings are asked for, and asked again when they change', async () => {
  const settings: { current: unknown } = { current: { severityMapping: { high: 'hint' } } };
  const seen: unknown[] = [];
  const services = fakeServices({
    lintDockerfile: (text, given) => {
      seen.push(given?.rules);
      return lintInsecure(text);
    },
  });
  await using session = await Session.start({ settings, services });
  await session.open(uri, risky);
  assert.equal((await session.diagnostics(uri)).diagnostics[0]?.severity, 4);
  await session.until(() => (session.registrations.length > 0 ? true : undefined));
  settings.current = { rules: { PL9001: 'low', PL9002: 'off', PL9003: 'loud' } };
  await session.client.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  await session.diagnostics(uri, ({ diagnostics }) => diagnostics[0]?.severity === 1);
  assert.deepEqual(seen.at(-1), { PL9001: 'low', PL9002: 'off' });
  settings.current = { lint: { enabled: false } };
  await session.client.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  await session.diagnostics(uri, ({ diagnostics }) => diagnostics.length === 0);
});

test('a client that cannot be asked may push its settings', async () => {
  await using session = await Session.start({ capabilities: {} });
  await session.client.sendNotification(DidChangeConfigurationNotification.type, {
    settings: { plimsoll: { severityMapping: { high: 'warning' } } },
  });
  await session.open(uri, risky);
  assert.equal((await session.diagnostics(uri)).diagnostics[0]?.severity, 2);
});

test('the project file wins over the settings, its errors are shown in it, and a change of it is noticed', async () => {
  const file = '/project/.plimsoll.yaml';
  let rules: Readonly<Record<string, 'off' | 'low'>> = { PL9001: 'low' };
  const seen: unknown[] = [];
  const services = fakeServices({
    lintDockerfile: (text, given) => {
      seen.push(given?.rules);
      return lintInsecure(text);
    },
    readConfiguration: () =>
      Promise.resolve({
        file,
        settings: { rules },
        ignores: [],
        providerOf: {},
        problems: [{ code: 'configuration' as const, message: 'unknown key', path: file, line: 3 }],
      }),
  });
  await using session = await Session.start({ services, settings: { current: { rules: { PL9001: 'critical', PL9004: 'off' } } } });
  const dockerfile = 'file:///project/project/Dockerfile';
  await session.open(dockerfile, risky);
  await session.diagnostics(dockerfile);
  assert.deepEqual(seen, [{ PL9001: 'low', PL9004: 'off' }]);
  const problems = await session.diagnostics(`file://${file}`);
  assert.equal(problems.diagnostics[0]?.range.start.line, 2);

  rules = { PL9001: 'off' };
  await session.client.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: `file://${file}`, type: FileChangeType.Changed }],
  });
  await session.until(() => (seen.length === 2 ? true : undefined));
  assert.deepEqual(seen[1], { PL9001: 'off', PL9004: 'off' });
  assert.ok(vscodeCapabilities.workspace?.didChangeWatchedFiles);
});

test('an unreadable setting is as if it were not there', async () => {
  await using session = await Session.start({ settings: { current: { lint: 7, rules: [], severityMapping: { high: 'constructor', low: 3 } } } });
  await session.open(uri, risky);
  assert.equal((await session.diagnostics(uri)).diagnostics[0]?.severity, 1);
  assert.equal(curlRule.severity, 'high');
});
