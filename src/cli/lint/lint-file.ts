import { writeFile } from 'node:fs/promises';
import { readConfiguration } from '../../engine/configuration.ts';
import { readDockerignore } from '../../engine/dockerignore.ts';
import { linterFor } from '../../engine/lint-compose.ts';
import type { LintSettings } from '../../engine/lint-dockerfile.ts';
import type { LintedFile } from '../../evidence/lint-report/render.ts';
import { MAX_DOCKERFILE_BYTES } from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import { readTextStart } from '../../foundation/io/text-start.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { LintTarget } from './find-files.ts';
import { safeFixer, type Fixer } from './fixer.ts';
import { readStandardInput } from './standard-input.ts';

/** Plain data: it goes to worker threads too. */
export interface LintFileOptions {
  /** --config */
  readonly config?: string;
  /** What standard input is called, and where its configuration is looked for. */
  readonly stdinFilename?: string;
  /** Write the safe fixes back. */
  readonly fix?: boolean;
  /** Keep the text in the result: a format shows the line at fault. */
  readonly keepText?: boolean;
}

/** Returns what the rules say of one target, with what kept it from being read in `problems`. Never throws: one file does not lose the others. */
export async function lintFile(target: LintTarget, options: LintFileOptions, fixer: Fixer = safeFixer): Promise<LintedFile> {
  const path = target.path === '-' ? (options.stdinFilename ?? '-') : target.path;
  if (target.problem !== undefined) return { path, diagnostics: [], problems: [target.problem] };
  try {
    const { text, problems: unread, mayBeFixed } = await readTarget(target);
    if (text === undefined) return { path, diagnostics: [], problems: unread };
    const { settings, problems: misconfigured } = await readSettings(path, options.config);
    const problems = [...misconfigured, ...unread];
    let current = text;
    if (options.fix === true && target.path !== '-') {
      if (mayBeFixed) current = await fixFile(target, await fixer(text, settings, path), text, problems);
      else problems.push({ code: 'other', message: 'not fixed: it is no UTF-8 text, or too large to be read whole' });
    }
    const { diagnostics, suppressed, problems: found } = linterFor(path).lint(current, settings);
    return { path, diagnostics, suppressed, problems: [...problems, ...found], ...(options.keepText === true ? { text: current } : {}) };
  } catch (error) {
    return { path, diagnostics: [], problems: [{ code: 'other', message: `could not be linted: ${messageOf(error)}` }] };
  }
}

/** Returns the settings for a file, or for standard input under a name: its configuration and the .dockerignore of its build. */
export async function readSettings(
  path: string,
  config: string | undefined,
): Promise<{ readonly settings: LintSettings; readonly problems: Problem[] }> {
  const file = path === '-' ? 'Dockerfile' : path;
  const { settings, problems } = await readConfiguration(file, config);
  return { settings: { ...settings, dockerignore: await readDockerignore(file) }, problems: [...problems] };
}

interface ReadTarget {
  readonly text?: string;
  readonly problems: readonly Problem[];
  readonly mayBeFixed: boolean;
}

async function readTarget({ path, rawPath, named }: LintTarget): Promise<ReadTarget> {
  const { value, reason } =
    path === '-'
      ? { value: await readStandardInput(MAX_DOCKERFILE_BYTES) }
      : await readTextStart(rawPath === undefined ? path : Buffer.from(rawPath), MAX_DOCKERFILE_BYTES, named);
  if (value === undefined) return { problems: [{ code: 'unreadable-file', message: `cannot be read: ${reason}` }], mayBeFixed: false };
  const problems: Problem[] = value.truncated ? [{ code: 'limit-exceeded', message: `only its first ${MAX_DOCKERFILE_BYTES} bytes were read` }] : [];
  if (value.isUtf16 === true) problems.push({ code: 'malformed', message: 'it is UTF-16, which a build does not read: save it as UTF-8' });
  else if (!value.isUtf8 && !value.truncated)
    problems.push({ code: 'malformed', message: 'it is not UTF-8 text: what could not be read was linted as U+FFFD' });
  return { text: value.text, problems, mayBeFixed: value.isUtf8 && !value.truncated };
}

async function fixFile({ path, rawPath }: LintTarget, fixed: string, text: string, problems: Problem[]): Promise<string> {
  if (fixed === text) return text;
  const file = rawPath === undefined ? path : Buffer.from(rawPath);
  try {
    // Looking up takes time, in which somebody may have typed.
    if ((await readTextStart(file, MAX_DOCKERFILE_BYTES, false)).value?.text !== text) {
      problems.push({ code: 'other', message: 'not fixed: it was changed meanwhile; run again' });
      return text;
    }
    await writeFile(file, fixed);
    return fixed;
  } catch (error) {
    problems.push({ code: 'permission', message: `not fixed, it cannot be written: ${messageOf(error)}` });
    return text;
  }
}
