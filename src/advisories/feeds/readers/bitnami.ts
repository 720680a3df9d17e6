import { readOsvFile } from '../osv/file.ts';
import { isCompanyFile } from '../company-files.ts';
import type { AdvisoryFeed } from '../feed.ts';

/** Bitnami's database of the components in its images, a file for each component and flaw in the OSV schema. @see https://github.com/bitnami/vulndb */
export const feed: AdvisoryFeed = {
  id: 'bitnami',
  source: { name: 'Bitnami Vulnerability Database', url: 'https://github.com/bitnami/vulndb', licence: 'Apache-2.0' },
  wants: (name) => /(?:^|\/)BIT-[^/]*\d[^/]*\.json$/.test(name) && !isCompanyFile(name),
  read: (file) => readOsvFile(file),
};
