import { MAX_PUSH_LINE_BYTES } from '../../foundation/base/limits.ts';
import { isDigest, type Digest } from '../../foundation/model/brand.ts';
import { memberOf, parseJson, textOf, toShowable } from '../../registry/json.ts';

/** One thing that an engine tells while it pushes. */
export type PushEvent =
  | { readonly kind: 'layer'; readonly id: string; readonly status: string; readonly current?: number; readonly total?: number }
  /** The manifest is in the registry. */
  | { readonly kind: 'digest'; readonly digest: Digest }
  | { readonly kind: 'error'; readonly message: string };

/**
 * Yields what the body of a push answer tells, line by line. The answer's status is 200 before anything is pushed: an error comes as one of the lines. A line that makes no sense, or is longer than
 * MAX_PUSH_LINE_BYTES, is passed over: it is no sign that anything was pushed.
 */
export async function* readPushEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<PushEvent, void, undefined> {
  for await (const line of readLines(body)) {
    const event = toEvent(parseJson(line));
    if (event !== undefined) yield event;
  }
}

async function* readLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  let isTooLong = false;
  for await (const chunk of body) {
    const pieces = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    rest = pieces.pop() ?? '';
    for (const piece of pieces) {
      if (!isTooLong) yield piece;
      isTooLong = false;
    }
    if (rest.length > MAX_PUSH_LINE_BYTES) {
      rest = '';
      isTooLong = true;
    }
  }
  if (!isTooLong) yield rest + decoder.decode();
}

function toEvent(value: unknown): PushEvent | undefined {
  // Podman tells some errors in `error` alone, Docker's say more in `errorDetail`.
  const error = textOf(memberOf(value, 'errorDetail'), 'message') ?? textOf(value, 'error');
  if (error !== undefined) return { kind: 'error', message: toShowable(error) };
  const status = textOf(value, 'status');
  const digest = textOf(memberOf(value, 'aux'), 'Digest') ?? (status === undefined ? undefined : digestIn(status));
  if (isDigest(digest)) return { kind: 'digest', digest };
  const id = textOf(value, 'id');
  if (id === undefined || status === undefined) return undefined;
  const detail = memberOf(value, 'progressDetail');
  const current = countOf(memberOf(detail, 'current'));
  const total = countOf(memberOf(detail, 'total'));
  return {
    kind: 'layer',
    id: toShowable(id),
    status: toShowable(status),
    ...(current === undefined ? {} : { current }),
    ...(total === undefined ? {} : { total }),
  };
}

/** '1.0: digest: sha256:… size: 528' */
function digestIn(status: string): string | undefined {
  return /\bdigest: (sha(?:256|512):[0-9a-f]+)\b/.exec(status)?.[1];
}

function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}
