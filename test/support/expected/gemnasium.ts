import { parse } from 'yaml';
import type { ExpectedAdvisory, PublishedFile } from './advisory.ts';
import { versionsIn } from './orders.ts';

interface GemnasiumDocument {
  readonly identifier: string;
  readonly identifiers?: readonly string[];
  readonly package_slug: string;
  readonly affected_range: string;
  readonly fixed_versions?: readonly (string | number)[];
}

/** Returns what a file of GitLab's advisory database says; `isIn` evaluates its range, whose syntax is the ecosystem's own. An empty one stands beside the words "All versions". A version that it names as fixed is fixed, whatever the range. */
export function readGemnasium({ text }: PublishedFile, isIn: (version: string, range: string) => boolean): ExpectedAdvisory {
  const document = parse(text) as GemnasiumDocument;
  const named = [document.identifier, ...(document.identifiers ?? [])];
  const cves = [...new Set(named.filter((id) => id.startsWith('CVE-')))];
  const fixed = (document.fixed_versions ?? []).map(String);
  return {
    packageName: document.package_slug.slice(document.package_slug.indexOf('/') + 1),
    ids: cves.length > 0 ? cves.slice(0, 1) : [document.identifier],
    affects: (version) => !fixed.includes(version) && (document.affected_range === '' || isIn(version, document.affected_range)),
    versions: [...versionsIn(document.affected_range), ...fixed],
  };
}
