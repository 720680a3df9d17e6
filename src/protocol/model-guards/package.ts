import type { InstalledPackage } from '../../foundation/model/package.ts';
import { isCount, isFlag, isText, listOf, optional, shape } from '../shape.ts';

export const isPackage = shape<InstalledPackage>({
  purl: isText,
  type: isText,
  name: isText,
  version: isText,
  architecture: optional(isText),
  sourcePackage: optional(shape<NonNullable<InstalledPackage['sourcePackage']>>({ name: isText, version: isText })),
  configOnly: optional(isFlag),
  declaredOnly: optional(isFlag),
  modularityLabel: optional(isText),
  vendor: optional(isText),
  thirdParty: optional(isFlag),
  broughtBy: optional(isText),
  dependencies: optional(listOf(isText)),
  insideArchive: optional(isText),
  licenses: optional(listOf(isText)),
  files: listOf(isText),
  layer: isCount,
});
