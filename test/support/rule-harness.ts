import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyFixes, fixText, lintText, type LintOptions } from '../../src/dockerfile/lint/lint.ts';
import type { LintPolicy, Rule } from '../../src/dockerfile/lint/rule.ts';
import { createTextDocument, offsetAt } from '../../src/dockerfile/syntax/text-document.ts';
import type { LintDiagnostic } from '../../src/foundation/model/diagnostic.ts';

export interface InvalidCase {
  readonly code: string;
  /** Text of the place that is underlined; several when several are, in order. Continuations inside it are left out. */
  readonly at: string | readonly string[];
  /** What fix-all with suggestions makes of it. */
  readonly fixed?: string;
  /** What --fix makes of it: safe fixes only. */
  readonly safelyFixed?: string;
}

export interface RuleCases {
  readonly valid: readonly string[];
  readonly invalid: readonly InvalidCase[];
  /** Left out: rules that look at FROM or USER mean nothing in an ONBUILD. */
  readonly skip?: readonly Variant['name'][];
  /** Default: the one of the rule's examples. */
  readonly policy?: Partial<LintPolicy>;
}

/** The day on which rules are tested: examples that are alright then stay so. */
export const TEST_DAY = '2026-01-01';

/** Returns what a rule alone is run with. */
export function optionsFor(rule: Rule, policy: Partial<LintPolicy> = rule.docs.policy ?? {}): LintOptions {
  const { dockerignore } = rule.docs;
  return { rules: [rule], today: TEST_DAY, policy, ...(dockerignore === undefined ? {} : { dockerignore }) };
}

interface Variant {
  readonly name: 'as written' | 'CRLF' | 'BOM' | 'continued' | 'ONBUILD' | 'heredoc';
  /** Undefined: does not apply. */
  rewrite(code: string): string | undefined;
}

const variants: readonly Variant[] = [
  { name: 'as written', rewrite: (code) => code },
  { name: 'CRLF', rewrite: (code) => code.replaceAll('\n', '\r\n') },
  { name: 'BOM', rewrite: (code) => `\uFEFF${code}` },
  { name: 'continued', rewrite: (code) => rewriteRuns(code, (script, escape) => `RUN ${escape} \n  # between\n\n  ${script}`) },
  { name: 'ONBUILD', rewrite: (code) => (code.includes('<<') ? undefined : code.replaceAll(/^(RUN|ENV|ARG|COPY|ADD) /gm, 'ONBUILD $1 ')) },
  { name: 'heredoc', rewrite: (code) => rewriteRuns(code, (script) => `RUN <<END\n${script}\nEND`) },
];

/** Registers tests that run a rule over its cases, each one written in every way that means the same to a builder; and that its fixes fix, once. */
export function testRule(rule: Rule, { valid, invalid, skip = [], policy }: RuleCases): void {
  const options = optionsFor(rule, policy);
  for (const variant of variants.filter(({ name }) => !skip.includes(name))) {
    test(`${rule.id} ${variant.name}: says nothing of ${valid.length} innocent files`, () => {
      for (const code of valid) checkValid(rule, options, variant.rewrite(code));
      for (const code of rule.docs.good) checkValid(rule, optionsFor(rule), variant.rewrite(code));
    });
    test(`${rule.id} ${variant.name}: finds and fixes ${invalid.length} guilty files`, () => {
      for (const { code, at } of invalid) checkInvalid(options, variant.rewrite(code), typeof at === 'string' ? [at] : at);
    });
  }
  test(`${rule.id}: the fixed text is as expected`, () => {
    for (const { code, fixed, safelyFixed } of invalid) {
      if (fixed !== undefined) assert.equal(fixText(code, 'suggested', options), fixed);
      if (safelyFixed !== undefined) assert.equal(fixText(code, 'safe', options), safelyFixed);
    }
  });
  test(`${rule.id}: survives being typed`, () => {
    for (const { code } of invalid) {
      for (let length = 0; length <= code.length; length++) assert.deepEqual(failuresOf(options, code.slice(0, length)), []);
    }
  });
}

function checkValid(rule: Rule, options: LintOptions, code: string | undefined): void {
  if (code === undefined) return;
  const { diagnostics } = lintText(code, options);
  assert.deepEqual(
    diagnostics.filter(({ ruleId }) => ruleId === rule.id).map((diagnostic) => describe(code, diagnostic)),
    [],
    code,
  );
  assert.deepEqual(failuresOf(options, code), []);
}

function checkInvalid(options: LintOptions, code: string | undefined, at: readonly string[]): void {
  if (code === undefined) return;
  const { diagnostics } = lintText(code, options);
  assert.deepEqual(
    diagnostics.map((diagnostic) => underlined(code, diagnostic)),
    at,
    code,
  );
  assert.deepEqual(failuresOf(options, code), []);
  checkFix(options, code, diagnostics, 'safe');
  checkFix(options, code, diagnostics, 'suggested');
}

/** Each fix on its own takes its finding away; all together leave nothing that has a fix; and a second time changes nothing. */
function checkFix(options: LintOptions, code: string, diagnostics: readonly LintDiagnostic[], which: 'safe' | 'suggested'): void {
  for (const diagnostic of diagnostics) {
    const fixed = applyFixes(code, [diagnostic], which);
    if (fixed === code) continue;
    assert.equal(lintText(fixed, options).diagnostics.length, diagnostics.length - 1, fixed);
    if (code.includes('\r\n')) assert.doesNotMatch(fixed, /(?<!\r)\n/, 'line breaks stay CRLF');
  }
  const fixed = fixText(code, which, options);
  assert.equal(fixText(fixed, which, options), fixed, 'a second run changes nothing');
  assert.deepEqual(failuresOf(options, fixed), []);
}

function failuresOf(options: LintOptions, code: string): readonly string[] {
  return lintText(code, options)
    .problems.filter((problem) => problem.code === 'rule-failed')
    .map((problem) => problem.message);
}

export function underlined(code: string, { range }: LintDiagnostic): string {
  const document = createTextDocument(code);
  return code.slice(offsetAt(document, range.start), offsetAt(document, range.end)).replaceAll(/[\\`][ \t]*\r?\n/g, '');
}

function describe(code: string, diagnostic: LintDiagnostic): string {
  return `${diagnostic.ruleId} at ${underlined(code, diagnostic)}: ${diagnostic.message}`;
}

/** Rewrites the one-line RUNs in shell form; undefined when there is none. */
function rewriteRuns(code: string, rewrite: (script: string, escape: string) => string): string | undefined {
  if (code.includes('<<')) return undefined;
  const escape = code.startsWith('# escape=`') ? '`' : '\\';
  const lines = code.split('\n');
  const rewritten = lines.map((line, index) => {
    const script = /^RUN (?!--|\[)(.*)$/.exec(line)?.[1];
    const isJoined = line.endsWith(escape) || lines[index - 1]?.endsWith(escape) === true;
    return script === undefined || isJoined ? line : rewrite(script, escape);
  });
  const result = rewritten.join('\n');
  return result === code ? undefined : result;
}
