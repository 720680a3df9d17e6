import { createHttpClient } from '../foundation/io/http-client.ts';
import type { PolicyDecision } from '../foundation/model/policy.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { checkPolicy, showPolicy } from '../gate/check.ts';
import { combineDecisions } from '../gate/combine.ts';
import { judgeByPolicyFile } from '../gate/policy-file/judge.ts';
import { findCloudKey } from '../registry/cloud-keys.ts';
import { findCredential } from '../registry/credentials.ts';
import { planFixes } from '../remedy/plan.ts';
import type { Configuration } from './configuration.ts';

export { wasPolicyRead } from '../gate/check.ts';

export interface CheckHooks {
  readonly signal?: AbortSignal;
  readonly now?: Date;
  /** The project's own policy, and what kind of registry its hosts are. */
  readonly configuration?: Pick<Configuration, 'policy' | 'providerOf'>;
}

/**
 * Returns what the registry that `reference` names would do with the scanned image, and the smallest fix that passes; where the project has a policy of its own, judged by both. Never throws for the
 * network, a refusal or an answer that makes no sense: those are the decision 'unknown', with the reason.
 */
export async function checkPush(report: ScanReport, reference: string, hooks: CheckHooks = {}): Promise<PolicyDecision> {
  // A policy does not know what somebody ignores here.
  const findings = [...report.findings, ...(report.ignored ?? []).map(({ finding }) => finding)];
  const vulnerabilities = findings.filter(({ category }) => category === 'os-vulnerability' || category === 'application-vulnerability');
  const image = { platform: report.image.platform, vulnerabilities, complete: report.status === 'complete' };
  const fixes = planFixes(vulnerabilities);
  const now = hooks.now ?? new Date();
  const registry = await checkPolicy({ ...questionOf(hooks), reference, image, fixes, now });
  const policy = hooks.configuration?.policy;
  if (policy === undefined) return registry;
  return combineDecisions(registry, judgeByPolicyFile({ policy, report: { ...report, findings }, now }, registry.reference, image, fixes));
}

/** Returns the blocking policy of `REGISTRY/NAMESPACE` as its registry states it, with no image judged. */
export async function readNamespacePolicy(namespace: string, hooks: CheckHooks = {}): Promise<PolicyDecision> {
  return showPolicy({ ...questionOf(hooks), namespace, now: hooks.now ?? new Date() });
}

function questionOf({ signal, configuration }: CheckHooks) {
  return {
    http: createHttpClient(),
    credentialFor: (registry: string, repository: string) => findCredential(registry, undefined, repository),
    cloudKeyFor: findCloudKey,
    ...(configuration === undefined ? {} : { providerOf: configuration.providerOf }),
    ...(signal === undefined ? {} : { signal }),
  };
}
