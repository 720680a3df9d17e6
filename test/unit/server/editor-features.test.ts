import assert from 'node:assert/strict';
import test from 'node:test';
import {
  ApplyWorkspaceEditRequest,
  CodeActionRequest,
  CodeLensRefreshRequest,
  CodeLensRequest,
  DidChangeConfigurationNotification,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  ExecuteCommandRequest,
  FoldingRangeRequest,
  HoverRequest,
} from 'vscode-languageserver/node';
import type {
  ClientCapabilities,
  CodeAction,
  CodeLens,
  DocumentSymbol,
  Hover,
  MarkupContent,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { clientCommands } from '../../../src/protocol/commands.ts';
import { engineServices } from '../../../src/server/engine-services.ts';
import { Session, vscodeCapabilities } from './harness.ts';
import type { SessionOptions } from './harness.ts';

const uri = 'untitled:Dockerfile';
const composeUri = 'untitled:compose.yaml';
const twoStages = `# syntax=docker/dockerfile:1
# hadolint ignore=DL3006
FROM node AS build
RUN curl -k https://a.example/x -o /x

FROM debian:12
# plimsoll ignore=PL1003,NoSuchRule reason=built daily
RUN apt-get update && \\
    apt-get install curl
USER app
`;

const capabilities: ClientCapabilities = {
  ...vscodeCapabilities,
  workspace: { ...vscodeCapabilities.workspace, applyEdit: true, codeLens: { refreshSupport: true } },
};
const commands = Object.values(clientCommands);

async function start(options: SessionOptions = {}): Promise<Session> {
  const session = await Session.start({ services: engineServices, capabilities, ...options });
  session.client.onRequest(CodeLensRefreshRequest.type, () => undefined);
  return session;
}

/** Numbers left out: how many rules report a line is their business. */
async function lensesOf(session: Session): Promise<readonly (readonly [line: number, title: string, command: string])[]> {
  const lenses = (await session.client.sendRequest(CodeLensRequest.type, { textDocument: { uri } })) as CodeLens[];
  return lenses.map(({ range, command }) => [
    range.start.line,
    (command?.title ?? '').replace(/^\d+ risks?/, 'risks').replace(/^Apply \d+ safe fix(es)?/, 'fix'),
    command?.command ?? '',
  ]);
}

function apply(text: string, edit: WorkspaceEdit | undefined, of = uri): string {
  const edits = (edit?.documentChanges?.[0] as TextDocumentEdit | undefined)?.edits ?? edit?.changes?.[of] ?? [];
  const plain = edits.map((each) => ({ range: each.range, newText: 'newText' in each ? each.newText : '' }));
  return TextDocument.applyEdits(TextDocument.create(of, 'dockerfile', 1, text), plain);
}

test('each FROM tells of its stage, the head of the file of the whole, and nothing is told twice', async () => {
  await using session = await start({ initializationOptions: { commands } });
  await session.open(uri, twoStages);
  assert.deepEqual(await lensesOf(session), [
    [2, 'risks in this stage', 'plimsoll.showProblem'],
    [2, 'fix', 'plimsoll.fixSafe'],
    [5, 'fix', 'plimsoll.fixSafe'],
    [0, 'fix in this file', 'plimsoll.fixSafe'],
    [0, 'Scan the image built from this…', 'plimsoll.scanImage'],
  ]);
});

test('a client without the commands and without edits sees what there is to see', async () => {
  await using session = await start({ capabilities: {} });
  await session.open(uri, twoStages);
  assert.deepEqual(await lensesOf(session), [[2, 'risks in this stage', '']]);
});

test('the fix of a lens fixes its stage alone, through the client', async () => {
  await using session = await start();
  const applied: string[] = [];
  session.client.onRequest(ApplyWorkspaceEditRequest.type, ({ edit }) => {
    applied.push(apply(twoStages, edit));
    return { applied: true };
  });
  await session.open(uri, twoStages);
  const lenses = (await session.client.sendRequest(CodeLensRequest.type, { textDocument: { uri } })) as CodeLens[];
  const fix = lenses.find(({ range, command }) => range.start.line === 5 && command?.command === 'plimsoll.fixSafe')?.command;
  assert.equal(
    await session.client.sendRequest(ExecuteCommandRequest.type, {
      command: 'plimsoll.fixSafe',
      ...(fix?.arguments === undefined ? {} : { arguments: fix.arguments }),
    }),
    true,
  );
  const after = applied[0] ?? '';
  assert.equal(after.split('FROM debian')[0], twoStages.split('FROM debian')[0]);
  assert.match(after, /apt-get install .*-y/);
  await assert.rejects(session.client.sendRequest(ExecuteCommandRequest.type, { command: 'plimsoll.fixSafe', arguments: [7] }), /malformed/);
});

test('a setting turns the lenses off, and the client is told to ask again', async () => {
  const settings: { current: unknown } = { current: {} };
  await using session = await start({ settings });
  let refreshes = 0;
  session.client.onRequest(CodeLensRefreshRequest.type, () => {
    refreshes++;
  });
  await session.open(uri, twoStages);
  assert.notDeepEqual(await lensesOf(session), []);
  settings.current = { codeLens: { enabled: false } };
  await session.client.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  assert.deepEqual(await lensesOf(session), []);
  assert.equal(refreshes, 1);
});

test('what the last scan of a base found stands over its FROM', async () => {
  await using session = await start({ initializationOptions: { commands } });
  await session.open(uri, 'FROM debian:12\nUSER app\n');
  const images = [
    { reference: 'docker.io/library/debian:12', critical: 2, high: 11, key: 'k' },
    { reference: 'debian:12', critical: 9, high: 9, key: 'older' },
  ];
  await session.client.sendNotification('plimsoll/scannedImages', { images });
  const lenses = (await session.client.sendRequest(CodeLensRequest.type, { textDocument: { uri } })) as CodeLens[];
  assert.deepEqual(lenses[0]?.command, { title: '2 critical · 11 high in debian:12', command: 'plimsoll.openReport', arguments: [{ key: 'k' }] });
  await session.client.sendNotification('plimsoll/scannedImages', { images: [{ reference: 7 }] });
  assert.equal((await lensesOf(session))[0]?.[1], '2 critical · 11 high in debian:12', 'what is malformed changes nothing');
});

test('images link to their registry, suppressed rules to their page', async () => {
  await using session = await start({ initializationOptions: { rulePage: 'https://example.org/{id}' } });
  await session.open(uri, twoStages);
  const links = await session.client.sendRequest(DocumentLinkRequest.type, { textDocument: { uri } });
  const document = TextDocument.create(uri, 'dockerfile', 1, twoStages);
  assert.deepEqual(
    links?.map(({ range, target }) => [document.getText(range), target]),
    [
      ['docker/dockerfile:1', 'https://hub.docker.com/r/docker/dockerfile'],
      ['node', 'https://hub.docker.com/_/node'],
      ['debian:12', 'https://hub.docker.com/_/debian'],
      ['DL3006', 'https://example.org/PL1001'],
      ['PL1003', 'https://example.org/PL1003'],
    ],
  );
});

test('stages, instructions and comments fold, within the client’s limit', async () => {
  const ask = async (session: Session): Promise<unknown> =>
    (await session.client.sendRequest(FoldingRangeRequest.type, { textDocument: { uri } }))?.map(({ startLine, endLine, kind }) => [
      startLine,
      endLine,
      kind ?? '',
    ]);
  await using session = await start();
  await session.open(uri, twoStages.replace('# syntax', '# a\n# b\n# syntax'));
  assert.deepEqual(await ask(session), [
    [0, 3, 'comment'],
    [4, 5, ''],
    [7, 11, ''],
    [9, 10, ''],
  ]);
  await using small = await start({ capabilities: { textDocument: { foldingRange: { rangeLimit: 1 } } } });
  await small.open(uri, twoStages);
  assert.deepEqual(await ask(small), [[5, 9, '']]);
});

test('the outline is stages with their instructions, unless another extension makes one', async () => {
  const ask = async (session: Session): Promise<readonly (readonly [string, readonly string[]])[]> => {
    const symbols = (await session.client.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } })) as DocumentSymbol[];
    return symbols.map(({ name, children = [] }) => [name, children.map((child) => child.name)]);
  };
  await using session = await start();
  await session.open(uri, `ARG V\n${twoStages}`);
  assert.deepEqual(await ask(session), [
    ['ARG', []],
    ['build', ['RUN']],
    ['debian:12', ['RUN', 'USER']],
  ]);
  await session.client.sendNotification('plimsoll/otherLinters', { ids: ['docker.docker'] });
  assert.deepEqual(await ask(session), []);
  await using alone = await start({
    settings: { current: { lint: { leaveToOthers: 'never' } } },
    initializationOptions: { otherLinters: ['docker.docker'] },
  });
  await alone.open(uri, twoStages);
  assert.equal((await ask(alone)).length, 2);
});

