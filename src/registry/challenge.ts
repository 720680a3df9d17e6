/** One way to sign in that a server offers. @see RFC 9110 section 11.6.1 WWW-Authenticate */
export interface Challenge {
  /** Lower case: 'bearer', 'basic'. */
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const MAX_HEADER_LENGTH = 8192;
/** At one place: a scheme (a word before another word), or `name=token`, or `name="quoted"`, or a comma or a space. */
const PIECE = /([A-Za-z0-9!#$%&'*+.^_`|~-]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s",]*)))?|[\s,]+/y;

/** Returns the challenges of a WWW-Authenticate header, in order. Reading stops at what is none; what was read before it stays. */
export function parseChallenges(header: string): readonly Challenge[] {
  const text = header.slice(0, MAX_HEADER_LENGTH);
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  PIECE.lastIndex = 0;
  for (let piece = PIECE.exec(text); piece !== null; piece = PIECE.exec(text)) {
    const [, word, quoted, token] = piece;
    if (word === undefined) continue;
    const value = quoted?.replaceAll(/\\(.)/g, '$1') ?? token;
    if (value === undefined) challenges.push({ scheme: word.toLowerCase(), parameters: new Map() });
    else challenges.at(-1)?.parameters.set(word.toLowerCase(), value);
  }
  return challenges;
}
