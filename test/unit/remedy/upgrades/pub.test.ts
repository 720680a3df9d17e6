import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

test('an upgrade within pubspec.yaml', () => {
  assert.deepEqual(commandsOf({ type: 'pub', name: 'http', fixed: '0.13.3', lockFile: 'app/pubspec.lock' }), ['dart pub upgrade http']);
  assert.match(wordsOf({ type: 'pub', name: 'http', fixed: '0.13.3', lockFile: 'app/pubspec.lock' }), /\^0\.13\.3 in pubspec\.yaml/);
});
