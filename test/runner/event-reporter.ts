/**
 * A node:test reporter for programs: one JSON object a line, written by the process that runs a test file and read by run-file.ts.
 * Errors are told as text here, where they still are what the test threw.
 */
import { inspect } from 'node:util';
import type { TestEvent } from 'node:test/reporters';

export type FileEvent =
  | { readonly kind: 'began' | 'finished'; readonly name: string; readonly at: string }
  | {
      readonly kind: 'ended';
      readonly name: string;
      readonly outcome: Outcome;
      readonly durationMs: number;
      readonly reason?: string;
      readonly message?: string;
    }
  | { readonly kind: 'note'; readonly text: string };

export type Outcome = 'passed' | 'failed' | 'skipped';

/** node's closing lines come as diagnostics, like the notes of tests. */
const OWN_SUMMARY = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/;
const MAX_MESSAGE = 6_000;

/** Yields the lines. Suites, and parents that failed only because a child did, are not counted: each result is one test's own. */
export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const open: string[] = [];
  for await (const event of source) {
    const told = tell(event, open);
    if (told !== undefined) yield `${JSON.stringify(told)}\n`;
  }
}

function tell(event: TestEvent, open: string[]): FileEvent | undefined {
  switch (event.type) {
    // Told at once, where start, pass and fail wait for their turn: what began and never finished is what hangs.
    case 'test:dequeue':
    case 'test:complete':
      return {
        kind: event.type === 'test:dequeue' ? 'began' : 'finished',
        name: event.data.name,
        at: `${String(event.data.line)}:${String(event.data.column)}`,
      };
    case 'test:start':
      open.length = event.data.nesting;
      open.push(event.data.name);
      return undefined;
    case 'test:pass': {
      const reason = event.data.skip ?? event.data.todo;
      // A suite that is skipped stands for its tests, which are not told.
      if (event.data.details.type === 'suite' && reason === undefined) return undefined;
      return { kind: 'ended', name: nameOf(event.data, open), durationMs: event.data.details.duration_ms, ...passOrSkip(reason) };
    }
    case 'test:fail': {
      const { error, duration_ms: durationMs } = event.data.details;
      if (failureType(error) === 'subtestsFailed') return undefined;
      const name = nameOf(event.data, open);
      if (event.data.todo !== undefined && event.data.todo !== false) return { kind: 'ended', name, durationMs, ...passOrSkip(event.data.todo) };
      return { kind: 'ended', name, outcome: 'failed', durationMs, message: describeError(error) };
    }
    case 'test:diagnostic':
      return OWN_SUMMARY.test(event.data.message) ? undefined : { kind: 'note', text: event.data.message };
    default:
      return undefined;
  }
}

function passOrSkip(reason: string | boolean | undefined): { outcome: Outcome; reason?: string } {
  if (reason === undefined || reason === false) return { outcome: 'passed' };
  return { outcome: 'skipped', reason: typeof reason === 'string' && reason !== '' ? reason : 'no reason given' };
}

function nameOf(data: { readonly name: string; readonly nesting: number }, open: readonly string[]): string {
  return [...open.slice(0, data.nesting), data.name].join(' › ');
}

/** What the test threw is the cause of the error that node:test made of it. */
function describeError(error: Error): string {
  const thrown = error.cause instanceof Error ? error.cause : error;
  const text = failureType(error) === 'cancelledByParent' ? 'cancelled: what surrounds it failed or ended first' : inspect(thrown);
  return text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)}…` : text;
}

function failureType(error: Error): unknown {
  return 'failureType' in error ? error.failureType : undefined;
}
