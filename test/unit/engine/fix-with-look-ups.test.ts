import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixWithLookUps } from '../../../src/engine/fix-with-look-ups.ts';
import { LookUpError, type Ask } from '../../../src/engine/look-ups.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const SHA256 = 'b'.repeat(64);
const settings = { today: '2026-01-01' };

function asking(): { readonly ask: Ask; readonly asked: string[] } {
  const asked: string[] = [];
  const ask: Ask = (subject) => {
    asked.push(subject.kind === 'image' ? subject.reference : subject.url);
    return Promise.resolve(subject.kind === 'image' ? DIGEST : SHA256);
  };
  return { ask, asked };
}

test('safe fixes and looked-up ones come together, and settle', async () => {
  const text = 'FROM alpine:3.22\nADD https://example.com/a /a\nRUN curl -k https://example.com/b -o /b && sh /b\nUSER 1000\n';
  const { ask, asked } = asking();
  const fixed = await fixWithLookUps(text, settings, ask);
  assert.equal(
    fixed.text,
    `FROM alpine:3.22@${DIGEST}\nADD --checksum=sha256:${SHA256} https://example.com/a /a\nRUN curl https://example.com/b -o /b && echo "${SHA256}  /b" | sha256sum -c - && sh /b\nUSER 1000\n`,
  );
  assert.deepEqual(asked, ['alpine:3.22', 'https://example.com/a', 'https://example.com/b']);
  assert.equal(fixed.done.length, 3);
  assert.deepEqual(fixed.problems, []);
  const again = await fixWithLookUps(fixed.text, settings, ask);
  assert.deepEqual(again, { text: fixed.text, done: [], problems: [] });
  assert.equal(asked.length, 3);
});

test('nobody is asked of what is not reported: turned off, suppressed, or reported by no rule', async () => {
  const { ask, asked } = asking();
  const text =
    '# plimsoll ignore=PL1003 reason=moves on purpose\nFROM alpine:3.22\nADD https://example.com/a /a\nCOPY --from=busybox:1.37 /a /b\nUSER 1000\n';
  assert.equal((await fixWithLookUps(text, { ...settings, rules: { PL5002: 'off' } }, ask)).text, text);
  assert.deepEqual(asked, []);
});

test('what fails and what is refused is told by line, in order; the rest is fixed', async () => {
  const text = 'FROM node:22 AS a\nFROM alpine:3.22\nADD http://example.com/a /a\nUSER 1000\n';
  const ask: Ask = (subject) =>
    subject.kind === 'image' && subject.reference === 'alpine:3.22'
      ? Promise.reject(new LookUpError('no-network', 'no network'))
      : Promise.resolve(DIGEST);
  const { text: fixed, problems, done } = await fixWithLookUps(text, { ...settings, rules: { PL4009: 'off' } }, ask);
  assert.equal(fixed, text.replace('node:22', `node:22@${DIGEST}`));
  assert.deepEqual(done, [`node:22 is pinned to ${DIGEST}`]);
  assert.deepEqual(
    problems.map(({ line, message }) => [line, message.slice(0, 50)]),
    [
      [2, 'no network'],
      [3, 'the checksum of this download is not looked up: on'],
    ],
  );
});

test('an answer that settles nothing is not written, and not asked for without end', async () => {
  let asked = 0;
  const ask: Ask = () => {
    asked++;
    // The rest of the line becomes a comment, and nothing is checked.
    return Promise.resolve('" #');
  };
  const text = 'FROM scratch\nRUN curl -fsSL https://example.com/b -o /b\nRUN sh /b\nUSER 1000\n';
  const { text: fixed, done } = await fixWithLookUps(text, settings, ask);
  assert.deepEqual([done, asked], [[], 1]);
  assert.equal(fixed, text);
});

test('cancelled, and a bug: both are thrown', async () => {
  const text = 'FROM alpine:3.22\n';
  await assert.rejects(fixWithLookUps(text, settings, asking().ask, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  await assert.rejects(
    fixWithLookUps(text, settings, () => Promise.reject(new TypeError('bug'))),
    TypeError,
  );
});
