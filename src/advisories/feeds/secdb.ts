import type { Parsed } from '../../foundation/base/result.ts';
import { toAdvisoryId } from '../../foundation/model/brand.ts';
import type { AdvisoryRecord } from '../store/record.ts';
import { isObject, objectsIn, readJsonDocument, textOf, textsIn, unreadable } from './documents.ts';
import type { JsonObject } from './documents.ts';
import type { FeedFile } from './feed.ts';

/**
 * Yields the fixes of a security database in Alpine's format, `{ packages: [{ pkg: { name, secfixes: { "1.2-r0": ["CVE-…"] } } }] }`, in the bucket that `bucketOf` finds for the
 * document. Packages are origins. Version '0' says that the flaw never was in the package; such records are kept, so that no other record of the flaw counts.
 */
export function* readSecdb(
  file: FeedFile,
  bucketOf: (document: JsonObject) => string | undefined,
  whatIsMissing: string,
): Generator<Parsed<readonly AdvisoryRecord[]>> {
  const { value, problems } = readJsonDocument(file);
  if (problems.length > 0) yield { value: [], problems };
  const bucket = isObject(value) ? bucketOf(value) : undefined;
  if (!isObject(value) || bucket === undefined) {
    if (problems.length === 0) yield unreadable(file, whatIsMissing);
    return;
  }
  for (const { pkg } of objectsIn(value.packages)) {
    const name = isObject(pkg) ? textOf(pkg.name) : undefined;
    if (!isObject(pkg) || name === undefined) {
      yield unreadable(file, 'a package without a name');
      continue;
    }
    const fixes = isObject(pkg.secfixes) ? Object.entries(pkg.secfixes) : [];
    yield { value: fixes.flatMap(([fixedVersion, ids]) => toRecords(bucket, name, fixedVersion, textsIn(ids))), problems: [] };
  }
}

function toRecords(bucket: string, packageName: string, fixedVersion: string, lines: readonly string[]): AdvisoryRecord[] {
  return lines.flatMap((line) => {
    const id = chooseId(line);
    return id === undefined ? [] : [{ kind: 'affected', bucket, packageName, id: toAdvisoryId(id), advisory: { fixedVersion } }];
  });
}

/** A line may hold several names of one flaw ('CVE-2024-22195 GHSA-h5c8-rqwp-cp95') or a remark behind it; XSA and vendors' own ids stand alone. */
function chooseId(line: string): string | undefined {
  const words = line
    .replaceAll('CVE_', 'CVE-')
    .split(/\s+/)
    .filter((word) => /^[A-Z][A-Z0-9]*-[A-Za-z0-9-]*\d[A-Za-z0-9-]*$/.test(word));
  return words.find((word) => word.startsWith('CVE-')) ?? words.find((word) => word.startsWith('GHSA-')) ?? words[0];
}
