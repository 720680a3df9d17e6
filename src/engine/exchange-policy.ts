import { stringify } from 'yaml';
import type { PolicyDecision } from '../foundation/model/policy.ts';
import { fromRegistry } from '../gate/policy-file/exchange.ts';

export { exchangeKinds, toRegistry } from '../gate/policy-file/exchange.ts';

/** Returns a registry's policy as lines for `.plimsoll.yaml`, and what they leave out; undefined when its kind cannot be said there. */
export function toConfigurationLines(decision: PolicyDecision): { readonly text: string; readonly lost: readonly string[] } | undefined {
  const exchanged = fromRegistry(decision);
  if (exchanged === undefined) return undefined;
  const head = `# What ${decision.reference} blocks. Secrets, malware and known exploited vulnerabilities block besides, unless you say otherwise.\n`;
  return { text: head + stringify({ policy: exchanged.policy }), lost: exchanged.lost };
}
