import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';

const bundle = path.join(import.meta.dirname, '..', '..', '..', 'l10n', 'bundle.l10n.json');

test('the texts of the extension host, of its parts without vscode, and of the language server are there to be translated', () => {
  const texts = Object.keys(JSON.parse(readFileSync(bundle, 'utf8')) as Record<string, unknown>);
  for (const text of ['Scan Again', 'no findings', 'Suppress {0} here…']) assert.ok(texts.includes(text), text);
  for (const text of texts) {
    const numbers = [...new Set(Array.from(text.matchAll(/\{(\d+)\}/g), ([, number]) => Number(number)))].sort((a, b) => a - b);
    assert.deepEqual(
      numbers,
      numbers.map((_, i) => i),
      `the placeholders of "${text}" count up from {0}`,
    );
  }
});
