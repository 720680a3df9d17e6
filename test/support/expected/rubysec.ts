import { parse } from 'yaml';
import type { ExpectedAdvisory, PublishedFile } from './advisory.ts';
import { fulfilsGem, versionsIn } from './orders.ts';

interface RubySecDocument {
  readonly gem: string;
  readonly cve?: string;
  readonly ghsa?: string;
  readonly patched_versions?: readonly string[];
  readonly unaffected_versions?: readonly string[];
}

/** Returns what a file of the Ruby Advisory Database says: every version is affected that neither list clears. Undefined for one without a CVE or GHSA of its own. */
export function readRubySec({ text }: PublishedFile): ExpectedAdvisory | undefined {
  const document = parse(text) as RubySecDocument;
  if (document.cve === undefined && document.ghsa === undefined) return undefined;
  const clear = [...(document.patched_versions ?? []), ...(document.unaffected_versions ?? [])];
  return {
    packageName: document.gem,
    ids: [document.cve === undefined ? `GHSA-${document.ghsa ?? ''}` : `CVE-${document.cve}`],
    affects: (version) => !clear.some((requirement) => fulfilsGem(version, requirement)),
    versions: clear.flatMap(versionsIn),
  };
}
