import assert from 'node:assert/strict';
import test from 'node:test';
import { proseToMarkdown } from '../../../src/server/markdown.ts';

test('options become code, words with a hyphen and what is code already stay as they are', () => {
  assert.equal(proseToMarkdown('name it with --cacert'), 'name it with `--cacert`');
  assert.equal(proseToMarkdown('drop -k (or --insecure)'), 'drop `-k` \\(or `--insecure`\\)');
  assert.equal(proseToMarkdown('--tlsv=1.2, a broken-off transfer'), '`--tlsv=1.2`\\, a broken\\-off transfer');
  assert.equal(proseToMarkdown('run `curl -f x` - or -'), 'run `curl -f x` \\- or \\-');
});

test('what an option is made of becomes no markup', () => {
  assert.equal(proseToMarkdown('--a`b [c](d)'), '`--a`\\`b \\[c\\]\\(d\\)');
});
