import { toImagePath } from '../../foundation/model/brand.ts';
import type { FileRecords } from '../layers/inspection.ts';
import type { SquashedTree } from '../layers/squash.ts';
import type { AnalyzedPackage } from './analyzer.ts';

/** Returns who tells the licences of a package of dpkg: they stand in a file of its documentation, whose folder may be a link to that of another package. */
export function debLicenses(visible: readonly FileRecords[], tree: SquashedTree): (record: AnalyzedPackage) => readonly string[] | undefined {
  const byPath = new Map(visible.flatMap(({ path, licenses }) => (licenses === undefined ? [] : [[path, licenses] as const])));
  return ({ type, name, licenses }) => {
    if (type !== 'deb' || licenses !== undefined || byPath.size === 0) return undefined;
    const path = toImagePath(`usr/share/doc/${name}/copyright`);
    const found = path === undefined ? undefined : tree.resolve(path);
    return found === undefined ? undefined : byPath.get(found);
  };
}
