import { compareText } from '../../foundation/base/order.ts';
import type { Parsed, ParseProblem } from '../../foundation/base/result.ts';
import type { PackagePlace } from '../../foundation/formats/package-place.ts';
import { normalisePythonName } from '../../foundation/formats/python-metadata.ts';
import type { DiffId, Digest, ImagePath } from '../../foundation/model/brand.ts';
import type { Distro } from '../../foundation/model/image.ts';
import { isSystemType, type InstalledPackage } from '../../foundation/model/package.ts';
import { factsOfPurl, joinNamespace, type PurlFacts } from './from-purl.ts';

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
  /** What the document's relations name it by. */
  readonly ref?: string;
  readonly purl: string | undefined;
  readonly label: string;
  /** As its package manager writes it; package URLs of some types have it in lower case. */
  readonly name?: string;
  /** What comes before the name, where it is apart. */
  readonly group?: string;
  readonly vendor?: string;
  readonly modularityLabel?: string;
  readonly thirdParty?: true;
  readonly licenses?: readonly string[];
  /** Where it lies, each place for itself, as our own bills say. */
  readonly places?: readonly ListedPlace[];
  /** The files that tell of it, and the index of the layer, as others say. */
  readonly paths?: readonly ImagePath[];
  readonly layer?: number;
  readonly sourcePackage?: { readonly name: string; readonly version: string };
}

/** One place of a package, with every file that tells of it there. */
export interface ListedPlace extends Omit<PackagePlace, 'path'> {
  readonly paths: readonly ImagePath[];
}

/** For each reference, those of what it needs. */
export type ListedNeeds = ReadonlyMap<string, readonly string[]>;

/** Most package names that a problem lists. */
const NAMED = 3;

/** Returns the packages of `listed` that can be told apart by a package URL, and the distribution that these URLs name when `distro` is not known otherwise. */
export function toPackages(
  listed: readonly ListedPackage[],
  needs: ListedNeeds,
  distro: Distro | undefined,
): Parsed<{ readonly packages: readonly InstalledPackage[]; readonly distro?: Distro }> {
  const known: (readonly [entry: ListedPackage, facts: PurlFacts['package']])[] = [];
  const unknown: string[] = [];
  const named = new Map<string, number>();
  const names = new Map<string, string>();
  for (const entry of listed) {
    const facts = entry.purl === undefined ? undefined : factsOfPurl(entry.purl);
    if (facts === undefined) {
      unknown.push(entry.label);
      continue;
    }
    // An imported key, which rpm lists among its packages.
    if (facts.package.type === 'rpm' && facts.package.name === 'gpg-pubkey') continue;
    if (facts.distro !== undefined) named.set(facts.distro, (named.get(facts.distro) ?? 0) + 1);
    const name = spellName(entry, facts.package);
    if (entry.ref !== undefined) names.set(entry.ref, name);
    known.push([entry, { ...facts.package, name }]);
  }
  const packages = known.flatMap(([entry, facts]) => {
    const dependencies = entry.ref === undefined ? [] : listNames(needs.get(entry.ref) ?? [], names, facts.name);
    return toInstalled(entry, facts, dependencies);
  });
  const [mostNamed] = [...named].toSorted((a, b) => b[1] - a[1]);
  const found = distro ?? (mostNamed === undefined ? undefined : toDistro(mostNamed[0]));
  return { value: { packages, ...(found !== undefined && { distro: found }) }, problems: describeUnknown(unknown) };
}

/** A package of a distribution is one, wherever it is told of; a library that lies in two places is two. */
function toInstalled(entry: ListedPackage, facts: PurlFacts['package'], dependencies: readonly string[]): readonly InstalledPackage[] {
  const { licenses, vendor, modularityLabel, thirdParty, places = [], paths = [], layer = 0 } = entry;
  const { sourcePackage: ownSource, ...rest } = facts;
  const sourcePackage = entry.sourcePackage ?? ownSource;
  const common = {
    ...rest,
    ...(sourcePackage !== undefined && !isItself(sourcePackage, facts) && { sourcePackage }),
    ...(facts.type === 'rpm' && vendor !== undefined && { vendor }),
    ...(modularityLabel !== undefined && { modularityLabel }),
    ...(thirdParty === true && isSystemType(facts.type) && { thirdParty }),
    ...(licenses !== undefined && licenses.length > 0 && { licenses }),
    ...(dependencies.length > 0 && { dependencies }),
  };
  const [first] = places;
  if (first === undefined) return [{ ...common, files: paths, layer }];
  const distinct = isSystemType(facts.type) ? [{ ...first, paths: places.flatMap((place) => place.paths) }] : places;
  return distinct.map(({ paths: files, ...place }) => ({ ...common, ...place, files }));
}

/** True for a source package that equals the package: Trivy names one for each. That of rpm may be without the epoch. */
function isItself({ name, version }: NonNullable<InstalledPackage['sourcePackage']>, own: PurlFacts['package']): boolean {
  return name === own.name && (version === own.version || (own.type === 'rpm' && own.version.endsWith(`:${version}`)));
}

/** Takes the document's spelling for the URL's where that differs in what its type does not keep. */
function spellName({ name, group }: ListedPackage, facts: PurlFacts['package']): string {
  if (name === undefined) return facts.name;
  const normalise = facts.type === 'pypi' ? normalisePythonName : (text: string) => text.toLowerCase();
  const wanted = normalise(facts.name);
  const whole = group === undefined ? name : joinNamespace(facts.type, group, name);
  return [whole, name].find((candidate) => normalise(candidate) === wanted) ?? facts.name;
}

function listNames(refs: readonly string[], names: ReadonlyMap<string, string>, own: string): readonly string[] {
  return [...new Set(refs.flatMap((ref) => names.get(ref) ?? []))].filter((name) => name !== own).sort(compareText);
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
