import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, test } from 'node:test';
import {
  ApplyWorkspaceEditRequest,
  CodeActionRequest,
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExecuteCommandRequest,
  InitializedNotification,
  InitializeRequest,
  LogMessageNotification,
  ShowMessageNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { ApplyWorkspaceEditParams, CodeAction, InitializeParams, TextDocumentEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { LookUpResult } from '../../src/protocol/commands.ts';
import { startFileServer, type FileServer } from '../support/file-server.ts';
import { needsOpenssl, startHttpsWorld, type HttpsWorld } from '../support/https-world.ts';
import { runCommand } from '../support/processes.ts';
import { digestOf, needsRegistry, startRegistryServer, type RegistryServer } from '../support/registry-server.ts';
import { runCli, type CliResult } from '../support/run-cli.ts';

const bytes = Buffer.from('#!/bin/sh\necho installed\n');
const sha256 = createHash('sha256').update(bytes).digest('hex');

describe('look-ups against a real registry', needsRegistry(), () => {
  let registry: RegistryServer;
  let files: FileServer;
  let folder: string;
  let image: string;
  let index: string;
  /** As `docker login` leaves it. */
  let environment: Readonly<Record<string, string>>;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-look-up-'));
    registry = await startRegistryServer();
    image = await registry.push('team/app', '1.0', { layers: [] });
    index = await pushIndex(registry, 'team/multi', '2', await registry.push('team/multi', 'amd64', { layers: [] }));
    files = await startFileServer((request, response) => response.writeHead(request.url === '/a.sh' ? 200 : 404).end(bytes));
    const auth = Buffer.from(`${registry.username}:${registry.password}`).toString('base64');
    await mkdir(path.join(folder, 'docker'));
    await writeFile(path.join(folder, 'docker', 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }));
    environment = { DOCKER_CONFIG: path.join(folder, 'docker') };
  });
  after(async () => {
    await registry.close();
    await files.close();
    await rm(folder, { recursive: true });
  });

  const dockerfile = (): string =>
    `ARG TAG=2\nFROM ${registry.host}/team/app:1.0 AS a\nFROM ${registry.host}/team/multi:$TAG\nADD ${files.origin}/a.sh /opt/\nUSER 1000\n`;
  const pinned = (): string =>
    dockerfile()
      .replace('TAG=2', `TAG=2@${index}`)
      .replace('team/app:1.0', `team/app:1.0@${image}`)
      .replace('ADD', `ADD --checksum=sha256:${sha256}`);
  const secrets = (): RegExp => new RegExp(`${registry.password}|${Buffer.from(`${registry.username}:${registry.password}`).toString('base64')}`);

  async function lint(args: readonly string[], text: string, env = environment): Promise<CliResult & { readonly text: string }> {
    const file = path.join(folder, 'Dockerfile');
    await writeFile(file, text);
    const result = await runCli(['lint', '--fix', ...args, file], { env });
    assert.doesNotMatch(result.stdout + result.stderr, secrets());
    return { ...result, text: await readFile(file, 'utf8') };
  }

  test('lint --fix --look-up writes what the registry and the server have; a second run asks nobody and changes nothing', async () => {
    const first = await lint(['--look-up'], dockerfile());
    assert.equal(first.text, pinned());
    assert.equal(first.code, 0, first.stdout);
    assert.match(first.stderr, new RegExp(`team/multi:2 is pinned to ${index}`));
    assert.match(first.stderr, /pins what the server gives today; it does not prove/);
    const asked = files.asked.length;
    const second = await lint(['--look-up'], first.text);
    assert.deepEqual([second.text, second.stderr, second.code, files.asked.length], [first.text, '', 0, asked]);
    const piped = await runCli(['lint', '--fix', '--look-up', '-'], { input: dockerfile(), env: environment, cwd: folder });
    assert.deepEqual([piped.stdout, piped.code], [pinned(), 0]);
  });

  test('what cannot be looked up is told, and the rest is fixed', async () => {
    const text = dockerfile().replace('a.sh', 'gone.sh').replace('team/app:1.0', 'team/app:9.9');
    const { text: fixed, stderr, code } = await lint(['--look-up'], text);
    assert.equal(fixed, text.replace('TAG=2', `TAG=2@${index}`));
    assert.equal(code, 1);
    assert.match(stderr, /Dockerfile:2: cannot look up the digest of [\d.:]+\/team\/app:9\.9: .*; check the name and the tag\n/);
    assert.match(stderr, /Dockerfile:4: cannot look up the checksum of .*\/gone\.sh: .* answered 404; check the address\n/);
  });

  test('signed out, offline, without --look-up, and without --fix', async () => {
    const signedOut = await lint(['--look-up'], dockerfile(), { DOCKER_CONFIG: folder, HOME: folder, XDG_RUNTIME_DIR: '', XDG_CONFIG_HOME: folder });
    assert.match(signedOut.stderr, new RegExp(`sign in with 'docker login ${registry.host}'`));
    assert.equal(signedOut.text, dockerfile().replace('ADD', `ADD --checksum=sha256:${sha256}`));
    const asked = files.asked.length;
    const offline = await lint(['--look-up', '--offline'], dockerfile());
    assert.equal(offline.text, dockerfile());
    assert.equal(offline.code, 1);
    assert.match(offline.stderr, /cannot look up the digest of .*: no network \(--offline was given\); run again when online/);
    assert.equal((await lint([], dockerfile())).text, dockerfile());
    assert.equal(files.asked.length, asked);
    assert.equal((await runCli(['lint', '--look-up', folder])).code, 2);
  });

  test('any editor: initialize, didOpen, codeAction, executeCommand, applyEdit', async () => {
    const entry = path.join(import.meta.dirname, '..', '..', 'src', 'server', 'main.ts');
    const server = spawn(process.execPath, [entry, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...environment } });
    const exited = new Promise((resolve) => server.once('exit', resolve));
    const client = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
    const edits: ApplyWorkspaceEditParams[] = [];
    const said: string[] = [];
    const hear = ({ message }: { readonly message: string }): void => {
      said.push(message);
    };
    client.onRequest(ApplyWorkspaceEditRequest.type, (params) => {
      edits.push(params);
      return { applied: true };
    });
    client.onNotification(ShowMessageNotification.type, hear);
    client.onNotification(LogMessageNotification.type, hear);
    client.listen();
    const capabilities = { workspace: { applyEdit: true, workspaceEdit: { documentChanges: true } } };
    const params: Omit<InitializeParams, 'rootUri'> = { processId: process.pid, workspaceFolders: null, capabilities };
    await client.sendRequest(InitializeRequest.type, params as InitializeParams);
    await client.sendNotification(InitializedNotification.type, {});
    const uri = pathToFileURL(path.join(folder, 'Dockerfile.editor')).href;
    const text = dockerfile();
    await client.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: 'dockerfile', version: 7, text } });
    const place = { line: 1, character: 8 };
    const found = await client.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range: { start: place, end: place },
      context: { diagnostics: [] },
    });
    const actions = (found ?? []) as CodeAction[];
    const run = (title: string): Promise<LookUpResult> => {
      const command = actions.find((action) => action.title.startsWith(title))?.command;
      assert.ok(command !== undefined, actions.map((action) => action.title).join('\n'));
      return client.sendRequest(ExecuteCommandRequest.type, {
        command: command.command,
        arguments: command.arguments ?? [],
      }) as Promise<LookUpResult>;
    };
    assert.equal((await run('Pin to the digest of today (asks 127.0.0.1:')).applied, true);
    assert.equal(apply(text, uri, edits[0]), text.replace('team/app:1.0', `team/app:1.0@${image}`));
    assert.equal((await run('Pin every image of this file')).applied, true);
    assert.equal(apply(text, uri, edits[1]), text.replace('TAG=2', `TAG=2@${index}`).replace('team/app:1.0', `team/app:1.0@${image}`));
    assert.equal(said.length, 2);
    assert.match(said[0] ?? '', /it does not prove/);
    assert.doesNotMatch(said.join('\n'), secrets());
    await client.sendRequest('shutdown');
    await client.sendNotification('exit');
    assert.equal(await exited, 0);
    client.dispose();
  });
});

