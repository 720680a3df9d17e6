import { isRecord, memberOf, textOf, type JsonRecord } from '../../registry/json.ts';
import { matchesPattern } from './patterns.ts';

export interface Admission {
  readonly answer: 'passes' | 'fails' | 'open';
  readonly because: string;
}

/** Members of a policy that hold rules for some clusters, namespaces or identities, instead of the default one. */
const SPECIFIC = [
  'clusterAdmissionRules',
  'kubernetesNamespaceAdmissionRules',
  'kubernetesServiceAccountAdmissionRules',
  'istioServiceIdentityAdmissionRules',
] as const;

/** Returns what a project's policy does with pods of the image. Where rules differ between clusters, or ask for attestations, it is open. @see Policy of the REST reference */
export function judgeAdmission(policy: JsonRecord, reference: string): Admission {
  const patterns = memberOf(policy, 'admissionWhitelistPatterns');
  const matches = (Array.isArray(patterns) ? patterns : []).map((entry) => matchesPattern(textOf(entry, 'namePattern') ?? '', reference));
  if (matches.includes('yes')) return { answer: 'passes', because: 'its policy exempts the image by its name' };
  const byDefault = judgeRule(memberOf(policy, 'defaultAdmissionRule'));
  const rules = SPECIFIC.flatMap((name) => {
    const specific = memberOf(policy, name);
    if (specific === undefined || specific === null) return [];
    return isRecord(specific) ? Object.values(specific).map(judgeRule) : [{ answer: 'open' as const, because: `cannot be read (${name})` }];
  });
  const other = rules.find(({ answer }) => answer !== byDefault.answer);
  if (other !== undefined)
    return {
      answer: 'open',
      because: `its default rule ${byDefault.because}, but others hold for some clusters or namespaces (one ${other.because})`,
    };
  if (matches.includes('maybe') && byDefault.answer !== 'passes')
    return { answer: 'open', because: `its default rule ${byDefault.because}, but a pattern may exempt the image` };
  return { answer: byDefault.answer, because: `its default rule ${byDefault.because}` };
}

function judgeRule(rule: unknown): Admission {
  const mode = textOf(rule, 'evaluationMode') ?? '';
  // A dry run is only logged.
  if (textOf(rule, 'enforcementMode') === 'DRYRUN_AUDIT_LOG_ONLY') return { answer: 'passes', because: `is a dry run (${mode})` };
  switch (mode) {
    case 'ALWAYS_ALLOW':
      return { answer: 'passes', because: 'allows all images' };
    case 'ALWAYS_DENY':
      return { answer: 'fails', because: 'denies all images' };
    case 'REQUIRE_ATTESTATION': {
      const attestors = memberOf(rule, 'requireAttestationsBy');
      const names = (Array.isArray(attestors) ? attestors : [])
        .filter((name) => typeof name === 'string')
        .map((name) => name.split('/').at(-1) ?? name);
      return { answer: 'open', because: `asks for attestations by ${names.join(', ') || 'attestors'}, which are made after the push` };
    }
    default:
      return { answer: 'open', because: `has a mode that is not known here ('${mode}')` };
  }
}
