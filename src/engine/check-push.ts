import { createHttpClient } from '../foundation/io/http-client.ts';
import type { PolicyDecision } from '../foundation/model/policy.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { checkPolicy, showPolicy } from '../gate/check.ts';

export { wasPolicyRead } from '../gate/check.ts';
import { findCloudKey } from '../registry/cloud-keys.ts';
import { findCredential } from '../registry/credentials.ts';
import { planFixes } from '../remedy/plan.ts';

export interface CheckHooks {
  readonly signal?: AbortSignal;
  readonly now?: Date;
}

/**
 * Returns what the registry that `reference` names would do with the scanned image, and the smallest fix that passes. Never throws for the network, a refusal or an
 * answer that makes no sense: those are the decision 'unknown', with the reason.
 */
export async function checkPush(report: ScanReport, reference: string, hooks: CheckHooks = {}): Promise<PolicyDecision> {
  // A registry does not know what somebody ignores here.
  const all = [...report.findings, ...(report.ignored ?? []).map(({ finding }) => finding)];
  const vulnerabilities = all.filter(({ category }) => category === 'os-vulnerability' || category === 'application-vulnerability');
  return checkPolicy({
    reference,
    image: { platform: report.image.platform, vulnerabilities, complete: report.status === 'complete' },
    fixes: planFixes(vulnerabilities),
    http: createHttpClient(),
    credentialFor: (registry, repository) => findCredential(registry, undefined, repository),
    cloudKeyFor: (cloud) => findCloudKey(cloud),
    now: hooks.now ?? new Date(),
    ...(hooks.signal === undefined ? {} : { signal: hooks.signal }),
  });
}

/** Returns the blocking policy of `REGISTRY/NAMESPACE` as its registry states it, with no image judged. */
export async function readNamespacePolicy(namespace: string, hooks: CheckHooks = {}): Promise<PolicyDecision> {
  return showPolicy({
    namespace,
    http: createHttpClient(),
    credentialFor: (registry, repository) => findCredential(registry, undefined, repository),
    cloudKeyFor: (cloud) => findCloudKey(cloud),
    now: hooks.now ?? new Date(),
    ...(hooks.signal === undefined ? {} : { signal: hooks.signal }),
  });
}
