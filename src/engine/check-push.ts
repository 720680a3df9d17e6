import { createHttpClient } from '../foundation/io/http-client.ts';
import type { PolicyDecision } from '../foundation/model/policy.ts';
import type { Problem } from '../foundation/model/problem.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { checkPolicy, showPolicy, type PolicyAnswer, type PolicyQuestion } from '../gate/check.ts';
import { combineDecisions } from '../gate/combine.ts';
import { looksAtVulnerabilities, type RequiredSignature } from '../gate/policy-file/decide.ts';
import { judgeByPolicyFile } from '../gate/policy-file/judge.ts';
import { NOTHING_BLOCKS } from '../gate/policy-file/policy-file.ts';
import type { PolicyMemory } from '../gate/policy-memory.ts';
import type { GatedImage } from '../gate/provider.ts';
import type { Cloud, CloudKey } from '../foundation/model/cloud-key.ts';
import { findCloudEndpoints, findCloudKey } from '../registry/cloud-keys.ts';
import { findCredential } from '../registry/credentials.ts';
import { planFixes } from '../remedy/plan.ts';
import type { Configuration } from './configuration.ts';
import { vulnerabilitiesLeftOut } from './left-out.ts';
import { notCovered, wasReadWhole, whyNotJudged } from './not-judged.ts';

export { wasPolicyRead } from '../gate/check.ts';

export interface CheckHooks {
  readonly signal?: AbortSignal;
  readonly now?: Date;
  /** The project's own policy, whose signatures it believes, and what kind of registry its hosts are. */
  readonly configuration?: Pick<Configuration, 'policy' | 'trust' | 'file' | 'providerOf' | 'isPolicyBroken'>;
  /** The image is about to be pushed: what can only come after that does not hold it. */
  readonly forPush?: boolean;
  /** What registries said within the last minute. */
  readonly memory?: PolicyMemory<PolicyAnswer>;
  /** How registries are asked, by those who judge many images. */
  readonly asking?: Partial<Pick<PolicyQuestion, 'http' | 'providers' | 'credentialFor'>>;
  /** Asked for keys of clouds before the environment and the files of their own tools. */
  readonly cloudKeyFor?: (cloud: Cloud) => Promise<CloudKey | undefined>;
}

/**
 * Returns what the registry that `reference` names would do with the scanned image, and the smallest fix that passes; where the project has a policy of its own, judged by both. Never throws for the
 * network, a refusal or an answer that makes no sense: those are the decision 'unknown', with the reason.
 */
export async function checkPush(report: ScanReport, reference: string, hooks: CheckHooks = {}): Promise<PolicyDecision> {
  const decision = sayHowMuchWasKnown(await judge(report, reference, hooks), report, hooks.configuration);
  const { isPolicyBroken, file = '.plimsoll.yaml' } = hooks.configuration ?? {};
  if (isPolicyBroken !== true || decision.decision !== 'allow') return decision;
  // What could not be read may be what forbids it.
  const reason = `What the project itself does not let leave is not known: something is wrong in ${file}. Correct it first.`;
  return { ...decision, decision: 'unknown', reason: `${reason} ${decision.reason}` };
}

/** None found among few advisories is less than none found among all: whoever decides has more. */
function sayHowMuchWasKnown(decision: PolicyDecision, { advisories }: ScanReport, configuration: CheckHooks['configuration']): PolicyDecision {
  const ownPolicy = configuration?.policy;
  const looksAtThem = decision.policy.enabled || (ownPolicy !== undefined && looksAtVulnerabilities(ownPolicy));
  if (decision.decision !== 'allow' || !looksAtThem) return decision;
  const uncovered = notCovered(advisories);
  const reason =
    uncovered === undefined ? decision.reason : `${decision.reason} Not judged, since the advisories hold nothing on them: ${uncovered}.`;
  if (advisories.full) return { ...decision, reason };
  const message = `The image was judged by the ${advisories.source} of advisories only, and the registry's scanner knows more: run plimsoll db update, and check again.`;
  return { ...decision, reason, problems: [...decision.problems, { code: 'other', message }] };
}

