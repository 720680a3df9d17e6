import { decideLikeAlibaba } from '../alibaba/decide.ts';
import { isAlibabaRegistry, readAlibabaPolicy } from '../alibaba/read.ts';
import type { PolicyProvider } from '../provider.ts';

/**
 * Alibaba Cloud Container Registry, Enterprise Edition: a delivery chain with a scanning node stops at images whose vulnerabilities reach its rule. It gates what follows the push, not the pull.
 * @see https://www.alibabacloud.com/help/en/acr/user-guide/create-a-delivery-chain
 */
export const provider: PolicyProvider = {
  id: 'acr',
  displayName: 'Alibaba Cloud Container Registry',
  recognises: (registry) => Promise.resolve(isAlibabaRegistry(registry)),
  readPolicy: readAlibabaPolicy,
  decide: decideLikeAlibaba,
};
