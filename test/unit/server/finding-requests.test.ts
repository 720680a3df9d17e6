import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { readConfiguration } from '../../../src/engine/configuration.ts';
import { readExceptions, withExceptions } from '../../../src/engine/exceptions.ts';
import type { ScanOptions } from '../../../src/engine/engine.ts';
import type { ScanReport } from '../../../src/foundation/model/report.ts';
import type { IgnoreResult } from '../../../src/protocol/exception-requests.ts';
import { serverRequests } from '../../../src/protocol/server.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { fullReport } from '../protocol/full-report.ts';
import { fakeServices, Session } from './harness.ts';

const services = fakeServices({
  readConfiguration,
  readExceptions: async (folder) => (await readExceptions({ folder })).exceptions,
  withExceptions: (report, exceptions) => withExceptions(report, exceptions, new Date('2026-01-15T00:00:00Z')),
  rematchReport: (report) => Promise.resolve({ ...report, findings: [] }),
});

const [finding] = fullReport.findings;
const id = finding?.id ?? '';

test('an entry is written where the configuration is, or is to be; what is open counts before what is saved', async (t) => {
  const folder = temporaryDirectory(t);
  await using session = await Session.start({ services });
  const folderUri = pathToFileURL(folder).href;
  const file = path.join(folder, '.plimsoll.yaml');
  const uri = pathToFileURL(file).href;
  const ask = (params: object): Promise<IgnoreResult> => session.client.sendRequest('plimsoll/ignore', { id: 'CVE-1', reason: 'why', ...params });
  assert.deepEqual(await ask({ folderUri }), {
    uri,
    edit: { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: 'ignore:\n  - id: CVE-1\n    reason: "why"\n' },
  });
  writeFileSync(file, 'rules: {}\n');
  const below = await ask({ dockerfileUri: pathToFileURL(path.join(folder, 'app', 'Dockerfile')).href, folderUri: 'file:///elsewhere' });
  assert.equal(below.uri, uri);
  assert.equal(below.edit?.range.start.line, 1);
  writeFileSync(file, '- no map\n');
  assert.deepEqual(await ask({ folderUri }), { uri, edit: null });
  assert.deepEqual(await ask({}), { uri: '', edit: null });
  assert.deepEqual(await ask({ folderUri: 'untitled:x' }), { uri: '', edit: null });
});

test('a report is parted by the configuration as it is now, and matched anew when asked', async (t) => {
  const folder = temporaryDirectory(t);
  await using session = await Session.start({ services });
  const folderUri = pathToFileURL(folder).href;
  const ask = (match: boolean): Promise<ScanReport> => session.client.sendRequest('plimsoll/refreshReport', { report: fullReport, match, folderUri });
  writeFileSync(path.join(folder, '.plimsoll.yaml'), `ignore:\n  - id: ${id}\n    reason: why\n`);
  const report = await ask(false);
  assert.ok(serverRequests['plimsoll/refreshReport'].isResult(report));
  assert.deepEqual(
    report.ignored?.map(({ finding: { id: ignoredId }, by }) => [ignoredId, by.source, by.line, by.reason]),
    [[id, '.plimsoll.yaml', 2, 'why']],
  );
  assert.deepEqual(
    report.findings.filter((kept) => kept.id === id),
    [],
  );
  assert.deepEqual((await ask(true)).findings, []);
});

test('a scan heeds the configuration of the Dockerfile’s folder, else of the workspace folder', async (t) => {
  const folder = temporaryDirectory(t);
  writeFileSync(path.join(folder, '.plimsoll.yaml'), 'ignore:\n  - id: CVE-1\n    reason: why\n');
  const seen: (ScanOptions['exceptions'] | undefined)[] = [];
  const scanning = { ...services, scanImage: (_: unknown, { exceptions }: ScanOptions) => (seen.push(exceptions), Promise.resolve(fullReport)) };
  await using session = await Session.start({ services: scanning });
  const input = { kind: 'path', path: '/x.tar' };
  await session.client.sendRequest('plimsoll/scanImage', { input, folderUri: pathToFileURL(folder).href });
  await session.client.sendRequest('plimsoll/scanImage', { input });
  assert.deepEqual(
    seen.map((exceptions) => exceptions?.ignores.map((entry) => entry.id)),
    [['CVE-1'], undefined],
  );
});

test('matching again passes on from when, and its answer is checked', async () => {
  const result = { schemaVersion: 1 as const, advisories: { source: 'x', builtAt: '', full: true }, images: [] };
  const asked: unknown[] = [];
  await using session = await Session.start({ services: fakeServices({ rematch: (options) => (asked.push(options), Promise.resolve(result)) }) });
  assert.deepEqual(await session.client.sendRequest('plimsoll/rematch', { since: '2026-01-01' }), result);
  assert.deepEqual(asked, [{ since: '2026-01-01' }]);
  assert.ok(serverRequests['plimsoll/rematch'].isResult(result));
});
