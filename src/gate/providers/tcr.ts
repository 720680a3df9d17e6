import { decideLikeTencent } from '../tencent/decide.ts';
import { isTencentRegistry, readTencentPolicy } from '../tencent/read.ts';
import type { PolicyProvider } from '../provider.ts';

/**
 * Tencent Container Registry: a namespace of the Enterprise Edition with PreventVUL refuses pulls of images with vulnerabilities of its level. The policy is told by Tencent Cloud's API, to an API key.
 * @see https://www.tencentcloud.com/document/product/1051
 */
export const provider: PolicyProvider = {
  id: 'tcr',
  displayName: 'Tencent Container Registry',
  recognises: (registry) => Promise.resolve(isTencentRegistry(registry)),
  readPolicy: readTencentPolicy,
  decide: decideLikeTencent,
};
