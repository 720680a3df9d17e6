import type { PolicyDecision } from '../foundation/model/policy.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { combinePlatforms } from '../gate/combine.ts';
import { createPolicyMemory } from '../gate/policy-memory.ts';
import { checkPush, type CheckHooks } from './check-push.ts';

/** Returns what `checkPush` says of all platforms of one image together, each of which is pulled, and judged, for itself. The registry is asked once. */
export async function checkPlatforms(reports: readonly ScanReport[], reference: string, hooks: CheckHooks): Promise<PolicyDecision> {
  const memory = hooks.memory ?? createPolicyMemory();
  const decisions = [];
  for (const report of reports)
    decisions.push({ platform: report.image.platform, decision: await checkPush(report, reference, { ...hooks, memory }) });
  const [first, ...others] = decisions;
  return first !== undefined && others.length === 0 ? first.decision : combinePlatforms(decisions);
}