describe('checksums of what https serves', needsOpenssl(), () => {
  let world: HttpsWorld;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-checksum-'));
    world = await startHttpsWorld('files.example', (request, response) => {
      if (request.url === '/latest.sh') response.writeHead(302, { location: '/1.2.sh' }).end();
      else response.end(bytes);
    });
  });
  after(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });

  test('a download in RUN is followed by a check that the very file passes, and another does not', async () => {
    const file = path.join(folder, 'Dockerfile');
    const script = path.join(folder, 'i.sh');
    await writeFile(file, `FROM scratch\nRUN curl -fsSL https://files.example/latest.sh -o ${script} && sh ${script}\nUSER 1000\n`);
    const { code, stderr, stdout } = await runCli(['lint', '--fix', '--look-up', file], { env: world.environment });
    assert.equal(code, 0, stdout + stderr);
    assert.deepEqual(world.asked, ['GET /latest.sh', 'GET /1.2.sh']);
    const [, check = ''] = /&& (echo .*) && sh/.exec(await readFile(file, 'utf8')) ?? [];
    assert.equal(check, `echo "${sha256}  ${script}" | sha256sum -c -`);
    await writeFile(script, bytes);
    await runCommand('sh', ['-c', check]);
    await writeFile(script, 'something else');
    await assert.rejects(runCommand('sh', ['-c', check]));
  });
});

function apply(text: string, uri: string, params: ApplyWorkspaceEditParams | undefined): string {
  const change = params?.edit.documentChanges?.[0] as TextDocumentEdit | undefined;
  assert.deepEqual(change?.textDocument, { uri, version: 7 });
  const edits = change.edits.map((edit) => ({ range: edit.range, newText: 'newText' in edit ? edit.newText : '' }));
  return TextDocument.applyEdits(TextDocument.create(uri, 'dockerfile', 7, text), edits);
}

/** Puts an index for one platform before a manifest, and returns the index's digest. */
async function pushIndex({ host, username, password }: RegistryServer, repository: string, tag: string, manifest: string): Promise<string> {
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const accept = 'application/vnd.oci.image.manifest.v1+json';
  const found = await fetch(`http://${host}/v2/${repository}/manifests/${manifest}`, { headers: { authorization, accept } });
  const size = (await found.arrayBuffer()).byteLength;
  const platform = { os: 'linux', architecture: 'amd64' };
  const body = JSON.stringify({ schemaVersion: 2, mediaType, manifests: [{ mediaType: accept, digest: manifest, size, platform }] });
  const put = await fetch(`http://${host}/v2/${repository}/manifests/${tag}`, {
    method: 'PUT',
    headers: { authorization, 'content-type': mediaType },
    body,
  });
  assert.equal(put.status, 201, await put.text());
  return digestOf(new TextEncoder().encode(body));
}
