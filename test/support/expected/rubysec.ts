import { parse } from 'yaml';
import type { ExpectedAdvisory, PublishedFile } from './advisory.ts';
import { fulfilsGem, versionsIn } from './orders.ts';

interface RubySecDocument {
  readonly gem: string;
  readonly cve?: string;
  readonly ghsa?: string;
  readonly description?: string;
  readonly related?: { readonly cve?: readonly string[] };
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
    ids: idsOf(document),
    affects: (version) => !clear.some((requirement) => fulfilsGem(version, requirement)),
    versions: clear.flatMap(versionsIn),
  };
}

/** The CVEs beside its own count where it has none, or where they are in one list with it: in the field, or as lines of the text. */
function idsOf({ cve, ghsa, description = '', related }: RubySecDocument): readonly string[] {
  const others = (related?.cve ?? []).map((number) => `CVE-${number}`);
  if (cve === undefined) return others.length > 0 ? others : [`GHSA-${ghsa ?? ''}`];
  const own = `CVE-${cve}`;
  const isListed = (id: string): boolean => new RegExp(`^\\s*${id}\\s*$`, 'm').test(description);
  return others.includes(own) ? others : [own, ...others.filter((id) => isListed(own) && isListed(id))];
}
