import type { AdvisoryId } from '../../../foundation/model/brand.ts';
import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { Parsed } from '../../../foundation/base/result.ts';
import type { AdvisoryRecord, StoredAdvisory } from '../../store/record.ts';
import type { JsonObject } from '../documents.ts';
import { isObject, objectsIn, readJsonDocument, textOf, unreadable } from '../documents.ts';
import { cweIdsIn, factsIn, toFact, toId } from '../facts.ts';
import type { AdvisoryFeed, FeedFile } from '../feed.ts';
import { severityOfWord } from '../vendor-words.ts';

/**
 * Retire.js's repository of libraries for browsers: one JSON file, by library its vulnerabilities with `atOrAbove` and `below`, or with several `ranges` in the file it is made from. Libraries are told
 * apart here by the name they have in npm; those that are not there give nothing.
 * @see https://github.com/RetireJS/retire.js/tree/master/repository
 */
export const feed: AdvisoryFeed = {
  id: 'retirejs',
  source: { name: 'Retire.js', url: 'https://github.com/RetireJS/retire.js', licence: 'Apache-2.0' },
  wants: (name) => /(?:^|\/)jsrepository(?:-v\d+|-master)?\.json$/.test(name),
  *read(file) {
    const { value, problems } = readJsonDocument(file);
    if (problems.length > 0) {
      yield { value: [], problems };
      return;
    }
    if (!isObject(value)) {
      yield unreadable(file, 'no repository of libraries');
      return;
    }
    for (const [library, entry] of Object.entries(value)) {
      const packageName = isObject(entry) ? npmNameOf(library, entry) : undefined;
      if (!isObject(entry) || packageName === undefined) continue;
      for (const [index, flaw] of objectsIn(entry.vulnerabilities).entries()) yield readFlaw(file, packageName, index, flaw);
    }
  },
};

/** The repository tells some names in npm itself. Of the rest most are called the same there; these are not. */
const npmNames: ReadonlyMap<string, string> = new Map([
  ['jquery.prettyphoto', 'prettyphoto'],
  ['ember', 'ember-source'],
  ['prototypejs', 'prototype'],
  ['underscore.js', 'underscore'],
]);

/** No libraries: an example, a list of what is to be passed over, and programs that were never in npm. */
const noPackages: ReadonlySet<string> = new Set(['retire-example', 'dont check', 'sessvars', 'dwr', 'pendo', 'extjs']);

function npmNameOf(library: string, entry: JsonObject): string | undefined {
  const key = library.toLowerCase();
  if (noPackages.has(key)) return undefined;
  return (toFact(textOf(entry.npmname)) ?? npmNames.get(key) ?? toFact(key))?.toLowerCase();
}

function readFlaw(file: FeedFile, packageName: string, index: number, flaw: JsonObject): Parsed<readonly AdvisoryRecord[]> {
  const ids = idsOf(packageName, flaw.identifiers);
  const vulnerableVersions = toRanges(flaw);
  if (ids.length === 0 || vulnerableVersions.length === 0)
    return unreadable(file, `${packageName}: vulnerability ${index + 1} has no id or no versions`);
  const cves = ids.filter((id) => id.startsWith('CVE-'));
  const chosen = cves.length > 0 ? cves : ids.slice(0, 1);
  const vendorIds = ids.filter((id) => !chosen.includes(id)).sort();
  const excluded = factsIn(flaw.excludes).map((version) => `=${version}`);
  const advisory: StoredAdvisory = {
    vulnerableVersions,
    ...(excluded.length > 0 && { unaffectedVersions: excluded }),
    ...(vendorIds.length > 0 && { vendorIds }),
  };
  const severity = severityOfWord(textOf(flaw.severity));
  const cweIds = cweIdsIn(flaw.cwe);
  const detail = { ...(severity !== undefined && { vendorSeverities: { retirejs: severity } }), ...(cweIds.length > 0 && { cweIds }) };
  const value = chosen.flatMap((id): readonly AdvisoryRecord[] => [
    { kind: 'affected', bucket: `npm::${feed.source.name}`, packageName, id, advisory },
    { kind: 'vulnerability', id, detail },
  ]);
  return { value, problems: [] };
}

function toRanges(flaw: JsonObject): readonly string[] {
  return [flaw, ...objectsIn(flaw.ranges)].flatMap((range) => {
    const [from, below] = [toFact(range.atOrAbove), toFact(range.below)];
    const bounds = [from === undefined ? [] : `>=${from}`, below === undefined ? [] : `<${below}`].flat();
    return bounds.length === 0 ? [] : [bounds.join(', ')];
  });
}

/** CVE and GHSA first; numbers of Retire.js's own, of bugs and of other lists only where nothing else is known, with the library's name, since they are of its own tracker. */
function idsOf(packageName: string, identifiers: unknown): readonly AdvisoryId[] {
  if (!isObject(identifiers)) return [];
  const known = [...factsIn(identifiers.CVE), toFact(identifiers.githubID) ?? ''].filter((id) =>
    /^(?:CVE-\d{4}-\d{4,12}|GHSA(?:-[0-9a-z]{4}){3})$/.test(id),
  );
  if (known.length > 0) return [...new Set(known)].map(toAdvisoryId);
  const own = ['retid', 'osvdb', 'issue', 'bug', 'PR', 'release', 'tenable', 'gist', 'blog'].flatMap((kind) => {
    const [first] = [identifiers[kind]].flat();
    const number = toFact(first)?.replaceAll(/\s+/g, '-');
    if (number === undefined) return [];
    return kind === 'retid'
      ? [`RETIRE-${number}`]
      : kind === 'osvdb'
        ? [`OSVDB-${number}`]
        : [`RETIRE-${packageName}-${kind.toLowerCase()}-${number}`];
  });
  return own.slice(0, 1).flatMap((id) => toId(id) ?? []);
}
