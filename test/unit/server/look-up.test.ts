import assert from 'node:assert/strict';
import test from 'node:test';
import {
  ApplyWorkspaceEditRequest,
  CancellationTokenSource,
  CodeActionRequest,
  ExecuteCommandRequest,
  ResponseError,
  WorkDoneProgress,
  WorkDoneProgressCancelNotification,
  WorkDoneProgressCreateRequest,
} from 'vscode-languageserver/node';
import type { ApplyWorkspaceEditParams, ClientCapabilities, CodeAction, Command, TextDocumentEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LookUpError, type Ask } from '../../../src/engine/look-ups.ts';
import type { LookUpResult } from '../../../src/protocol/commands.ts';
import { engineServices } from '../../../src/server/engine-services.ts';
import { Session, vscodeCapabilities } from './harness.ts';

const uri = 'untitled:Dockerfile';
const DIGEST = `sha256:${'a'.repeat(64)}`;
const text = 'FROM alpine:3.22 AS a\nFROM registry.example:5000/team/app:1 AS b\nUSER 1000\nADD https://files.example/a.tgz /opt/\n';

const capabilities: ClientCapabilities = { ...vscodeCapabilities, workspace: { ...vscodeCapabilities.workspace, applyEdit: true } };

interface Options {
  readonly ask?: Ask;
  readonly capabilities?: ClientCapabilities;
  readonly settings?: unknown;
  readonly refuses?: boolean;
}

class Client implements AsyncDisposable {
  readonly edits: ApplyWorkspaceEditParams[] = [];
  readonly asked: string[] = [];
  readonly offline: (string | undefined)[] = [];
  session!: Session;

  static async start(options: Options = {}): Promise<Client> {
    const client = new Client();
    const answer: Ask = options.ask ?? (({ kind }) => Promise.resolve(kind === 'image' ? DIGEST : 'b'.repeat(64)));
    const ask: Ask = (subject, hooks) => {
      client.asked.push(subject.kind === 'image' ? subject.reference : subject.url);
      return answer(subject, hooks);
    };
    client.session = await Session.start({
      services: {
        ...engineServices,
        askServers: (offline) => {
          client.offline.push(offline);
          return Promise.resolve(ask);
        },
      },
      capabilities: options.capabilities ?? capabilities,
      settings: { current: options.settings },
    });
    client.session.client.onRequest(ApplyWorkspaceEditRequest.type, (params) => {
      client.edits.push(params);
      return { applied: options.refuses !== true, failureReason: 'read only' };
    });
    client.session.client.onRequest(WorkDoneProgressCreateRequest.type, () => undefined);
    await client.session.open(uri, text);
    await client.session.diagnostics(uri);
    return client;
  }

  async actions(line: number, only?: readonly string[]): Promise<readonly CodeAction[]> {
    const place = { line, character: 6 };
    const context = { diagnostics: [], ...(only === undefined ? {} : { only: [...only] }) };
    const answer = await this.session.client.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range: { start: place, end: place },
      context,
    });
    return ((answer ?? []) as CodeAction[]).filter(
      ({ command }) => command?.command === 'plimsoll.lookUp' || command?.command === 'plimsoll.pinImages',
    );
  }

  run(command: Command | undefined): Promise<LookUpResult> {
    assert.ok(command !== undefined);
    return this.session.client.sendRequest(ExecuteCommandRequest.type, {
      command: command.command,
      arguments: command.arguments ?? [],
    }) as Promise<LookUpResult>;
  }

  edited(): string {
    const change = this.edits.at(-1)?.edit.documentChanges?.[0] as TextDocumentEdit | undefined;
    assert.equal(change?.textDocument.version, 1);
    const edits = change.edits.map((edit) => ({ range: edit.range, newText: 'newText' in edit ? edit.newText : '' }));
    return TextDocument.applyEdits(TextDocument.create(uri, 'dockerfile', 1, text), edits);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.session[Symbol.asyncDispose]();
  }
}

test('the commands and kinds are announced', async () => {
  await using client = await Client.start();
  const announced = client.session.initialized.capabilities;
  for (const command of ['plimsoll.lookUp', 'plimsoll.pinImages']) assert.ok(announced.executeCommandProvider?.commands.includes(command), command);
  assert.deepEqual(announced.codeActionProvider, { codeActionKinds: ['quickfix', 'source.fixAll.plimsoll'] });
});

test('the lightbulb names who would be asked, and nobody is asked for it', async () => {
  await using client = await Client.start();
  assert.deepEqual(
    (await client.actions(1)).map(({ title }) => title),
    ['Pin to the digest of today (asks registry.example:5000)', 'Pin every image of this file to its digest of today (asks the registries)'],
  );
  assert.equal((await client.actions(1))[0]?.diagnostics?.[0]?.code, 'PL1003');
  assert.deepEqual(await client.actions(2), []);
  assert.deepEqual(await client.actions(1, ['refactor']), []);
  assert.deepEqual(await client.actions(1, ['source.fixAll']), []);
  assert.deepEqual(client.asked, []);
});

test('one image is pinned by a versioned edit, and the user is told what that proves', async () => {
  await using client = await Client.start();
  const [pin] = await client.actions(0);
  const result = await client.run(pin?.command);
  assert.equal(result.applied, true);
  assert.deepEqual(client.asked, ['alpine:3.22']);
  assert.equal(client.edited(), text.replace('alpine:3.22', `alpine:3.22@${DIGEST}`));
  await client.session.until(() => client.session.shown[0]);
  assert.deepEqual(client.session.shown, [result.message]);
  assert.match(result.message, /^alpine:3\.22 is pinned to sha256:a+\. This pins what the server gives today; it does not prove/);
});

