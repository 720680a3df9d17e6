import { MAX_IDENTITY_LENGTH } from '../../foundation/base/limits.ts';

/**
 * Returns whether a pattern stands for an identity: letter by letter, `*` for anything but a slash, `**` for anything. Each of its parts is looked for once from where the one before ended,
 * so that no pattern takes long.
 */
export function isIdentityIn(pattern: string, identity: string): boolean {
  if (pattern.length > MAX_IDENTITY_LENGTH || identity.length > MAX_IDENTITY_LENGTH) return false;
  // What `**` stands apart may lie anywhere, in its order; within such a part `*` stays between two slashes.
  const parts = pattern.split('**');
  const last = parts.length - 1;
  let ends: ReadonlySet<number> = new Set([0]);
  for (const [index, part] of parts.entries()) {
    const starts = index === 0 ? ends : from(Math.min(...ends), identity.length);
    ends = endsOf(part, identity, starts);
    if (ends.size === 0) return false;
    if (index === last) return ends.has(identity.length);
  }
  return false;
}

/** Where a part without `**` may end, when it begins at one of the starts. */
function endsOf(part: string, identity: string, starts: ReadonlySet<number>): ReadonlySet<number> {
  let ends = starts;
  for (const letter of part) {
    ends = letter === '*' ? spread(ends, identity) : step(ends, identity, letter);
    if (ends.size === 0) break;
  }
  return ends;
}

function step(places: ReadonlySet<number>, identity: string, letter: string): ReadonlySet<number> {
  return new Set(Array.from(places).flatMap((place) => (identity.startsWith(letter, place) ? [place + letter.length] : [])));
}

/** From each place on up to the next slash. */
function spread(places: ReadonlySet<number>, identity: string): ReadonlySet<number> {
  const reached = new Set<number>();
  for (const place of places) {
    for (let end = place; !reached.has(end); end++) {
      reached.add(end);
      if (end >= identity.length || identity[end] === '/') break;
    }
  }
  return reached;
}

function from(start: number, end: number): ReadonlySet<number> {
  return new Set(Array.from({ length: end - start + 1 }, (_, index) => start + index));
}
