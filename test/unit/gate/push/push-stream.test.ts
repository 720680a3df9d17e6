import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { MAX_PUSH_LINE_BYTES } from '../../../../src/foundation/base/limits.ts';
import { PushProgress } from '../../../../src/gate/push/push-progress.ts';
import { readPushEvents, type PushEvent } from '../../../../src/gate/push/push-stream.ts';

const DIGEST = `sha256:${'ab'.repeat(32)}`;
const DOCKER = [
  { status: 'The push refers to repository [registry.example/team/app]' },
  { status: 'Preparing', progressDetail: {}, id: 'c97cbb70f7da' },
  { status: 'Pushing', progressDetail: { current: 512, total: 1000 }, progress: '[==>  ]  512B/1kB', id: 'c97cbb70f7da' },
  { status: 'Pushed', progressDetail: {}, id: 'c97cbb70f7da' },
  { status: `1: digest: ${DIGEST} size: 731` },
  { progressDetail: {}, aux: { Tag: '1', Digest: DIGEST, Size: 731 } },
];

async function* inPieces(bytes: Uint8Array, at: number): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield bytes.subarray(0, at);
  yield bytes.subarray(at);
}

async function eventsOf(text: string, at = 0): Promise<PushEvent[]> {
  const events: PushEvent[] = [];
  for await (const event of readPushEvents(inPieces(new TextEncoder().encode(text), at))) events.push(event);
  return events;
}

const toLines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\r\n`).join('');

test('what Docker tells of a push, in whatever pieces it comes', async () => {
  const text = toLines(DOCKER);
  const expected = [
    { kind: 'layer', id: 'c97cbb70f7da', status: 'Preparing' },
    { kind: 'layer', id: 'c97cbb70f7da', status: 'Pushing', current: 512, total: 1000 },
    { kind: 'layer', id: 'c97cbb70f7da', status: 'Pushed' },
    { kind: 'digest', digest: DIGEST },
    { kind: 'digest', digest: DIGEST },
  ];
  for (let at = 0; at <= text.length; at += 1) assert.deepEqual(await eventsOf(text, at), expected);
});

test('an error comes inside an answer that began well', async () => {
  const message = 'unauthorized: authentication required';
  assert.deepEqual(await eventsOf(toLines([DOCKER[0], { errorDetail: { message }, error: 'less' }])), [{ kind: 'error', message }]);
  assert.deepEqual(await eventsOf(toLines([{ error: 'only \u001b[31m this\n' }])), [{ kind: 'error', message: 'only [31m this' }]);
});

test('an answer cut off anywhere has no digest until its line is whole', async () => {
  const text = toLines(DOCKER);
  const whole = text.indexOf('size: 731') + 'size: 731"}'.length;
  for (let end = 0; end < whole; end += 1) {
    const events = await eventsOf(text.slice(0, end));
    assert.ok(!events.some(({ kind }) => kind === 'digest'), `cut at ${end}`);
  }
});

test('bytes that make no sense, and a line without an end, are passed over', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      for await (const event of readPushEvents(inPieces(bytes, 7))) assert.ok(event.kind);
    }),
  );
  const long = `{"status":"${'x'.repeat(MAX_PUSH_LINE_BYTES + 10)}"}\n${JSON.stringify({ error: 'after it' })}\n`;
  assert.deepEqual(await eventsOf(long, MAX_PUSH_LINE_BYTES + 5), [{ kind: 'error', message: 'after it' }]);
});

test('progress counts what is there already, and ends with the manifest only', () => {
  const progress = new PushProgress();
  const layer = (id: string, status: string, current?: number): Extract<PushEvent, { kind: 'layer' }> => ({
    kind: 'layer',
    id,
    status,
    ...(current === undefined ? {} : { current, total: 2_000_000 }),
  });
  assert.deepEqual(progress.advance(layer('a', 'Layer already exists')), {
    fraction: 0.99,
    message: '1 of 1 layers pushed; a: layer already exists',
  });
  assert.equal(progress.advance(layer('b', 'Preparing')).fraction, 0.5);
  assert.deepEqual(progress.advance(layer('b', 'Pushing', 1_000_000)), { fraction: 0.75, message: '1 of 2 layers pushed; b: pushing 1.0 of 2.0 MB' });
  // The engine counts the bytes it sends, which can be more than the layer has.
  assert.ok(progress.advance(layer('b', 'Pushing', 3_000_000)).fraction < 1);
  assert.equal(progress.advance(layer('b', 'Pushed')).message, '2 of 2 layers pushed; b: pushed');
});