test('every image at once; one that fails does not lose the others', async () => {
  await using client = await Client.start({
    ask: (subject) =>
      subject.kind === 'image' && subject.reference.startsWith('registry')
        ? Promise.reject(new LookUpError('no-network', 'cannot look up [it](command:evil): no network'))
        : Promise.resolve(DIGEST),
  });
  const result = await client.run((await client.actions(0))[1]?.command);
  assert.equal(result.applied, true);
  assert.equal(client.edited(), text.replace('alpine:3.22', `alpine:3.22@${DIGEST}`));
  assert.match(result.message, /cannot look up \[it\] \(command:evil\): no network$/);
});

test('many images are counted, not listed', async () => {
  await using client = await Client.start({
    ask: (subject) =>
      subject.kind === 'image' && subject.reference.startsWith('bad')
        ? Promise.reject(new LookUpError('not-found', `${subject.reference} is gone.`))
        : Promise.resolve(DIGEST),
  });
  const names = ['a', 'b', 'c', 'd', 'bad1', 'bad2', 'bad3', 'bad4', 'bad5'].map((name) => `FROM ${name}:1`);
  await client.session.change(uri, 2, { text: `${names.join('\n')}\nFROM $X\n` });
  const { message } = await client.run((await client.actions(0))[1]?.command);
  assert.match(
    message,
    /^4 images are pinned\. .* bad1:1 is gone\. bad2:1 is gone\. bad3:1 is gone\. 3 more could not be looked up; the Plimsoll log/,
  );
  await client.session.until(() => client.session.log.find((line) => line.includes('$X was not pinned')));
});

test('a checksum is written where the file is added', async () => {
  await using client = await Client.start();
  const [action] = await client.actions(3);
  assert.equal(action?.title, 'Check the SHA-256 that the file has today (downloads it from files.example)');
  assert.equal((await client.run(action.command)).applied, true);
  assert.ok(client.edited().endsWith(`ADD --checksum=sha256:${'b'.repeat(64)} https://files.example/a.tgz /opt/\n`));
});

test('a document that changed meanwhile is not edited', async () => {
  const gate = Promise.withResolvers<string>();
  await using client = await Client.start({ ask: () => gate.promise });
  const running = client.run((await client.actions(0))[0]?.command);
  await asked(client, 1);
  await client.session.change(uri, 2, { text: `# typed\n${text}` });
  // The change is handled before a request that was sent behind it.
  await client.actions(0);
  gate.resolve(DIGEST);
  const result = await running;
  assert.deepEqual(result, {
    applied: false,
    message: 'The file was changed while Plimsoll was looking up; nothing was edited. Please run the fix again.',
  });
  assert.deepEqual(client.edits, []);
});

test('an editor that refuses is believed; what is gone is not looked up', async () => {
  await using client = await Client.start({ refuses: true });
  const [pin] = await client.actions(0);
  assert.deepEqual(await client.run(pin?.command), { applied: false, message: 'The editor did not make the edit: read only' });
  await client.session.change(uri, 2, { text: 'FROM scratch\n' });
  assert.deepEqual(await client.run(pin?.command), { applied: false, message: 'There is nothing to look up here any more.' });
  const closed = { title: '', command: 'plimsoll.pinImages', arguments: [{ uri: 'untitled:Other' }] };
  assert.equal((await client.run(closed)).applied, false);
});

test('cancelled by the request, and by the button of the progress', async () => {
  let aborted = 0;
  const ask: Ask = (_, hooks) =>
    new Promise((_resolve, reject) => {
      hooks?.signal?.addEventListener('abort', () => {
        aborted++;
        reject(new DOMException('cancelled', 'AbortError'));
      });
    });
  await using client = await Client.start({ ask });
  const { command = '', arguments: args = [] } = (await client.actions(0))[0]?.command ?? {};
  const source = new CancellationTokenSource();
  const request = client.session.client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args }, source.token);
  await asked(client, 1);
  source.cancel();
  assert.deepEqual(await request, { applied: false, message: '' });

  const created = Promise.withResolvers<string | number>();
  client.session.client.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
    created.resolve(token);
  });
  const other = client.session.client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
  const token = await created.promise;
  const kinds: string[] = [];
  client.session.client.onProgress(WorkDoneProgress.type, token, ({ kind }) => {
    kinds.push(kind);
  });
  await asked(client, 2);
  await client.session.client.sendNotification(WorkDoneProgressCancelNotification.type, { token });
  assert.deepEqual(await other, { applied: false, message: '' });
  assert.deepEqual([kinds[0], kinds.at(-1)], ['begin', 'end']);
  assert.equal(aborted, 2);
  assert.deepEqual([client.edits, client.session.shown], [[], []]);
});

test('offline by the setting: who looks up is told so', async () => {
  await using client = await Client.start({ settings: { lint: { offline: true } } });
  await client.run((await client.actions(0))[0]?.command);
  assert.deepEqual(client.offline, ['turned off by the setting plimsoll.lint.offline']);
});

test('a client that makes no edits for the server is offered none; nonsense is refused', async () => {
  await using plain = await Client.start({ capabilities: {} });
  assert.deepEqual(await plain.actions(0), []);
  await using client = await Client.start();
  for (const args of [[], [7], [{ uri: 7 }], [{ uri, range: 'all' }]]) {
    const request = client.session.client.sendRequest(ExecuteCommandRequest.type, { command: 'plimsoll.lookUp', arguments: args });
    await assert.rejects(request, ResponseError);
  }
  assert.deepEqual(client.asked, []);
});

/** Waits until the server has asked `count` times. */
async function asked(client: Client, count: number): Promise<void> {
  while (client.asked.length < count) await client.actions(2);
}
