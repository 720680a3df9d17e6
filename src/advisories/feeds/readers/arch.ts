import type { AdvisoryEntry, AdvisoryRecord } from '../../store/record.ts';
import type { JsonObject } from '../documents.ts';
import { isObject, readJsonDocument, textOf, unreadable } from '../documents.ts';
import { factsIn, toFact, toId } from '../facts.ts';
import { isCompanyFile } from '../company-files.ts';
import type { AdvisoryFeed, FeedFile } from '../feed.ts';
import { severityOfWord } from '../vendor-words.ts';

/**
 * Arch Linux's security tracker: a list of groups (AVG), or one group a file, each with its packages, the CVEs, the version they were found in and the one they are fixed in, if there is one. Groups that
 * turned out not to affect Arch give nothing.
 * @see https://security.archlinux.org/
 */
export const feed: AdvisoryFeed = {
  id: 'arch',
  source: { name: 'Arch Linux Vulnerable issues', url: 'https://security.archlinux.org/', licence: 'published without a licence; facts only' },
  wants: (name) =>
    (/(?:^|\/)(?:AVG-\d+|arch(?:-?linux)?(?:[-_][\w-]+)?)\.json$/.test(name) || /(?:^|\/)arch(?:-?linux)?\/[\w-]+\.json$/.test(name)) &&
    !isCompanyFile(name),
  *read(file) {
    const { value, problems } = readJsonDocument(file);
    if (problems.length > 0) yield { value: [], problems };
    else
      for (const group of Array.isArray(value) ? (value as unknown[]) : [value])
        yield isObject(group) ? readGroup(file, group) : unreadable(file, 'no group of the tracker');
  },
};

function readGroup(file: FeedFile, group: JsonObject): ReturnType<typeof unreadable> | { value: readonly AdvisoryRecord[]; problems: [] } {
  const name = toId(group.name);
  const packages = factsIn(group.packages);
  const ids = factsIn(group.issues).flatMap((issue) => toId(issue) ?? []);
  if (name === undefined || packages.length === 0) return unreadable(file, 'no name or package of a group');
  const advisory = toAdvisory(name, group);
  if (advisory === undefined) return { value: [], problems: [] };
  const severity = severityOfWord(textOf(group.severity));
  return {
    value: ids.flatMap((id): readonly AdvisoryRecord[] => [
      ...packages.map((packageName) => ({ kind: 'affected', bucket: 'archlinux', packageName, id, advisory }) as const),
      { kind: 'vulnerability', id, detail: severity === undefined ? {} : { vendorSeverities: { 'arch-linux': severity } } },
    ]),
    problems: [],
  };
}

function toAdvisory(name: string, group: JsonObject): AdvisoryEntry | undefined {
  const status = textOf(group.status)?.toLowerCase();
  if (status === 'not affected') return undefined;
  const [affectedVersion, fixedVersion] = [toFact(group.affected), toFact(group.fixed)];
  return {
    ...(affectedVersion !== undefined && { affectedVersion }),
    ...(fixedVersion === undefined ? { status: status === 'unknown' ? 'under-investigation' : 'affected' } : { fixedVersion }),
    vendorIds: [name, ...factsIn(group.advisories)].sort(),
  };
}
