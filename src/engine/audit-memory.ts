import type { PolicyAnswer } from '../gate/check.ts';
import { createPolicyMemory, type PolicyMemory } from '../gate/policy-memory.ts';

/** Kinds of registries whose policy is one for a whole namespace. Of the others some judge by the repository or by the image. */
const NAMESPACE_WIDE: ReadonlySet<string> = new Set(['harbor', 'tcr', 'swr']);

/** Returns a memory for an audit, whose images all lie in one namespace: what holds for all of it is read once a minute, not once an image. */
export function createAuditMemory(): PolicyMemory<PolicyAnswer> {
  const memory = createPolicyMemory<PolicyAnswer>();
  let isWide = false;
  return {
    async recall(key, now, read, isLasting) {
      const answer = await memory.recall(isWide ? '' : key, now, read, isLasting);
      isWide ||= answer.provider !== undefined && NAMESPACE_WIDE.has(answer.provider.id);
      return answer;
    },
    clear() {
      memory.clear();
    },
  };
}
