import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { DidChangeWatchedFilesNotification, FileChangeType } from 'vscode-languageserver/node';
import { engineServices } from '../../../src/server/engine-services.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { Session } from './harness.ts';

const text = 'FROM debian\nRUN curl -k https://a.example/x -o /x\nUSER app\n';

test('in a workspace of several folders each has its own settings and its own .plimsoll.yaml', async (t) => {
  const root = temporaryDirectory(t);
  const [one = '', two = ''] = ['one', 'two'].map((name) => path.join(root, name));
  for (const folder of [one, two]) await mkdir(path.join(folder, 'deep'), { recursive: true });
  await writeFile(path.join(one, '.plimsoll.yaml'), 'rules:\n  PL4001: off\n');
  const uris = [one, two].map((folder) => pathToFileURL(path.join(folder, 'deep', 'Dockerfile')).href);
  const [inOne = '', inTwo = ''] = uris;
  await using session = await Session.start({
    services: engineServices,
    settingsOf: (uri) => (uri === inTwo ? { rules: { PL1001: 'off' } } : {}),
  });
  const codes = async (uri: string, accept: (codes: readonly unknown[]) => boolean = () => true): Promise<readonly unknown[]> => {
    const { diagnostics } = await session.diagnostics(uri, (params) => accept(params.diagnostics.map(({ code }) => code)));
    return diagnostics.map(({ code }) => code).filter((code) => code === 'PL1001' || code === 'PL4001');
  };
  for (const uri of uris) await session.open(uri, text);
  assert.deepEqual(await codes(inOne), ['PL1001']);
  assert.deepEqual(await codes(inTwo), ['PL4001']);

  const configuration = path.join(two, '.plimsoll.yaml');
  await writeFile(configuration, 'rules:\n  PL4001: off\n  PL1001: low\n');
  await session.client.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: pathToFileURL(configuration).href, type: FileChangeType.Created }],
  });
  assert.deepEqual(await codes(inTwo, (found) => !found.includes('PL4001')), ['PL1001']);
});
