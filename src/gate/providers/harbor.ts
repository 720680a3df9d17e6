import { decideLikeHarbor } from '../harbor/decide.ts';
import { readHarborPolicy } from '../harbor/read.ts';
import { isHarbor } from '../harbor/recognise.ts';
import { readHarborReport } from '../harbor/report.ts';
import type { PolicyProvider } from '../provider.ts';

/**
 * Harbor 2: a project with prevent_vul refuses pulls of images whose worst vulnerability reaches its severity, and of images that were not scanned.
 * @see https://goharbor.io/docs/main/working-with-projects/project-configuration/
 */
export const provider: PolicyProvider = {
  id: 'harbor',
  displayName: 'Harbor',
  recognises: isHarbor,
  readPolicy: readHarborPolicy,
  decide: decideLikeHarbor,
  readReport: readHarborReport,
};
