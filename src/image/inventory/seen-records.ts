import type { AnalyzedPackage } from './analyzer.ts';
import type { FileRecords } from '../layers/inspection.ts';

/** One file's records and the layer whose copy of it they are of. */
export interface Copy {
  readonly layer: number;
  readonly records: FileRecords;
}

/** Returns `copies`, bottom layer first, without what is told of twice: a program under further names of the same file, and what layers above took away from, or wrote anew into, a database that they add to. */
export function withoutRepeats(copies: readonly Copy[]): readonly Copy[] {
  return withoutRemoved(withoutFurtherNames(copies));
}

/** A hard link counts where the file's first name is gone, deleted by a layer above; of several such links one. */
function withoutFurtherNames(copies: readonly Copy[]): readonly Copy[] {
  const named = new Set<string>();
  const key = ({ layer, records }: Copy): string => `${records.analyzer.id}\n${layer}\n${records.sameFileAs ?? records.path}`;
  for (const copy of copies) if (copy.records.sameFileAs === undefined) named.add(key(copy));
  return copies.filter((copy) => {
    if (copy.records.sameFileAs === undefined) return true;
    const isFurther = named.has(key(copy));
    named.add(key(copy));
    return !isFurther;
  });
}

function withoutRemoved(copies: readonly Copy[]): readonly Copy[] {
  if (!copies.some(({ records }) => records.analyzer.scope === 'addition')) return copies;
  const gone = new Set<string>();
  const kept = new Map<Copy, Copy>();
  const downwards = copies.filter(({ records }) => records.analyzer.isUnique === true).toSorted((a, b) => b.layer - a.layer);
  for (const copy of downwards) {
    const { records } = copy;
    kept.set(copy, { ...copy, records: { ...records, packages: records.packages.filter((record) => !isGone(record, gone)) } });
    for (const place of records.removes ?? []) gone.add(place.toLowerCase());
    for (const { insideArchive } of records.packages) if (insideArchive !== undefined) gone.add(insideArchive.toLowerCase());
  }
  return copies.map((copy) => kept.get(copy) ?? copy);
}

function isGone({ insideArchive = '' }: AnalyzedPackage, gone: ReadonlySet<string>): boolean {
  const place = insideArchive.toLowerCase();
  for (let end = place.length; end > 0; end = place.lastIndexOf('\\', end - 1)) if (gone.has(place.slice(0, end))) return true;
  return false;
}
