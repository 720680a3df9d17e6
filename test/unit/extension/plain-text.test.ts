import assert from 'node:assert/strict';
import test from 'node:test';
import { withoutIcons, withoutLinks } from '../../../src/extension/plain-text.ts';

test('a name draws no icon and a message holds no link', () => {
  assert.equal(withoutIcons('$(error) $$(x)'), '(error) (x)');
  assert.equal(withoutLinks('see [here](command:workbench.action.quit) [a][b](c)'), 'see [here] (command:workbench.action.quit) [a][b] (c)');
  assert.equal(withoutLinks('plain [text] (x)'), 'plain [text] (x)');
});
