import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

test('by the last part of its address', () => {
  const nio = { type: 'swift', name: 'github.com/apple/swift-nio-http2', fixed: '1.19.2', lockFile: 'app/Package.resolved' } as const;
  assert.deepEqual(commandsOf(nio), ['swift package resolve swift-nio-http2 --version 1.19.2']);
  assert.match(wordsOf(nio), /from: "1\.19\.2" in Package\.swift/);
});
