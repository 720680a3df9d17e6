import type { AdvisoryId } from '../../foundation/model/brand.ts';

/** Returns where to read on about an id: what the store names (web addresses only), else the publishers' own pages. `sourceId` is a bucket's source: 'debian', 'ghsa' … */
export function referencesOf(id: AdvisoryId, sourceId: string, stored: readonly string[] | undefined): readonly string[] {
  const web = stored?.filter((reference) => WEB_ADDRESS.test(reference));
  return web !== undefined && web.length > 0 ? web : ownPages(id, sourceId);
}

const WEB_ADDRESS = /^https?:\/\/[^\s<>"]+$/;

/** Returns the page that its publisher has for a record, undefined when it has none for each. */
export function recordPage(id: AdvisoryId, sourceId: string): string | undefined {
  return ownPages(id, sourceId).find((page) => !page.startsWith('https://nvd.nist.gov/'));
}

function ownPages(id: AdvisoryId, sourceId: string): readonly string[] {
  const name = encodeURIComponent(id);
  const pages: string[] = [];
  const publisher = publisherPage(id, name, sourceId);
  if (publisher !== undefined) pages.push(publisher);
  if (id.startsWith('CVE-')) pages.push(`https://nvd.nist.gov/vuln/detail/${name}`);
  if (id.startsWith('GHSA-')) pages.push(`https://github.com/advisories/${name}`);
  if (id.startsWith('PYSEC-') || id.startsWith('OSV-') || id.startsWith('RUSTSEC-') || id.startsWith('GO-'))
    pages.push(`https://osv.dev/vulnerability/${name}`);
  return pages;
}

/** A distribution's page of a CVE, or of an erratum of its own. */
function publisherPage(id: AdvisoryId, name: string, sourceId: string): string | undefined {
  const isCve = id.startsWith('CVE-');
  switch (sourceId) {
    case 'debian':
      return `https://security-tracker.debian.org/tracker/${name}`;
    case 'ubuntu':
      return isCve ? `https://ubuntu.com/security/${name}` : undefined;
    case 'alpine':
      return `https://security.alpinelinux.org/vuln/${name}`;
    case 'redhat':
      return isCve ? `https://access.redhat.com/security/cve/${name}` : `https://access.redhat.com/errata/${name}`;
    case 'oracle-oval':
      return isCve ? `https://linux.oracle.com/cve/${name}.html` : undefined;
    case 'suse-cvrf':
      return isCve ? `https://www.suse.com/security/cve/${name}.html` : undefined;
    case 'amazon':
      return isCve ? `https://explore.alas.aws.amazon.com/${name}.html` : undefined;
    case 'arch-linux':
      return `https://security.archlinux.org/${name}`;
    case 'msrc':
      return isCve ? `https://msrc.microsoft.com/update-guide/vulnerability/${name}` : undefined;
    default:
      return undefined;
  }
}
