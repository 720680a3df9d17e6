import { readOsvFile } from '../osv/file.ts';
import { isCompanyFile } from '../company-files.ts';
import type { AdvisoryFeed } from '../feed.ts';

/**
 * Advisories in the OSV schema as osv.dev gives them out and as distributions publish them, of every ecosystem that the schema names. Files are named after their records; GitHub's, PyPA's, Go's and
 * Bitnami's have feeds of their own. Files of other names are read from folders called osv, and as `osv*.jsonl` with a record on each line.
 * @see https://ossf.github.io/osv-schema/
 */
export const feed: AdvisoryFeed = {
  id: 'osv',
  source: { name: 'Open Source Vulnerability', url: 'https://osv.dev/', licence: "each database's own; facts only" },
  wants: (name) =>
    (OWN_NAME.test(name) || (IN_FOLDER.test(name) && !OTHERS.test(name)) || /(?:^|\/)osv[^/]*\.jsonl$/.test(name)) && !isCompanyFile(name),
  read: (file) => readOsvFile(file),
};

const OWN_NAME =
  /(?:^|\/)(?:AL[SBE]A|ALPINE|ASB|AZL|BELL|CGA|CLEANSTART|CLSA|CURL|DEBIAN|DHI|DRUPAL|DSA|DLA|DTSA|ECHO|EEF|ELA|FreeBSD|GSD|HSEC|JLSEC|KUBE|LBSEC|LSN|MAL|MGASA|MINI|OESA|OSEC|OSV|PHSA|PSF|PUB|RH[SBE]A|RL[SBE]A|ROOT|RSEC|RUSTSEC|RXSA|(?:open)?SUSE-[SRFO]U|UBUNTU|USN|V8)-[^/]*\.(?:json|ya?ml)$/;
const IN_FOLDER = /(?:^|\/)osv\/(?:[^/]+\/)*[A-Za-z_]+-[^/]*\d[^/]*\.json$/;
const OTHERS = /(?:^|\/)(?:GHSA|GO|BIT)-[^/]*$/;
