import { decideLikeHarbor } from '../harbor/decide.ts';
import { isHuaweiRegistry, readHuaweiPolicy } from '../huawei/read.ts';
import type { PolicyProvider } from '../provider.ts';

/**
 * Huawei Cloud SWR, Enterprise Edition: a namespace with prevent_vul refuses pulls of images whose worst vulnerability reaches its severity. Its settings are those of Harbor's projects, and are judged as Harbor judges them.
 * @see https://support.huaweicloud.com/intl/en-us/usermanual-swr/
 */
export const provider: PolicyProvider = {
  id: 'swr',
  displayName: 'Huawei Cloud SWR',
  recognises: (registry) => Promise.resolve(isHuaweiRegistry(registry)),
  readPolicy: readHuaweiPolicy,
  decide: decideLikeHarbor,
};
