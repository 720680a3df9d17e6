import type { Digest } from '../../foundation/model/brand.ts';
import { memberOf, parseJson, textOf } from '../../registry/json.ts';

/** What somebody says of some things. @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
export interface Statement {
  /** What kind of thing is said. */
  readonly predicateType: string;
  /** Digests of what it is said of: `sha256:…` first of all. */
  readonly subjects: readonly string[];
}

/** Returns the statement that a payload is; undefined when it is none. */
export function parseStatement(payload: Uint8Array): Statement | undefined {
  const document = parseJson(payload);
  const subjects = memberOf(document, 'subject');
  const predicateType = textOf(document, 'predicateType');
  if (
    !/^https:\/\/in-toto\.io\/Statement\/v(?:0\.1|1)$/.test(textOf(document, '_type') ?? '') ||
    predicateType === undefined ||
    !Array.isArray(subjects)
  )
    return undefined;
  return { predicateType, subjects: subjects.flatMap((subject) => digestsOf(memberOf(subject, 'digest'))) };
}

function digestsOf(digests: unknown): readonly string[] {
  return ['sha256', 'sha512'].flatMap((algorithm) => {
    const hex = textOf(digests, algorithm);
    return hex === undefined ? [] : [`${algorithm}:${hex}`];
  });
}

/** True when the digest is one of those that the statement is about. */
export function isAbout({ subjects }: Statement, digest: Digest): boolean {
  return subjects.includes(digest);
}
