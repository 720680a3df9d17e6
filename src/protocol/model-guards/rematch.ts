import type { GoneFinding, NewFinding, RematchedImage, RematchResult } from '../../foundation/model/rematch.ts';
import { isSeverity } from '../../foundation/model/severity.ts';
import { isPlatform } from './image.ts';
import { isProblem } from './problem.ts';
import { isAdvisoriesUsed } from './report.ts';
import { isCount, isFlag, isText, listOf, oneOf, optional, shape } from '../shape.ts';

export const isRematchResult = shape<RematchResult>({
  schemaVersion: oneOf(1),
  advisories: isAdvisoriesUsed,
  since: optional(isText),
  images: listOf(
    shape<RematchedImage>({
      reference: optional(isText),
      digest: optional(isText),
      platform: isPlatform,
      scannedAt: isText,
      vulnerabilities: isCount,
      new: listOf(
        shape<NewFinding>({
          id: isText,
          severity: isSeverity,
          title: isText,
          package: shape<NewFinding['package']>({ purl: isText, name: isText, installedVersion: isText, fixedVersion: optional(isText) }),
          kev: optional(isFlag),
          foundAt: isText,
        }),
      ),
      gone: listOf(
        shape<GoneFinding>({
          id: isText,
          package: shape<GoneFinding['package']>({ purl: isText, name: isText, installedVersion: isText }),
          goneAt: isText,
        }),
      ),
      problems: listOf(isProblem),
    }),
  ),
});
