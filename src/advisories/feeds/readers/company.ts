import { isCompanyFile } from '../company-files.ts';
import { isDeniedList, readDeniedPackages } from '../denied-packages.ts';
import { isObject, readYamlDocument } from '../documents.ts';
import type { AdvisoryFeed } from '../feed.ts';
import { readOsvDocument, readOsvFile } from '../osv/file.ts';

/** The name under which buckets keep what a company says itself: it is believed before everybody else. */
const DATABASE = 'Company Advisories';

/**
 * A company's own files: private advisories in the OSV schema (an id such as x_ACME-2024-1, and any ecosystem that it knows), and lists of packages that are not allowed, each with its reason (see
 * docs/company-advisories.md). They lie in a folder called company, or are called x_*, *.osv.* or denied-packages.*, as JSON, YAML or lines of JSON. Their texts are kept: they are the user's own.
 */
export const feed: AdvisoryFeed = {
  id: 'company',
  source: { name: DATABASE, url: 'https://ossf.github.io/osv-schema/', licence: "the company's own" },
  wants: isCompanyFile,
  *read(file) {
    const options = { database: DATABASE, hasOwnText: true, file: file.name } as const;
    if (file.name.endsWith('.jsonl')) {
      yield* readOsvFile(file, options);
      return;
    }
    const { value, problems } = readYamlDocument(file);
    if (problems.length > 0) yield { value: [], problems };
    else if (isObject(value) && isDeniedList(value)) yield* readDeniedPackages(file.name, value, DATABASE);
    else yield* readOsvDocument(value, options);
  },
};
