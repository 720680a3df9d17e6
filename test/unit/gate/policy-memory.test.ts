import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MAX_REMEMBERED_POLICIES, POLICY_MEMORY_MS } from '../../../src/foundation/base/limits.ts';
import { createPolicyMemory } from '../../../src/gate/policy-memory.ts';

const at = (milliseconds: number): Date => new Date(1_700_000_000_000 + milliseconds);

describe('the memory of policies', () => {
  test('one answer a minute, and none after it or before it', async () => {
    const { ask, asked } = setUp();
    await ask('a', 0);
    await ask('a', POLICY_MEMORY_MS - 1);
    assert.equal(asked(), 1);
    await ask('b', 0);
    assert.equal(asked(), 2);
    await ask('a', POLICY_MEMORY_MS);
    assert.equal(asked(), 3);
    await ask('a', 0);
    assert.equal(asked(), 4);
  });

  test('those who ask at once wait for one answer', async () => {
    const { ask, asked } = setUp();
    assert.deepEqual(await Promise.all([ask('a', 0), ask('a', 0), ask('a', 0)]), ['a', 'a', 'a']);
    assert.equal(asked(), 1);
  });

  test('a failure is not remembered, and is nobody else’s', async () => {
    const memory = createPolicyMemory<string>();
    const failing = memory.recall(
      'a',
      at(0),
      () => Promise.reject(new Error('cancelled')),
      () => true,
    );
    const other = memory.recall(
      'a',
      at(0),
      () => Promise.resolve('read'),
      () => true,
    );
    await assert.rejects(failing, /cancelled/);
    assert.equal(await other, 'read');
    const refused = await memory.recall(
      'b',
      at(0),
      () => Promise.resolve('refused'),
      () => false,
    );
    assert.equal(refused, 'refused');
    assert.equal(
      await memory.recall(
        'b',
        at(1),
        () => Promise.resolve('read'),
        () => true,
      ),
      'read',
    );
  });

  test('it is bounded, and can be cleared', async () => {
    const { ask, asked, memory } = setUp();
    for (let i = 0; i <= MAX_REMEMBERED_POLICIES; i++) await ask(String(i), 0);
    await ask(String(MAX_REMEMBERED_POLICIES), 0);
    assert.equal(asked(), MAX_REMEMBERED_POLICIES + 1);
    await ask('0', 0);
    assert.equal(asked(), MAX_REMEMBERED_POLICIES + 2);
    memory.clear();
    await ask('0', 0);
    assert.equal(asked(), MAX_REMEMBERED_POLICIES + 3);
  });
});

function setUp() {
  const memory = createPolicyMemory<string>();
  let count = 0;
  const ask = (key: string, milliseconds: number): Promise<string> =>
    memory.recall(
      key,
      at(milliseconds),
      () => {
        count += 1;
        return Promise.resolve(key);
      },
      () => true,
    );
  return { memory, ask, asked: () => count };
}
