import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import test from 'node:test';
import { createProtocolConnection, HoverRequest, InitializeRequest, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import type { InitializeParams } from 'vscode-languageserver/node';
import { engineServices } from '../../../src/server/engine-services.ts';
import { Session } from './harness.ts';

const uri = 'untitled:Dockerfile';
/** Reported by lint itself, whatever rules there are. */
const withoutReason = '# plimsoll ignore=PL0002\n';

test('the real linter answers through the server', async () => {
  await using session = await Session.start({ services: engineServices });
  await session.open(uri, `FROM a:1\n${withoutReason}RUN true\n`);
  const { diagnostics } = await session.diagnostics(uri);
  assert.deepEqual(
    diagnostics.filter(({ code }) => code === 'PL0001').map(({ severity, range }) => [severity, range.start.line]),
    [[3, 1]],
  );
});

test('a document in a bad state is answered, not waited for', async () => {
  const bad = [
    `RUN ${'a'.repeat(1_000_000)}`,
    `RUN ${'echo "$(('.repeat(50_000)}`,
    `RUN ${'x && '.repeat(100_000)}`,
    `ENV ${'A=b '.repeat(100_000)}`,
    `RUN a \\\n${'# c\n\\\n'.repeat(50_000)}`,
    `RUN <<A <<B\n${'line\n'.repeat(50_000)}`,
    '\u0000\uFFFE\uD800'.repeat(100_000),
  ];
  await using session = await Session.start({ services: engineServices });
  for (const [i, text] of bad.entries()) {
    const at = `untitled:Dockerfile-${i}`;
    await session.open(at, `FROM a:1\n${withoutReason}${text}`);
    await session.client.sendRequest(HoverRequest.type, { textDocument: { uri: at }, position: { line: 0, character: 0 } });
    const { diagnostics } = await session.diagnostics(at);
    assert.ok(
      diagnostics.some(({ code }) => code === 'PL0001'),
      `the rest of document ${i} is linted`,
    );
  }
  assert.deepEqual(session.shown, []);
});

test('the server runs as a process of its own over stdio', async () => {
  const entry = path.join(import.meta.dirname, '..', '..', '..', 'src', 'server', 'main.ts');
  const server = spawn(process.execPath, [entry, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => server.once('exit', resolve));
  const client = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  client.listen();
  const params: Omit<InitializeParams, 'rootUri'> = { processId: process.pid, workspaceFolders: null, capabilities: {} };
  const { capabilities, serverInfo } = await client.sendRequest(InitializeRequest.type, params as InitializeParams);
  assert.equal(serverInfo?.name, 'plimsoll');
  assert.ok(capabilities.hoverProvider);
  await client.sendRequest('shutdown');
  await client.sendNotification('exit');
  assert.equal(await exited, 0);
  client.dispose();
});
