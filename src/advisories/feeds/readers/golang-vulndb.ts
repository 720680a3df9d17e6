import { readOsvFile } from '../osv/file.ts';
import { isCompanyFile } from '../company-files.ts';
import type { AdvisoryFeed } from '../feed.ts';

/**
 * Go's own database, a file for each advisory in the OSV schema. The standard library is the package `stdlib`, the go command and the compiler `toolchain`; of each are named the functions that hold the
 * flaw and the operating systems it is limited to.
 * @see https://go.dev/doc/security/vuln/database
 */
export const feed: AdvisoryFeed = {
  id: 'golang-vulndb',
  source: { name: 'The Go Vulnerability Database', url: 'https://pkg.go.dev/vuln/', licence: 'CC-BY-4.0' },
  wants: (name) => /(?:^|\/)GO-\d{4}-\d+\.json$/.test(name) && !isCompanyFile(name),
  read: (file) => readOsvFile(file),
};
