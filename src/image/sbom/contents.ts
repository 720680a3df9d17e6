import type { Parsed, ParseProblem } from '../../foundation/base/result.ts';
import { normalisePythonName } from '../../foundation/formats/python-metadata.ts';
import type { DiffId, Digest, ImagePath } from '../../foundation/model/brand.ts';
import type { Distro } from '../../foundation/model/image.ts';
import type { InstalledPackage } from '../../foundation/model/package.ts';
import { factsOfPurl } from './from-purl.ts';

/** What a bill of materials says of an image. */
export interface SbomContents {
  readonly name?: string;
  readonly digest?: Digest;
  readonly os?: string;
  readonly architecture?: string;
  readonly distro?: Distro;
  /** Bottom first; empty when it does not tell. */
  readonly diffIds: readonly DiffId[];
  readonly packages: readonly InstalledPackage[];
}

/** One package as a bill of materials lists it, its package URL still a text. */
export interface ListedPackage {
  readonly purl: string | undefined;
  readonly label: string;
  /** As its package manager writes it; a package URL of Python has it in lower case. */
  readonly name?: string;
  readonly licenses?: readonly string[];
  readonly paths?: readonly ImagePath[];
  /** Index of the layer. */
  readonly layer?: number;
  readonly sourcePackage?: { readonly name: string; readonly version: string };
}

/** Most package names that a problem lists. */
const NAMED = 3;

/** Returns the packages of `listed` that can be told apart by a package URL, and the distribution that these URLs name when `distro` is not known otherwise. */
export function toPackages(
  listed: readonly ListedPackage[],
  distro: Distro | undefined,
): Parsed<{ readonly packages: readonly InstalledPackage[]; readonly distro?: Distro }> {
  const packages: InstalledPackage[] = [];
  const unknown: string[] = [];
  const named = new Map<string, number>();
  for (const { purl, label, name, licenses, paths = [], layer = 0, sourcePackage } of listed) {
    const facts = purl === undefined ? undefined : factsOfPurl(purl);
    if (facts === undefined) {
      unknown.push(label);
      continue;
    }
    if (facts.distro !== undefined) named.set(facts.distro, (named.get(facts.distro) ?? 0) + 1);
    const source = sourcePackage ?? facts.package.sourcePackage;
    packages.push({
      ...facts.package,
      ...(name !== undefined && facts.package.type === 'pypi' && normalisePythonName(name) === facts.package.name && { name }),
      ...(source !== undefined && { sourcePackage: source }),
      ...(licenses !== undefined && licenses.length > 0 && { licenses }),
      files: paths,
      layer,
    });
  }
  const [mostNamed] = [...named].toSorted((a, b) => b[1] - a[1]);
  const found = distro ?? (mostNamed === undefined ? undefined : toDistro(mostNamed[0]));
  return { value: { packages, ...(found !== undefined && { distro: found }) }, problems: describeUnknown(unknown) };
}

/** `debian-12`, `alpine-3.20.3`, `opensuse-leap-15.5`: the version is what follows the last hyphen. */
function toDistro(text: string): Distro | undefined {
  const [, id, versionId] = /^([a-z][a-z0-9._-]{0,60}?)-(\d[\w.]{0,40})$/.exec(text) ?? [];
  return id === undefined || versionId === undefined ? undefined : { id, versionId, idLike: [] };
}

/** What no package URL names cannot be looked up: that is told, because it is not checked. */
function describeUnknown(labels: readonly string[]): readonly ParseProblem[] {
  if (labels.length === 0) return [];
  const some = labels.slice(0, NAMED).join(', ');
  const more = labels.length > NAMED ? ' …' : '';
  const count = labels.length === 1 ? '1 component has' : `${labels.length} components have`;
  return [{ message: `${count} no package URL with a version and of a type that is known, and cannot be checked: ${some}${more}` }];
}
