/** What an audit has to say of what it did not look at. */
import type { Problem } from '../foundation/model/problem.ts';
import type { AuditTarget } from './audit-listing.ts';
import type { AuditLedger } from './audit-records.ts';

export function tooMany(what: string): Problem {
  return { code: 'limit-exceeded', message: `There are ${what}, which one run does not look at: divide the audit with --shard.` };
}

/** `areNamed`: by a file, not by the registry. */
export function nothingListed({ registry, namespace }: AuditTarget, areNamed: boolean): Problem {
  const message = areNamed
    ? 'The file of --repositories names none: write one a line, such as team/app.'
    : `${registry} lists no repository below ${namespace} to this account: check the name and the sign-in, or name the repositories with --repositories FILE.`;
  return { code: 'other', message };
}

export function notBelow({ registry, namespace }: AuditTarget, repository: string): Problem {
  return { code: 'other', message: `'${repository.slice(0, 200)}' is no repository below ${namespace} of ${registry}: it was not looked at.` };
}

/** A pattern with a slip in it must not look like images of which all is well. Undefined when there are images, or something else was told that explains that there are none. */
export function nothingMatched(ledgers: readonly AuditLedger[]): Problem | undefined {
  const { target = '', tags = 'all' } = ledgers[0]?.header ?? {};
  const isExplained = ledgers.some(({ imageCount, problems }) => imageCount > 0 || problems.length > 0);
  if (isExplained || tags === 'all' || /^latest[: ]/.test(tags)) return undefined;
  return { code: 'other', message: `No image of ${target} has a tag that matches '${tags}': nothing was judged. Check --tags.` };
}