test('checks that another extension makes are left to it: not the risks, not what the user asked for', async () => {
  const text = 'from a:1\nMAINTAINER me\nWORKDIR rel\nENV API_KEY=0e1f3b4455\nUSER app\n';
  const settings: { current: unknown } = { current: {} };
  await using session = await start({ settings });
  await session.open(uri, text);
  const shared = ['PL8001', 'PL8024', 'PL8034'];
  const reported = async (accept: (codes: readonly unknown[]) => boolean): Promise<readonly unknown[]> => {
    const { diagnostics } = await session.until(() => session.published.findLast((params) => accept(params.diagnostics.map(({ code }) => code))));
    return diagnostics.map(({ code }) => code).filter((code) => shared.includes(String(code)) || code === 'PL3001');
  };
  assert.deepEqual([...(await reported(() => true))].sort(), ['PL3001', ...shared]);
  await session.client.sendNotification('plimsoll/otherLinters', { ids: ['docker.docker'] });
  assert.deepEqual(await reported((codes) => !codes.includes('PL8001')), ['PL3001']);
  settings.current = { rules: { DL3000: 'high' } };
  await session.client.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  assert.deepEqual([...(await reported((codes) => codes.includes('PL8001') && !codes.includes('PL8024')))].sort(), ['PL3001', 'PL8001']);
});

