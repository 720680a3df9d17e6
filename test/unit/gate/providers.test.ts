import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { providers } from '../../../src/gate/providers.generated.ts';

const folder = path.join(import.meta.dirname, '..', '..', '..', 'src', 'gate', 'providers');

test('every provider is registered under the name of its file, and has a test of that name', () => {
  const files = readdirSync(folder).map((file) => path.basename(file, '.ts'));
  assert.deepEqual(providers.map(({ id }) => id).toSorted(), files.toSorted());
  for (const { id, displayName } of providers) {
    assert.notEqual(displayName, '');
    assert.ok(existsSync(path.join(import.meta.dirname, 'providers', `${id}.test.ts`)), `test/unit/gate/providers/${id}.test.ts`);
  }
});

test('no provider asks a registry that is known to be of another kind', async () => {
  const http = { request: () => assert.fail('asked') };
  for (const provider of providers) {
    for (const registry of ['docker.io', 'ghcr.io', 'example.azurecr.io']) {
      if (provider.id === 'acr') continue;
      assert.equal(
        await provider.recognises(registry, {
          http,
          credential: () => assert.fail('asked'),
          cloudKey: () => assert.fail('asked'),
          endpoint: () => undefined,
          now: new Date(0),
        }),
        false,
      );
    }
  }
});
