import { readOsvFile } from '../osv/file.ts';
import { isCompanyFile } from '../company-files.ts';
import type { AdvisoryFeed } from '../feed.ts';

/**
 * GitHub's advisory database, a file for each advisory in the OSV schema: those that were reviewed name packages, the others only rate a CVE. Severities are GitHub's words, weaknesses CWE ids.
 * @see https://github.com/github/advisory-database
 */
export const feed: AdvisoryFeed = {
  id: 'ghsa',
  source: { name: 'GitHub Security Advisory', url: 'https://github.com/advisories', licence: 'CC-BY-4.0' },
  wants: (name) => /(?:^|\/)GHSA(?:-[0-9a-z]{4}){3}\.json$/.test(name) && !isCompanyFile(name),
  read: (file) => readOsvFile(file),
};
