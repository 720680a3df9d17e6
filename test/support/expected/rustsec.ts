import { satisfies } from 'semver';
import { parse } from 'smol-toml';
import type { ExpectedAdvisory, PublishedFile } from './advisory.ts';
import { versionsIn } from './orders.ts';

interface RustSecDocument {
  readonly advisory: {
    readonly id: string;
    readonly package: string;
    readonly aliases?: readonly string[];
    readonly informational?: string;
    readonly withdrawn?: unknown;
  };
  readonly versions?: { readonly patched?: readonly string[]; readonly unaffected?: readonly string[] };
  readonly affected?: { readonly os?: readonly string[] };
}

/** Returns what a file of RustSec says, undefined when it is none of a flaw. Cargo's requirements and npm's mean the same for releases with an operator. */
export function readRustSec({ text }: PublishedFile): ExpectedAdvisory | undefined {
  const { advisory, versions, affected } = parse(text.split('```')[1]?.replace(/^toml/, '') ?? '') as unknown as RustSecDocument;
  if (advisory.withdrawn !== undefined || (advisory.informational !== undefined && advisory.informational !== 'unsound')) return undefined;
  const clear = [...(versions?.patched ?? []), ...(versions?.unaffected ?? [])];
  const cves = (advisory.aliases ?? []).filter((id) => id.startsWith('CVE-'));
  const isElsewhere = affected?.os !== undefined && !affected.os.includes('linux');
  return {
    packageName: advisory.package,
    ids: cves.length > 0 ? cves : [advisory.id],
    affects: (version) => !isElsewhere && !clear.some((requirement) => satisfies(version, requirement.replaceAll(',', ' '))),
    versions: clear.flatMap(versionsIn),
  };
}
