import type { ImagePath, Purl } from '../../src/foundation/model/brand.ts';
import type { Remediation } from '../../src/foundation/model/finding.ts';
import type { Distro } from '../../src/foundation/model/image.ts';
import type { InstalledPackage, PackageType } from '../../src/foundation/model/package.ts';
import { remediationsFor } from '../../src/remedy/commands.ts';

export interface PackageFacts {
  readonly type: PackageType;
  readonly name: string;
  readonly version?: string;
  readonly fixed: string;
  readonly path?: string;
  /** It is then known from its lock file alone. */
  readonly lockFile?: string;
  readonly inside?: string;
  readonly source?: readonly [name: string, version: string];
  readonly module?: string;
  readonly distro?: readonly [id: string, versionId: string, ...idLike: readonly string[]];
}

/** Returns what is said to put a package right that has a fix. */
export function remediesOf(facts: PackageFacts): readonly Remediation[] {
  return remediationsFor({
    package: toPackage(facts),
    fixedVersion: facts.fixed,
    status: 'fixed',
    ...(facts.distro !== undefined && { distro: toDistro(facts.distro) }),
  });
}

/** Returns the commands among them. */
export function commandsOf(facts: PackageFacts): readonly string[] {
  return remediesOf(facts).flatMap(({ kind, text }) => (kind === 'command' ? [text] : []));
}

/** Returns all that a person reads: commands, what they do, and prose. */
export function wordsOf(facts: PackageFacts): string {
  return remediesOf(facts)
    .map(({ text, description }) => `${text}\n${description ?? ''}`)
    .join('\n');
}

function toPackage({ type, name, version = '1.0', path = 'db', lockFile, inside, source, module }: PackageFacts): InstalledPackage {
  return {
    purl: `pkg:${type}/${name}@${version}` as Purl,
    type,
    name,
    version,
    files: [(lockFile ?? path) as ImagePath],
    layer: 0,
    ...(lockFile !== undefined && { declaredOnly: true as const }),
    ...(inside !== undefined && { insideArchive: inside }),
    ...(source !== undefined && { sourcePackage: { name: source[0], version: source[1] } }),
    ...(module !== undefined && { modularityLabel: module }),
  };
}

function toDistro([id, versionId, ...idLike]: NonNullable<PackageFacts['distro']>): Distro {
  return { id, versionId, idLike };
}
