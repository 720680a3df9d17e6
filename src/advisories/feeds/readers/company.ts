import type { Parsed } from '../../../foundation/base/result.ts';
import type { AdvisoryRecord } from '../../store/record.ts';
import { isDeniedList, readDeniedPackages } from '../denied-packages.ts';
import { isObject, readYamlDocument } from '../documents.ts';
import type { AdvisoryFeed, FeedFile } from '../feed.ts';
import { readOsvFile } from '../osv/file.ts';

/** The name under which buckets keep what a company says itself: it is believed before everybody else. */
const DATABASE = 'Company Advisories';

/**
 * A company's own files: private advisories in the OSV schema (an id such as x_ACME-2024-1, and any ecosystem that it knows), and lists of packages that are not allowed, each with its reason (see
 * docs/company-advisories.md). They lie in a folder called company, or are called *.osv.json, *.osv.yaml, denied-packages.json or denied-packages.yaml. Their texts are kept: they are the user's own.
 */
export const feed: AdvisoryFeed = {
  id: 'company',
  source: { name: DATABASE, url: 'https://ossf.github.io/osv-schema/', licence: "the company's own" },
  wants: (name) => /(?:^|\/)(?:company\/(?:[^/]+\/)*[^/]+|[^/]+\.osv|denied-packages)\.(?:json|ya?ml)$/.test(name) || /(?:^|\/)company\/(?:[^/]+\/)*[^/]+\.jsonl$/.test(name),
  *read(file) {
    const denied = readDenied(file);
    if (denied === undefined) yield* readOsvFile(file, { database: DATABASE, hasOwnText: true });
    else yield* denied;
  },
};

function readDenied(file: FeedFile): Iterable<Parsed<readonly AdvisoryRecord[]>> | undefined {
  if (file.name.endsWith('.jsonl')) return undefined;
  const { value } = readYamlDocument(file);
  return isObject(value) && isDeniedList(value) ? readDeniedPackages(file.name, value, DATABASE) : undefined;
}
