import { applyFixes } from '../dockerfile/lint/lint.ts';
import { MAX_LOOK_UPS } from '../foundation/base/limits.ts';
import type { LintDiagnostic } from '../foundation/model/diagnostic.ts';
import type { TextRange } from '../foundation/model/text-range.ts';
import { fixDockerfile, lintDockerfile, type LintSettings } from './lint-dockerfile.ts';
import { fillIn, findLookUps, LookUpError, nameOf, type Ask, type LookUp, type LookUpHooks } from './look-ups.ts';

export interface LookedUpFixes {
  readonly text: string;
  /** What was pinned, each as a sentence for the user. */
  readonly done: readonly string[];
  /** What could not be, and why. */
  readonly problems: readonly LookUpProblem[];
}

export interface LookUpProblem {
  readonly message: string;
  /** 1-based, in the fixed text. */
  readonly line: number;
}

/** To be told whenever something was pinned. */
export const LOOK_UP_NOTE =
  'What was looked up pins what the server gives today; it does not prove that it gave the same before, or that it is good.';

/**
 * Returns the text with every safe fix applied, and of what is reported those fixes too that need a digest or a checksum, as far as `ask` can tell them. Doing it again changes nothing.
 * @throws the signal's reason when cancelled
 */
export async function fixWithLookUps(text: string, settings: LintSettings, ask: Ask, hooks: LookUpHooks = {}): Promise<LookedUpFixes> {
  const done = new Set<string>();
  let current = fixDockerfile(text, settings);
  let found = findReported(current, settings);
  for (;;) {
    const { mended, sentences, problems } = await askAll(found.reported.slice(0, MAX_LOOK_UPS), ask, hooks);
    const next = fixDockerfile(applyFixes(current, mended, 'suggested'), settings);
    const left = findReported(next, settings);
    // A round has to leave less to look up than it found: what does not settle anything is not done.
    if (left.reported.length >= found.reported.length) {
      return { text: current, done: [...done], problems: [...problems, ...found.refusals].toSorted((a, b) => a.line - b.line) };
    }
    for (const sentence of sentences) done.add(sentence);
    current = next;
    found = left;
  }
}

function findReported(text: string, settings: LintSettings): { readonly reported: readonly Reported[]; readonly refusals: readonly LookUpProblem[] } {
  const { lookUps, refused } = findLookUps(text, lintDockerfile(text, settings).diagnostics);
  const refusals = refused.flatMap(({ diagnostic, reference, reason }) =>
    diagnostic === undefined ? [] : [toRefusal(diagnostic.range, reference, reason)],
  );
  return { reported: lookUps.filter(isReported), refusals };
}

type Reported = LookUp & { readonly diagnostic: LintDiagnostic };

function isReported(lookUp: LookUp): lookUp is Reported {
  return lookUp.diagnostic !== undefined;
}

interface Answers {
  /** Diagnostics whose only fix is the whole one. */
  readonly mended: readonly LintDiagnostic[];
  readonly sentences: readonly string[];
  readonly problems: readonly LookUpProblem[];
}

async function askAll(lookUps: readonly Reported[], ask: Ask, hooks: LookUpHooks): Promise<Answers> {
  const mended: LintDiagnostic[] = [];
  const sentences: string[] = [];
  const problems: LookUpProblem[] = [];
  for (const lookUp of lookUps) {
    hooks.signal?.throwIfAborted();
    try {
      const answer = await ask(lookUp.subject, hooks);
      mended.push({ ...lookUp.diagnostic, fixes: [{ safety: 'suggested', title: '', edits: fillIn(lookUp, answer) }] });
      sentences.push(
        lookUp.subject.kind === 'image'
          ? `${nameOf(lookUp.subject)} is pinned to ${answer}`
          : `${nameOf(lookUp.subject)} is checked to be sha256:${answer}`,
      );
    } catch (error) {
      if (!(error instanceof LookUpError)) throw error;
      problems.push({ message: error.message, line: lookUp.range.start.line + 1 });
    }
  }
  return { mended, sentences, problems };
}

function toRefusal({ start }: TextRange, reference: string | undefined, reason: string): LookUpProblem {
  const what = reference === undefined ? 'the checksum of this download' : `the digest of ${reference}`;
  return { message: `${what} is not looked up: ${reason}`, line: start.line + 1 };
}
