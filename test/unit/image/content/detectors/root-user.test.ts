import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detector } from '../../../../../src/image/content/detectors/root-user.ts';
import { config, history } from '../support.ts';

const look = (...args: Parameters<typeof config>): readonly (number | undefined)[] =>
  [...(detector.inspectConfig?.(config(...args)) ?? [])].map(({ historyIndex }) => historyIndex);

test('root by name, by number, with a group, or by saying nothing', () => {
  for (const user of ['', 'root', '0', 'root:root', '0:0', '0:1000', ' root ', '00', 'ContainerAdministrator'])
    assert.equal(look({ user }).length, 1, user);
  assert.equal(look().length, 1);
});

test('anybody else is fine', () => {
  for (const user of ['app', '1000', '1000:0', 'nobody', 'ContainerUser', 'rooty', '65532:65532']) assert.deepEqual(look({ user }), [], user);
});

test('the last USER is the instruction at fault', () => {
  assert.deepEqual(look({ user: 'root', history: history('USER app', '/bin/sh -c #(nop)  USER root', 'CMD ["x"]') }), [1]);
});

test('a Windows image that says nothing is not judged', () => {
  assert.deepEqual(look({ history: history('Apply image 1809-amd64', 'cmd /S /C #(nop)  WORKDIR C:\\app') }), []);
});
