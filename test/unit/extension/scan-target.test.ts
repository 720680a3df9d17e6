import assert from 'node:assert/strict';
import test from 'node:test';
import { reportFormats } from '../../../src/engine/render-report.ts';
import { exportFileName, exportFormats } from '../../../src/extension/export-formats.ts';
import { toFailure } from '../../../src/extension/failure.ts';
import { parseScanTarget, titleOf } from '../../../src/extension/scan-target.ts';

function uriOf(fsPath: string): unknown {
  return { scheme: 'file', fsPath, path: fsPath, toString: () => `file://${fsPath}` };
}

test('a command knows what it was called on', () => {
  const cases: readonly (readonly [unknown, unknown])[] = [
    [undefined, { kind: 'ask' }],
    ['', { kind: 'ask' }],
    [7, { kind: 'ask' }],
    [[], { kind: 'ask' }],
    ['app:1.0', { kind: 'input', input: { kind: 'engine', reference: 'app:1.0' } }],
    [
      { reference: 'app:1.0', host: 'unix:///run/podman.sock' },
      { kind: 'input', input: { kind: 'engine', reference: 'app:1.0', host: 'unix:///run/podman.sock' } },
    ],
    [{ path: '/images/app.tar' }, { kind: 'input', input: { kind: 'path', path: '/images/app.tar' } }],
    [{ path: 'app.tar' }, { kind: 'ask' }],
    [uriOf('/images/app.TAR'), { kind: 'input', input: { kind: 'path', path: '/images/app.TAR' } }],
    [{ dockerfileUri: 'file:///project/Dockerfile' }, { kind: 'dockerfile', uri: 'file:///project/Dockerfile' }],
    [uriOf('/project/Dockerfile'), { kind: 'dockerfile', uri: 'file:///project/Dockerfile' }],
    [
      { key: 'abc', title: 'an item of the view' },
      { kind: 'scanned', key: 'abc' },
    ],
  ];
  for (const [argument, expected] of cases) assert.deepEqual(parseScanTarget(argument), expected);
});

test('an image has a name before it has a report', () => {
  assert.equal(titleOf({ kind: 'engine', reference: 'app:1.0' }), 'app:1.0');
  assert.equal(titleOf({ kind: 'path', path: '/images/app.tar' }), 'app.tar');
});

test('no reference makes a file name that leads elsewhere', () => {
  assert.equal(exportFileName('registry.example:5000/team/app:1.0', 'sarif'), 'registry.example-5000-team-app-1.0.sarif');
  assert.equal(exportFileName('../../etc/passwd', 'json'), 'etc-passwd.json');
  assert.equal(exportFileName('..', 'html'), 'image.html');
  assert.equal(exportFileName('x'.repeat(500), 'cyclonedx').length, 100 + '.cdx.json'.length);
});

test('every format offered is one that the engine writes', () => {
  for (const format of exportFormats) assert.ok((reportFormats as readonly string[]).includes(format), format);
});

test('what the user cancelled is no failure; what failed keeps its words and code', () => {
  assert.deepEqual(toFailure(Object.assign(new Error('Cancelled'), { code: -32800 })), { kind: 'cancelled' });
  assert.deepEqual(toFailure(Object.assign(new Error('no engine answers'), { code: 4000, data: { code: 'no-engine' } })), {
    kind: 'failed',
    message: 'no engine answers',
    code: 'no-engine',
  });
  assert.deepEqual(toFailure(new TypeError('x\n  is undefined')), { kind: 'failed', message: 'x is undefined', code: 'internal' });
  assert.deepEqual(toFailure('text'), { kind: 'failed', message: 'text', code: 'internal' });
});
