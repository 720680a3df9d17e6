import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import test from 'node:test';
import {
  CodeLensRequest,
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { CodeLens, DocumentSymbol, InitializeParams, PublishDiagnosticsParams } from 'vscode-languageserver/node';

const dockerfile = 'FROM debian AS build\nRUN curl -k https://a.example/x \\\n    -o /x\n# plimsoll ignore=PL2001 reason=a tool\nFROM build\n';
const compose = 'services:\n  web:\n    build:\n      dockerfile_inline: "FROM debian\\nRUN curl -k https://a.example/x -o /x\\n"\n';

test('any editor that starts the server over stdio gets lenses, links, folds, the outline, and compose files linted', async () => {
  const entry = path.join(import.meta.dirname, '..', '..', '..', 'src', 'server', 'main.ts');
  const server = spawn(process.execPath, [entry, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => server.once('exit', resolve));
  const client = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  const published = new Promise<PublishDiagnosticsParams>((resolve) => {
    client.onNotification(PublishDiagnosticsNotification.type, (params) => {
      if (params.uri.endsWith('compose.yaml')) resolve(params);
    });
  });
  client.listen();
  const params: Omit<InitializeParams, 'rootUri'> = { processId: process.pid, workspaceFolders: null, capabilities: {} };
  const { capabilities } = await client.sendRequest(InitializeRequest.type, params as InitializeParams);
  assert.deepEqual(
    [capabilities.codeLensProvider, capabilities.documentLinkProvider, capabilities.foldingRangeProvider, capabilities.documentSymbolProvider],
    [{ resolveProvider: false }, { resolveProvider: false }, true, true],
  );
  await client.sendNotification(InitializedNotification.type, {});
  const textDocument = { uri: 'untitled:Dockerfile' };
  await client.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { ...textDocument, languageId: 'dockerfile', version: 1, text: dockerfile },
  });

  const lenses = (await client.sendRequest(CodeLensRequest.type, { textDocument })) as CodeLens[];
  assert.match(lenses[0]?.command?.title ?? '', /risks? in this stage$/);
  const links = (await client.sendRequest(DocumentLinkRequest.type, { textDocument })) ?? [];
  assert.equal(links[0]?.target, 'https://hub.docker.com/_/debian');
  assert.match(links[1]?.target ?? '', /^file:.*\/docs\/rules\/PL2001-final-user-root\.md$/);
  const folds = (await client.sendRequest(FoldingRangeRequest.type, { textDocument })) ?? [];
  assert.deepEqual(
    folds.map(({ startLine, endLine }) => [startLine, endLine]),
    [
      [0, 2],
      [1, 2],
    ],
  );
  const symbols = (await client.sendRequest(DocumentSymbolRequest.type, { textDocument })) as DocumentSymbol[];
  assert.deepEqual(
    symbols.map(({ name }) => name),
    ['build', 'build'],
  );

  await client.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri: 'file:///project/compose.yaml', languageId: 'yaml', version: 1, text: compose },
  });
  const insecure = (await published).diagnostics.find(({ code }) => code === 'PL4001');
  assert.deepEqual(insecure?.range, { start: { line: 3, character: 48 }, end: { line: 3, character: 50 } });

  await client.sendRequest('shutdown');
  await client.sendNotification('exit');
  assert.equal(await exited, 0);
  client.dispose();
});
