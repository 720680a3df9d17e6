import type { AdvisoryId } from '../../../foundation/model/brand.ts';
import type { AdvisoryRecord, StoredAdvisory } from '../../store/record.ts';
import { schemeOfBucket } from '../../versions/scheme-of-bucket.ts';
import type { JsonObject } from '../documents.ts';
import { isObject, objectsIn, textOf } from '../documents.ts';
import { factsIn, toFact } from '../facts.ts';
import { fixedVersionsOf, lastKnownOf, readVersions, toVulnerableVersions } from './ranges.ts';

/** What is affected of a language's package, and what of it could not be read. */
export interface ReadAffected {
  readonly records: readonly AdvisoryRecord[];
  readonly problems: readonly string[];
}

/** Returns what one `affected` says of a package of a language, under each of `ids`. */
export function toLanguageRecords(
  bucket: string,
  packageName: string,
  ids: readonly AdvisoryId[],
  vendorIds: readonly AdvisoryId[],
  affected: JsonObject,
): ReadAffected {
  const scheme = schemeOfBucket(bucket);
  if (scheme === undefined) return { records: [], problems: [] };
  const found = readVersions(affected);
  const vulnerableVersions = toVulnerableVersions(scheme, found, lastKnownOf(affected));
  if (vulnerableVersions.length === 0) {
    // Only commits are named, or nothing at all: no package can be told by it.
    const problems = objectsIn(affected.ranges).length > 0 ? found.problems : [...found.problems, 'no version is named'];
    return { records: [], problems };
  }
  const patchedVersions = fixedVersionsOf(scheme, found, vulnerableVersions);
  const advisory: StoredAdvisory = {
    vulnerableVersions,
    ...(patchedVersions.length > 0 && { patchedVersions }),
    ...(vendorIds.length > 0 && { vendorIds }),
    ...toLimits(affected.ecosystem_specific),
  };
  return { records: ids.map((id) => ({ kind: 'affected', bucket, packageName, id, advisory })), problems: found.problems };
}

/** Where the flaw is: Go names packages with their functions and systems, Rust the functions and systems of the crate. */
function toLimits(specific: unknown): Pick<StoredAdvisory, 'operatingSystems' | 'symbols'> {
  if (!isObject(specific)) return {};
  const imports = objectsIn(specific.imports);
  const affects = isObject(specific.affects) ? specific.affects : {};
  const symbols = imports.flatMap((part) => factsIn(part.symbols).map((symbol) => `${toFact(part.path) ?? ''}.${symbol}`));
  const everySystem = imports.some((part) => factsIn(part.goos).length === 0);
  const systems = [...(everySystem ? [] : imports.flatMap((part) => factsIn(part.goos))), ...factsIn(affects.os)];
  return {
    ...listOf('operatingSystems', systems),
    ...listOf('symbols', [...symbols, ...factsIn(affects.functions), ...factsIn(specific.affected_functions)]),
  };
}

function listOf<Name extends string>(name: Name, items: readonly string[]): Partial<Record<Name, readonly string[]>> {
  return items.length === 0 ? {} : ({ [name]: [...new Set(items)].sort() } as unknown as Partial<Record<Name, readonly string[]>>);
}

/** Returns the name of an `affected` package, undefined when it has none. */
export function packageNameOf(affected: JsonObject): string | undefined {
  return isObject(affected.package) ? toFact(textOf(affected.package.name)) : undefined;
}
