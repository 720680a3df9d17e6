import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { clearGenerations, findGenerations, publishGeneration, swapGenerations } from '../../../../src/foundation/io/generations.ts';
import { openStaging } from '../../../../src/foundation/io/staging.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

async function publish(directory: string, text: string): Promise<string> {
  const staging = await openStaging(directory);
  await staging.write('file', new TextEncoder().encode(text));
  const folder = await publishGeneration(directory, staging);
  await staging.discard();
  return folder;
}

function readCurrent(directory: string): string {
  return readFileSync(path.join(findGenerations(directory).current ?? '', 'file'), 'utf8');
}

test('the last one counts, the one before is kept, others are cleared away', async (t) => {
  const directory = temporaryDirectory(t);
  assert.deepEqual(findGenerations(directory), {});
  const [first, second, third] = [await publish(directory, '1'), await publish(directory, '2'), await publish(directory, '3')];
  assert.deepEqual(findGenerations(directory), { current: third, previous: second });
  assert.equal(readCurrent(directory), '3');
  await clearGenerations(directory);
  assert.deepEqual(
    readdirSync(directory).sort(),
    ['current.json', path.basename(second), path.basename(third)].sort(),
    `without ${path.basename(first)}`,
  );
});

test('goes back, and forth again', async (t) => {
  const directory = temporaryDirectory(t);
  await publish(directory, '1');
  assert.equal(await swapGenerations(directory), undefined);
  await publish(directory, '2');
  await swapGenerations(directory);
  assert.equal(readCurrent(directory), '1');
  await swapGenerations(directory);
  assert.equal(readCurrent(directory), '2');
});

test('a pointer that leads elsewhere is none', (t) => {
  const directory = temporaryDirectory(t);
  for (const text of ['', '{', '[]', 'null', '{"current":"../../etc"}', '{"current":"generation-../x"}', '{"current":7}', '{"current":"/etc"}']) {
    writeFileSync(path.join(directory, 'current.json'), text);
    assert.deepEqual(findGenerations(directory), {}, text);
  }
});
