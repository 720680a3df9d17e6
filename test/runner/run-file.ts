import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { tryCommand, lastLines } from '../support/processes.ts';
import type { FileEvent } from './event-reporter.ts';

const REPORTER = path.join(import.meta.dirname, 'event-reporter.ts');

export interface FailedTest {
  readonly file: string;
  readonly name: string;
  readonly message: string;
}

export interface FileResult {
  readonly file: string;
  readonly passed: number;
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  readonly failed: readonly FailedTest[];
  /** What tests said by `t.diagnostic`. */
  readonly notes: readonly string[];
  readonly durationMs: number;
}

export interface RunFileOptions {
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Modules that are loaded before the file, as paths. */
  readonly imports?: readonly string[];
}

/** Returns what a test file did in a process of its own. Never throws: a file that crashes, hangs or registers no test is a failed test itself. */
export async function runTestFile(file: string, options: RunFileOptions): Promise<FileResult> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-events-'));
  const eventsFile = path.join(folder, 'events.jsonl');
  const start = performance.now();
  try {
    const imports = (options.imports ?? []).map((module) => `--import=${pathToFileURL(module).href}`);
    const args = [...imports, `--test-reporter=${REPORTER}`, `--test-reporter-destination=${eventsFile}`, file];
    // Under NODE_TEST_CONTEXT, node:test would speak to a parent that is not there.
    const env = { ...options.env, NODE_TEST_CONTEXT: undefined };
    const child = await tryCommand(process.execPath, args, { cwd: options.cwd, env, timeoutMs: options.timeoutMs });
    const output = `${child.stdout}${child.stderr}`;
    const events = readEvents(eventsFile);
    const result = tally(file, events, performance.now() - start);
    const crash = explainEnd(child, result, events, options.timeoutMs);
    if (crash !== undefined) return withFailure(result, { file, name: '(the whole file)', message: `${crash}\n${lastLines(output, 30)}` });
    return result.failed.length > 0 && output !== '' ? withOutput(result, output) : result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function explainEnd(
  child: { readonly timedOut: boolean; readonly exitCode: number | null },
  result: FileResult,
  events: readonly FileEvent[],
  timeoutMs: number,
): string | undefined {
  if (child.timedOut) {
    const open = findUnfinished(events);
    const where =
      open.length > 0 ? `while running: ${open.join(' in ')}` : 'after its tests: something still open keeps it alive (a server, a timer, a process)';
    return `not finished after ${String(timeoutMs / 1000)} s, ${where}`;
  }
  if (child.exitCode !== 0 && result.failed.length === 0) return `the process ended with ${String(child.exitCode)}`;
  if (result.passed + result.failed.length + result.skipped.length === 0) return 'the file registered no test';
  return undefined;
}

/** Returns the innermost first: what a parent waits for is what hangs. */
function findUnfinished(events: readonly FileEvent[]): string[] {
  const open = new Map<string, string>();
  for (const event of events) {
    if (event.kind === 'began') open.set(`${event.at} ${event.name}`, event.name);
    if (event.kind === 'finished') open.delete(`${event.at} ${event.name}`);
  }
  return [...open.values()].reverse();
}

function tally(file: string, events: readonly FileEvent[], durationMs: number): FileResult {
  const ended = events.filter((event) => event.kind === 'ended');
  return {
    file,
    passed: ended.filter(({ outcome }) => outcome === 'passed').length,
    skipped: ended.flatMap(({ outcome, name, reason }) => (outcome === 'skipped' ? [{ name, reason: reason ?? '' }] : [])),
    failed: ended.flatMap(({ outcome, name, message }) => (outcome === 'failed' ? [{ file, name, message: message ?? '' }] : [])),
    notes: events.flatMap((event) => (event.kind === 'note' ? [event.text] : [])),
    durationMs,
  };
}

function withFailure(result: FileResult, failure: FailedTest): FileResult {
  return { ...result, failed: [...result.failed, failure] };
}

/** What the file printed is part of the story only when it failed. */
function withOutput(result: FileResult, output: string): FileResult {
  const [first, ...others] = result.failed;
  if (first === undefined) return result;
  return { ...result, failed: [{ ...first, message: `${first.message}\noutput of the file:\n${lastLines(output, 40)}` }, ...others] };
}

function readEvents(file: string): FileEvent[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  // Only whole lines: a process that was killed may have left half of one.
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as FileEvent);
}
