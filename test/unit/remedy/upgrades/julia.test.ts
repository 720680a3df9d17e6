import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf } from '../../../support/vulnerable-package.ts';

test('in the project that a manifest is of, or for all', () => {
  assert.deepEqual(commandsOf({ type: 'julia', name: 'HTTP', fixed: '1.10.17', lockFile: 'app/Manifest.toml' }), [
    `julia --project -e 'using Pkg; Pkg.update("HTTP"; mode=PKGMODE_MANIFEST)'`,
    `julia --project -e 'using Pkg; Pkg.add(name="HTTP", version="1.10.17")'`,
  ]);
  assert.match(
    commandsOf({ type: 'julia', name: 'HTTP', fixed: '1.10.17', path: 'root/.julia/packages/HTTP/aB3de/Project.toml' })[0] ?? '',
    /^julia -e /,
  );
  assert.deepEqual(commandsOf({ type: 'julia', name: 'X"); run(`id`); ("', fixed: '1' }), []);
});
