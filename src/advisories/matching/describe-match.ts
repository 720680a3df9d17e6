import { isSystemType } from '../../foundation/model/package.ts';
import { bucketSource } from '../store/buckets.ts';
import { aliasesOf, type Match } from './match-candidate.ts';
import type { MatchInput, Vulnerability } from './match.ts';
import { referencesOf } from './references.ts';
import { rate } from './severity.ts';

/** Returns a match as it is reported; undefined for an advisory that was withdrawn. */
export function describeMatch(match: Match, { store, now }: MatchInput): Vulnerability | undefined {
  const { installed, bucket, advisory, fixedVersion } = match;
  const aliases = aliasesOf(match, store);
  const id = match.id.startsWith('CVE-') ? match.id : (aliases.find((alias) => alias.startsWith('CVE-')) ?? match.id);
  // What is known of a CVE (exploited, its score) holds for the advisory that goes by another name; what the advisory says itself goes first.
  const detail = { ...store.detail(id), ...store.detail(match.id) };
  if (detail.withdrawn === true) return undefined;
  const source = bucketSource(bucket);
  const kev = detail.kevAddedAt !== undefined && !(Date.parse(detail.kevAddedAt) > now.getTime());
  return {
    package: installed,
    id,
    aliases: [...new Set([match.id, ...aliases])].filter((alias) => alias !== id),
    ...rate(source.id, advisory, detail),
    ...(fixedVersion !== undefined && { fixedVersion }),
    status: fixedVersion !== undefined ? 'fixed' : (advisory.status ?? 'affected'),
    ...(kev && { kev }),
    ...(detail.epss !== undefined && { epss: detail.epss.probability }),
    references: referencesOf(id, source.id, detail.references),
    ...(detail.title !== undefined && { title: detail.title }),
    ...(detail.description !== undefined && { description: detail.description }),
    category: isSystemType(installed.type) ? 'os-vulnerability' : 'application-vulnerability',
    source: source.name,
  };
}