test('the Dockerfile inside a compose file is linted, explained and fixed in its place', async () => {
  const yaml =
    'services:\n  web:\n    build:\n      dockerfile_inline: |\n        FROM a:1\n        RUN curl -k https://a.example/x -o /x\n        USER app\n';
  await using session = await start({ capabilities: { ...capabilities, textDocument: {} } });
  await session.open(composeUri, yaml, 'yaml');
  const { diagnostics } = await session.diagnostics(composeUri);
  const found = diagnostics.find(({ code }) => code === 'PL4001');
  assert.deepEqual(found?.range, { start: { line: 5, character: 17 }, end: { line: 5, character: 19 } });
  const hover = (await session.client.sendRequest(HoverRequest.type, { textDocument: { uri: composeUri }, position: found.range.start })) as Hover;
  assert.match((hover.contents as MarkupContent).value, /PL4001/);
  const actions = (await session.client.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: composeUri },
    range: found.range,
    context: { diagnostics: [] },
  })) as CodeAction[];
  const fix = actions.find(({ isPreferred }) => isPreferred === true);
  assert.match(apply(yaml, fix?.edit, composeUri), /\n {8}RUN curl https:\/\/a\.example/);
  const suppress = actions.find(({ title }) => title.startsWith('Suppress PL4001'));
  assert.match(apply(yaml, suppress?.edit, composeUri), /\n {8}# plimsoll ignore=PL4001 reason=.+; expires=\d{4}-\d\d-\d\d\n {8}RUN curl/);
  assert.equal((await session.client.sendRequest(CodeLensRequest.type, { textDocument: { uri: composeUri } }))?.length, 0);
});

test('other YAML is left alone, also by the names of other files', async () => {
  await using session = await start();
  await session.open('file:///project/values.yaml', 'dockerfile_inline: FROM a\n', 'yaml');
  await session.open('file:///project/Dockerfile.dockerignore', 'FROM a\n', 'dockerfile');
  await session.open('file:///project/docker-compose.dev.yml', 'services: {a: {build: {dockerfile_inline: FROM a}}}\n', 'dockercompose');
  await session.diagnostics('file:///project/docker-compose.dev.yml', ({ diagnostics }) => diagnostics.length > 0);
  assert.deepEqual([...new Set(session.published.map((params) => params.uri))], ['file:///project/docker-compose.dev.yml']);
});

test('a document that is not open has nothing', async () => {
  await using session = await start();
  for (const type of [CodeLensRequest.type, DocumentLinkRequest.type, FoldingRangeRequest.type, DocumentSymbolRequest.type] as const) {
    assert.deepEqual(await session.client.sendRequest(type.method, { textDocument: { uri: 'untitled:none' } }), []);
  }
});
