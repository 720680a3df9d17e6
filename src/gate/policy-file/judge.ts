import type { MinimalFix, PolicyDecision } from '../../foundation/model/policy.ts';
import { findMinimalFix } from '../minimal-fix.ts';
import type { GatedImage } from '../provider.ts';
import { allowlistOf, decideByPolicyFile, type PolicyFileInput } from './decide.ts';

/** Returns how a team's own policy judges an image, and the smallest fix that passes it, in the shape of a registry's decision. */
export function judgeByPolicyFile(input: PolicyFileInput, reference: string, image: GatedImage, fixes: readonly MinimalFix[]): PolicyDecision {
  const { policy, now } = input;
  const { allowlist, expired } = allowlistOf(policy, now);
  const decide = (changed: GatedImage) => decideByPolicyFile(input, changed);
  const { decision, reason, blocking, allowlisted, problems, nearMisses = [] } = decide(image);
  return {
    schemaVersion: 1,
    reference,
    provider: 'policy-file',
    policy: { enabled: true, severity: policy.severity ?? '', allowlist, raw: policy },
    decision,
    reason,
    blocking,
    allowlisted,
    minimalFix: findMinimalFix(image, fixes, decide),
    problems,
    ...(expired.length === 0 ? {} : { expiredAllowlist: expired }),
    ...(nearMisses.length === 0 ? {} : { nearMisses }),
  };
}
