import type { Cloud } from '../foundation/model/cloud-key.ts';
import type { PolicyDecision } from '../foundation/model/policy.ts';

/** Whose key opens the policies that a provider reads, by the provider's id. */
const cloudOfProvider = new Map<string, Cloud>([
  ['tcr', 'tencent'],
  ['acr', 'alibaba'],
  ['swr', 'huawei'],
  ['xray', 'jfrog'],
  ['binary-authorization', 'google'],
]);

/** Returns the cloud whose key would let a policy be read that could not be; undefined where a key is not what is missing. */
export function cloudAskingForKey({ decision, provider, problems }: PolicyDecision): Cloud | undefined {
  return decision === 'unknown' && problems.some(({ code }) => code === 'permission') ? cloudOfProvider.get(provider) : undefined;
}
