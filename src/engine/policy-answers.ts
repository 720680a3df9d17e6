import type { PolicyAnswer } from '../gate/check.ts';
import { createPolicyMemory, type PolicyMemory } from '../gate/policy-memory.ts';

/** Returns an empty memory of what registries answer, for a process that asks more than once. */
export function createPolicyAnswers(): PolicyMemory<PolicyAnswer> {
  return createPolicyMemory<PolicyAnswer>();
}