async function judge(report: ScanReport, reference: string, hooks: CheckHooks): Promise<PolicyDecision> {
  // A policy does not know what somebody ignores here.
  const findings = [...report.findings, ...(report.ignored ?? []).map(({ finding }) => finding)];
  const vulnerabilities = findings.filter(({ category }) => category === 'os-vulnerability' || category === 'application-vulnerability');
  const leftOut = vulnerabilitiesLeftOut(report);
  const image = toGatedImage(report, vulnerabilities, leftOut);
  const fixes = planFixes(vulnerabilities);
  const now = hooks.now ?? new Date();
  const { digest } = report.image;
  const registry = await checkPolicy({ ...questionOf(hooks), reference, image, fixes, now, ...(digest === undefined ? {} : { digest }) });
  const signatures = await lookForSignatures(report, registry.reference, hooks);
  const policy = hooks.configuration?.policy ?? (signatures.length === 0 ? undefined : NOTHING_BLOCKS);
  const tell = (decision: PolicyDecision, told: readonly Problem[]): PolicyDecision =>
    told.length === 0 ? decision : { ...decision, problems: [...decision.problems, ...told] };
  const limits = leftOut === undefined ? [] : [leftOut];
  if (policy === undefined) return tell(registry, limits);
  const { counted, told } = hooks.forPush === true ? withoutLater(signatures) : { counted: signatures, told: [] };
  const input = { policy, report: { ...report, findings }, now, signatures: counted, wasReadWhole: wasReadWhole(report) };
  return tell(combineDecisions(registry, judgeByPolicyFile(input, registry.reference, image, fixes)), [...limits, ...told]);
}

/** "Nothing was found" proves something only where all was read, none of it left out, and there was something to judge it by. */
function toGatedImage(report: ScanReport, vulnerabilities: ScanReport['findings'], leftOut: Problem | undefined): GatedImage {
  const gap = leftOut === undefined ? whyNotJudged(report) : undefined;
  const complete = report.status === 'complete' && leftOut === undefined && gap === undefined;
  return { platform: report.image.platform, vulnerabilities, complete, ...(gap === undefined ? {} : { gap }) };
}

/** A signature that can only be made after the push does not keep the push from being made; that it is still to come is told. */
function withoutLater(signatures: readonly RequiredSignature[]): {
  readonly counted: readonly RequiredSignature[];
  readonly told: readonly Problem[];
} {
  return {
    counted: signatures.map((signature) => (signature.awaitsPush === true ? { ...signature, valid: 'valid' } : signature)),
    told: signatures.filter(({ awaitsPush }) => awaitsPush === true).map(({ reason }) => ({ code: 'other', message: `${reason}.` })),
  };
}

/** Loaded only for a project that requires any. */
async function lookForSignatures(
  report: ScanReport,
  reference: string,
  { configuration, ...hooks }: CheckHooks,
): Promise<readonly RequiredSignature[]> {
  if (configuration === undefined || (configuration.trust === undefined && configuration.policy?.signature !== 'required')) return [];
  const { checkRequiredSignatures } = await import('./verify-signatures-required.ts');
  return checkRequiredSignatures(report, reference, configuration, hooks);
}

/** Returns the blocking policy of `REGISTRY/NAMESPACE` as its registry states it, with no image judged. */
export async function readNamespacePolicy(namespace: string, hooks: CheckHooks = {}): Promise<PolicyDecision> {
  return showPolicy({ ...questionOf(hooks), namespace, now: hooks.now ?? new Date() });
}

function questionOf({ signal, configuration, memory, asking, cloudKeyFor }: CheckHooks) {
  return {
    http: createHttpClient(),
    endpoints: findCloudEndpoints(),
    credentialFor: (registry: string, repository: string) => findCredential(registry, undefined, repository),
    cloudKeyFor: async (cloud: Cloud) => (await cloudKeyFor?.(cloud)) ?? findCloudKey(cloud),
    ...(memory === undefined ? {} : { memory }),
    ...(configuration === undefined ? {} : { providerOf: configuration.providerOf }),
    ...(signal === undefined ? {} : { signal }),
    ...asking,
  };
}
