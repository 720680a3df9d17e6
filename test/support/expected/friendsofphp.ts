import { parse } from 'yaml';
import type { ExpectedAdvisory, PublishedFile } from './advisory.ts';
import { isInBounds, versionsIn } from './orders.ts';

interface PhpDocument {
  readonly cve?: string;
  readonly reference: string;
  readonly branches: Readonly<Record<string, { readonly versions: readonly string[] }>>;
}

/** Returns what a file of FriendsOfPHP says: the constraints of a branch all hold for a version that is affected. Undefined for one without a CVE. */
export function readFriendsOfPhp({ text }: PublishedFile): ExpectedAdvisory | undefined {
  const document = parse(text) as PhpDocument;
  if (!document.cve?.startsWith('CVE-')) return undefined;
  const branches = Object.values(document.branches).map(({ versions }) => versions.join(' '));
  return {
    packageName: document.reference.replace('composer://', ''),
    ids: [document.cve],
    affects: (version) => branches.some((branch) => isInBounds(version, branch)),
    versions: branches.flatMap(versionsIn),
  };
}
