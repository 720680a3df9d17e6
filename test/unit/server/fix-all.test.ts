import assert from 'node:assert/strict';
import test from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { LintDiagnostic } from '../../../src/foundation/model/diagnostic.ts';
import type { TextEdit } from '../../../src/foundation/model/text-range.ts';
import { fixAllEdits } from '../../../src/server/fix-all.ts';

const documentOf = (text: string): TextDocument => TextDocument.create('file:///Dockerfile', 'dockerfile', 1, text);

/** Reports every `from`, with a safe fix that makes `to` of it. */
function linter(...replacements: readonly (readonly [from: string, to: string])[]): (text: string) => readonly LintDiagnostic[] {
  return (text) => {
    const document = documentOf(text);
    return replacements.flatMap(([from, newText]) => {
      const at = text.indexOf(from);
      if (at < 0) return [];
      const range = { start: document.positionAt(at), end: document.positionAt(at + from.length) };
      const fixes = [{ safety: 'safe' as const, title: '', edits: [{ range, newText }] }];
      return [{ ruleId: 'PL9001', aliases: [], severity: 'low' as const, message: '', range, fixes }];
    });
  };
}

function run(text: string, lint: (text: string) => readonly LintDiagnostic[]): { readonly edits: readonly TextEdit[]; readonly fixed: string } {
  const document = documentOf(text);
  const edits = fixAllEdits(document, lint(text), lint);
  return { edits, fixed: TextDocument.applyEdits(document, [...edits]) };
}

test('what can be made at once stays as small as it is', () => {
  const { edits, fixed } = run('FROM a\nRUN x y\n', linter(['x', '1'], ['y', '2']));
  assert.equal(fixed, 'FROM a\nRUN 1 2\n');
  assert.equal(edits.length, 2);
});

test('what can only be made one after the other is one edit of the lines that differ, line breaks kept', () => {
  for (const newline of ['\n', '\r\n']) {
    const text = ['FROM a', 'RUN xy', 'RUN z', 'USER 1', ''].join(newline);
    const { edits, fixed } = run(text, linter(['xy', 'y'], ['y', ''], ['z', 'w']));
    assert.equal(fixed, ['FROM a', 'RUN ', 'RUN w', 'USER 1', ''].join(newline));
    assert.deepEqual(
      edits.map(({ range }) => [range.start, range.end]),
      [
        [
          { line: 1, character: 0 },
          { line: 3, character: 0 },
        ],
      ],
    );
  }
  assert.equal(run('RUN xy', linter(['xy', 'y'], ['y', 'done'])).fixed, 'RUN done');
});

test('nothing to fix, and fixes that never end', () => {
  assert.deepEqual(run('FROM a\n', linter(['x', 'y'])).edits, []);
  assert.match(run('RUN a\n', linter(['a', 'aa'])).fixed, /^RUN a+\n$/);
});
