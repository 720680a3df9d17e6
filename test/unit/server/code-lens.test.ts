import assert from 'node:assert/strict';
import test from 'node:test';
import { describeDockerfile } from '../../../src/engine/describe-dockerfile.ts';
import type { LintDiagnostic } from '../../../src/foundation/model/diagnostic.ts';
import type { Severity } from '../../../src/foundation/model/severity.ts';
import { codeLensesOf } from '../../../src/server/code-lens.ts';
import type { CodeLensContext } from '../../../src/server/code-lens.ts';
import { curlRule } from './harness.ts';

function found(line: number, severity: Severity, safe = false): LintDiagnostic {
  const range = { start: { line, character: 0 }, end: { line, character: 1 } };
  const fixes = safe ? [{ safety: 'safe' as const, title: 'x', edits: [{ range, newText: '' }] }] : [];
  return { ruleId: curlRule.id, aliases: [], severity, message: '', range, fixes };
}

function lenses(
  text: string,
  diagnostics: readonly LintDiagnostic[],
  parts: Partial<CodeLensContext> = {},
): readonly (readonly [number, string, unknown])[] {
  const context = {
    uri: 'u',
    stages: describeDockerfile(text).stages,
    diagnostics,
    commands: new Set<string>(),
    canEdit: true,
    scanOf: () => undefined,
    ...parts,
  };
  return codeLensesOf(context).map(({ range, command }) => [
    range.start.line,
    command?.title ?? '',
    (command?.arguments as unknown[] | undefined)?.[0],
  ]);
}

test('risks are medium and worse; hints make no lens', () => {
  const diagnostics = [found(1, 'medium'), found(1, 'critical'), found(1, 'low'), found(1, 'negligible'), found(1, 'unknown')];
  assert.deepEqual(lenses('FROM a\nRUN b\n', diagnostics), [[0, '2 risks in this stage', undefined]]);
  assert.deepEqual(lenses('FROM a\nRUN b\n', [found(1, 'low')]), []);
  assert.deepEqual(lenses('FROM a\nRUN b\n', [found(1, 'high')]), [[0, '1 risk in this stage', undefined]]);
});

test('a click leads to the worst risk', () => {
  const [lens] = lenses('FROM a\nRUN b\nRUN c\n', [found(1, 'medium'), found(2, 'critical')], { commands: new Set(['plimsoll.showProblem']) });
  assert.deepEqual(lens?.[2], { uri: 'u', range: found(2, 'critical').range });
});

test('each diagnostic counts for one stage: what stands before the first for the first', () => {
  const text = 'ARG a\nFROM a\nRUN b\n# c\nFROM d\n';
  assert.deepEqual(lenses(text, [found(0, 'low', true), found(3, 'low', true), found(4, 'low', true)]), [
    [1, 'Apply 2 safe fixes', { uri: 'u', startLine: 0, endLine: 4 }],
    [4, 'Apply 1 safe fix', { uri: 'u', startLine: 4 }],
    [0, 'Apply 3 safe fixes in this file', { uri: 'u' }],
  ]);
});

test('without a FROM, and without anything to tell, there is no lens', () => {
  assert.deepEqual(lenses('', [], { commands: new Set(['plimsoll.scanImage']) }), []);
  assert.deepEqual(lenses('RUN a\n', [found(0, 'high')]), []);
  assert.deepEqual(lenses('FROM a\n', []), []);
});

test('only images have scans', () => {
  const scanOf = (reference: string): { reference: string; critical: number; high: number } => ({ reference, critical: 0, high: 3 });
  assert.deepEqual(lenses('ARG V=1\nFROM a:$V AS b\nFROM b\nFROM scratch\nFROM $X\n', [], { scanOf }), [
    [1, '0 critical · 3 high in a:1', undefined],
  ]);
});
