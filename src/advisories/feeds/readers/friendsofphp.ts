import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { Parsed } from '../../../foundation/base/result.ts';
import type { AdvisoryRecord } from '../../store/record.ts';
import type { JsonObject } from '../documents.ts';
import { isObject, readYamlDocument, textOf, unreadable } from '../documents.ts';
import { factsIn, toDate, toId } from '../facts.ts';
import { isCompanyFile } from '../company-files.ts';
import type { AdvisoryFeed, FeedFile } from '../feed.ts';

/**
 * The PHP community's database: a YAML file for each advisory under <vendor>/<package>/, with a `reference` (composer://vendor/package) and, for each branch, constraints that all hold for an affected
 * version. One without a CVE is named after its file.
 * @see https://github.com/FriendsOfPHP/security-advisories
 */
export const feed: AdvisoryFeed = {
  id: 'friendsofphp',
  source: { name: 'PHP Security Advisories Database', url: 'https://github.com/FriendsOfPHP/security-advisories', licence: 'Unlicense' },
  wants: (name) => /(?:^|\/)\w[\w.-]*\/\w[\w.-]*\/(?:CVE-|GHSA-|[A-Z]{2}-?\d|\d)[\w.-]*\.yaml$/.test(name) && !isCompanyFile(name),
  *read(file) {
    const { value, problems } = readYamlDocument(file);
    if (problems.length > 0) yield { value: [], problems };
    else yield isObject(value) ? readAdvisory(file, value) : unreadable(file, 'no advisory');
  },
};

function readAdvisory(file: FeedFile, advisory: JsonObject): Parsed<readonly AdvisoryRecord[]> {
  const packageName = /^composer:\/\/([\w.-]+\/[\w.-]+)$/.exec(textOf(advisory.reference)?.trim() ?? '')?.[1]?.toLowerCase();
  const branches = isObject(advisory.branches) ? Object.values(advisory.branches).filter(isObject) : [];
  const id = idOf(file, advisory);
  if (packageName === undefined || id === undefined) return unreadable(file, 'no package or id of an advisory');
  const vulnerableVersions = branches.flatMap((branch) => {
    const constraints = factsIn(branch.versions);
    return constraints.length === 0 ? [] : [constraints.join(', ')];
  });
  if (vulnerableVersions.length === 0) return unreadable(file, `${id}: no branch says which versions are affected`);
  const publishedAt = branches.flatMap((branch) => toDate(branch.time) ?? []).sort()[0];
  return {
    value: [
      { kind: 'affected', bucket: `composer::${feed.source.name}`, packageName, id, advisory: { vulnerableVersions } },
      { kind: 'vulnerability', id, detail: publishedAt === undefined ? {} : { publishedAt } },
    ],
    problems: [],
  };
}

/** A file that is named by the day says nothing without its package: 2015-11-05 becomes cakephp/cakephp/2015-11-05. */
function idOf(file: FeedFile, advisory: JsonObject): ReturnType<typeof toId> {
  const cve = toId(advisory.cve);
  if (cve?.startsWith('CVE-') === true) return cve;
  const [, vendor = '', name = '', base = ''] = /([^/]+)\/([^/]+)\/([^/]+)\.yaml$/.exec(file.name) ?? [];
  const own = /^(?:CVE-\d+-\d+|GHSA(?:-[0-9a-z]{4}){3})/.exec(base)?.[0];
  return own === undefined ? toId(`${vendor}/${name}/${base}`) : toAdvisoryId(own);
}
