import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_PATIENT_RETRIES } from '../../../../src/foundation/base/limits.ts';
import type { HttpResponse, StreamingHttpClient } from '../../../../src/foundation/io/http.ts';
import { withPatience } from '../../../../src/foundation/io/patient-http.ts';

const request = { url: 'https://r.example.com/v2/' };

/** A client whose answers are given, on a clock that only waiting moves. */
function patient(answers: (readonly [status: number, retryAfter?: string])[]) {
  let time = Date.parse('2026-01-01T00:00:00Z');
  const waits: number[] = [];
  const answer = (): Promise<HttpResponse> => {
    const [status = 200, retryAfter] = answers.shift() ?? [];
    return Promise.resolve({ status, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter }, body: new Uint8Array() });
  };
  const http: StreamingHttpClient = { request: answer, download: answer };
  const client = withPatience(http, {
    now: () => time,
    wait: (waitMs) => {
      waits.push(waitMs);
      time += waitMs;
      return Promise.resolve();
    },
  });
  return { client, waits };
}

const cases: readonly (readonly [what: string, answers: (readonly [number, string?])[], status: number, waits: number[]])[] = [
  ['an answer at once', [[200]], 200, []],
  ['seconds', [[429, '7'], [200]], 200, [7000]],
  ['a date', [[429, 'Thu, 01 Jan 2026 00:00:09 GMT'], [200]], 200, [9000]],
  [
    'a date that has passed, nonsense, nothing: longer each time',
    [[429, 'Thu, 01 Jan 2015 00:00:00 GMT'], [429, '-5x'], [429], [200]],
    200,
    [1000, 2000, 4000],
  ],
  ['503 that says when', [[503, '2'], [200]], 200, [2000]],
  ['503 that does not say when is an answer', [[503]], 503, []],
  ['500 is an answer', [[500, '2']], 500, []],
  ['longer than anyone waits', [[429, '86400'], [200]], 429, []],
];
for (const [what, answers, status, waits] of cases) {
  test(`what is waited for: ${what}`, async () => {
    const asked = patient([...answers]);
    assert.equal((await asked.client.request(request)).status, status);
    assert.deepEqual(asked.waits, waits);
    const streamed = patient([...answers]);
    const response = await streamed.client.download({ ...request, maxBytes: 1 }, () => undefined);
    assert.equal(response.status, status);
  });
}

test('a server that never has enough', async () => {
  const { client, waits } = patient(Array.from({ length: 20 }, () => [429, '1'] as const));
  assert.equal((await client.request(request)).status, 429);
  assert.equal(waits.length, MAX_PATIENT_RETRIES);
});

test('the others wait too, those that ask another server do not', async () => {
  const { client, waits } = patient([[429, '86'], [429, '9999'], [200], [200]]);
  await client.request({ url: 'https://a.example.com/' });
  assert.deepEqual(waits, [86_000]);
  await client.request({ url: 'https://b.example.com/' });
  assert.deepEqual(waits, [86_000]);
});

test('waiting ends when it is cancelled', async () => {
  const answered = { status: 429, headers: { 'retry-after': '60' }, body: new Uint8Array() };
  const http: StreamingHttpClient = { request: () => Promise.resolve(answered), download: () => Promise.resolve(answered) };
  const controller = new AbortController();
  const waiting = withPatience(http, {
    onWait: () => {
      setImmediate(() => {
        controller.abort();
      });
    },
  }).request({ ...request, signal: controller.signal });
  await assert.rejects(waiting, { name: 'HttpError', code: 'aborted' });
});
