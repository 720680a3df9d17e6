import type { AdvisoryId } from '../../foundation/model/brand.ts';

/** Returns where to read on about an id: what the store names (web addresses only), else the publishers' own pages. `sourceId` is a bucket's source: 'debian', 'ghsa' … */
export function referencesOf(id: AdvisoryId, sourceId: string, stored: readonly string[] | undefined): readonly string[] {
  const web = (stored ?? []).filter((reference) => /^https?:\/\/[^\s<>"]+$/.test(reference));
  return web.length > 0 ? web : ownPages(id, sourceId);
}

function ownPages(id: AdvisoryId, sourceId: string): readonly string[] {
  const name = encodeURIComponent(id);
  const pages: string[] = [];
  if (sourceId === 'debian') pages.push(`https://security-tracker.debian.org/tracker/${name}`);
  if (sourceId === 'ubuntu' && id.startsWith('CVE-')) pages.push(`https://ubuntu.com/security/${name}`);
  if (sourceId === 'alpine') pages.push(`https://security.alpinelinux.org/vuln/${name}`);
  if (id.startsWith('CVE-')) pages.push(`https://nvd.nist.gov/vuln/detail/${name}`);
  if (id.startsWith('GHSA-')) pages.push(`https://github.com/advisories/${name}`);
  if (id.startsWith('PYSEC-') || id.startsWith('OSV-')) pages.push(`https://osv.dev/vulnerability/${name}`);
  return pages;
}
