import { readOsvFile } from '../osv/file.ts';
import { isCompanyFile } from '../company-files.ts';
import type { AdvisoryFeed } from '../feed.ts';

/** The Python Packaging Authority's database, a file for each advisory in the OSV schema. @see https://github.com/pypa/advisory-database */
export const feed: AdvisoryFeed = {
  id: 'pypa',
  source: { name: 'PyPA Advisory Database', url: 'https://github.com/pypa/advisory-database', licence: 'CC-BY-4.0' },
  wants: (name) => /(?:^|\/)PYSEC-[^/]*\.(?:json|ya?ml)$/.test(name) && !isCompanyFile(name),
  read: (file) => readOsvFile(file),
};
