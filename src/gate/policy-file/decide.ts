import type { Finding } from '../../foundation/model/finding.ts';
import type { AllowlistEntry } from '../../foundation/model/policy.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { ScanReport } from '../../foundation/model/report.ts';
import type { SignatureValidity } from '../../foundation/model/signature.ts';
import { severityRank } from '../../foundation/model/severity.ts';
import { findNearMisses, idsOf, listIds } from '../ids.ts';
import type { GatedImage, ProviderDecision } from '../provider.ts';
import type { PolicyExemption, PolicyFile } from './policy-file.ts';

/** A signature that is required, and what is known of it. */
export interface RequiredSignature {
  /** Of the image itself, or of what it was built on. */
  readonly of: 'image' | 'base';
  /** In full; empty where nobody knows. */
  readonly name: string;
  readonly valid: SignatureValidity;
  readonly reason: string;
  /** It can only be made once the image is in its registry, where it is not yet. */
  readonly awaitsPush?: true;
}

export interface PolicyFileInput {
  readonly policy: PolicyFile;
  readonly report: ScanReport;
  readonly now: Date;
  /** Those that were looked for. Absent: nobody looked. */
  readonly signatures?: readonly RequiredSignature[];
  /** False when something of the image could not be read. Default: as the report's status says. */
  readonly wasReadWhole?: boolean;
}

/** The name of the base image, as builders annotate it. @see https://github.com/opencontainers/image-spec/blob/main/annotations.md */
const BASE_NAME = 'org.opencontainers.image.base.name';
const MS_PER_DAY = 86_400_000;

/** Something about the image that may keep it from leaving, apart from its vulnerabilities. */
interface Condition {
  readonly id: string;
  readonly answer: 'blocks' | 'unknown';
  readonly reason: string;
}

/**
 * Returns how a team's own policy judges an image. Pure, and without a network. What it cannot tell (a base image that nobody annotated, a signature that nobody looked for, a partial scan) is 'unknown', never 'allow'.
 * `image` holds the vulnerabilities that count: the report's, or those that are left after a fix.
 */
export function decideByPolicyFile(input: PolicyFileInput, image: GatedImage): ProviderDecision {
  const { policy, report, now, signatures } = input;
  const today = now.toISOString().slice(0, 10);
  const exemptions = (policy.allowlist ?? []).filter((entry) => !isExpired(entry, today));
  const exempt = new Set(exemptions.map(({ id }) => id));
  const reached = image.vulnerabilities.filter((vulnerability) => blocksByItself(policy, vulnerability));
  const conditions = [
    ...foundConditions(policy, report, exempt),
    ...unsoughtConditions(policy, report),
    ...packageConditions(policy, report),
    ...baseConditions(policy, report),
    ...ageConditions(policy, report, now),
    ...signatureConditions(policy, signatures ?? []),
  ];
  const stopping = conditions.filter(({ answer }) => answer === 'blocks');
  const vulnerable = idsOf(reached.filter(({ id }) => !exempt.has(id)));
  const blocking = [...new Set([...vulnerable, ...stopping.map(({ id }) => id)])];
  const nearMisses = findNearMisses(exemptions, vulnerable);
  const answer = {
    blocking,
    allowlisted: idsOf(reached.filter(({ id }) => exempt.has(id))),
    nearMisses,
    problems: [
      ...nearMisses.map(({ entry, id }): Problem => ({
        code: 'configuration',
        message: `The allowlist entry '${entry}' of the policy does not exempt ${id}: ids are compared letter by letter. Correct the entry.`,
      })),
      ...lapsed(policy, today, vulnerable).map(({ id, expires = '' }): Problem => ({
        code: 'expired',
        message: `The policy's allowlist entry for ${id} expired on ${expires}: renew it or remove it.`,
      })),
    ],
  };
  if (blocking.length > 0) {
    const reasons = [
      ...(vulnerable.length === 0 ? [] : [`it does not let ${describeThreshold(policy)} pass, and the scan found ${listIds(vulnerable)}`]),
      ...stopping.map(({ reason }) => reason),
    ];
    return { ...answer, decision: 'block', reason: `The policy of .plimsoll.yaml blocks the image: ${reasons.join('; ')}.` };
  }
  const unclear = conditions.map(({ reason }) => reason);
  if (!image.complete) unclear.push(...toUnclear(input, image));
  if (unclear.length > 0)
    return {
      ...answer,
      decision: 'unknown',
      reason: `Whether the policy of .plimsoll.yaml lets the image pass is not known: ${unclear.join('; ')}.`,
    };
  return { ...answer, decision: 'allow', reason: 'The policy of .plimsoll.yaml lets the image pass.' };
}

/** Returns whether a policy's answer may change with what is known of an image's vulnerabilities. */
export function looksAtVulnerabilities({ severity, knownExploited }: PolicyFile): boolean {
  return severity !== undefined || knownExploited !== 'allow';
}

/** What could not be read may hold anything; what could not be judged, or was left out, is of no concern to a policy that does not look at vulnerabilities. */
function toUnclear({ policy, report, wasReadWhole = report.status === 'complete' }: PolicyFileInput, { gap }: GatedImage): readonly string[] {
  // The package manager of a distribution that nobody here knows may be another one.
  const maySkipPackages = (policy.deniedPackages ?? []).length > 0 && report.problems.some(({ code }) => code === 'unknown-distro');
  if (!wasReadWhole || maySkipPackages) return ['the scan is partial, and what it could not read may hold what blocks'];
  if (!looksAtVulnerabilities(policy)) return [];
  return [gap === undefined ? 'the report leaves out vulnerabilities that may block' : withoutStop(gap)];
}

/** Returns the allowlist in force on a day, and what of it no longer is. */
export function allowlistOf(
  policy: PolicyFile,
  now: Date,
): { readonly allowlist: readonly AllowlistEntry[]; readonly expired: readonly AllowlistEntry[] } {
  const today = now.toISOString().slice(0, 10);
  const toEntry = ({ id, expires }: PolicyExemption): AllowlistEntry => ({ id, ...(expires === undefined ? {} : { expires }) });
  const entries = policy.allowlist ?? [];
  return {
    allowlist: entries.filter((entry) => !isExpired(entry, today)).map(toEntry),
    expired: entries.filter((entry) => isExpired(entry, today)).map(toEntry),
  };
}

/** An entry counts on its last day. */
function isExpired({ expires }: PolicyExemption, today: string): boolean {
  return expires !== undefined && expires < today;
}

function lapsed(policy: PolicyFile, today: string, blocking: readonly string[]): readonly PolicyExemption[] {
  const ids = new Set(blocking);
  return (policy.allowlist ?? []).filter((entry) => isExpired(entry, today) && ids.has(entry.id));
}

function blocksByItself(policy: PolicyFile, { severity, kev, package: installed }: GatedImage['vulnerabilities'][number]): boolean {
  if (kev === true && policy.knownExploited !== 'allow') return true;
  if (policy.severity === undefined || severityRank(severity) > severityRank(policy.severity)) return false;
  return policy.unfixed !== 'allow' || installed?.fixedVersion !== undefined;
}

function describeThreshold({ severity, knownExploited, unfixed }: PolicyFile): string {
  const parts = [
    ...(severity === undefined ? [] : [`${unfixed === 'allow' ? 'fixable ' : ''}vulnerabilities of severity ${severity} or worse`]),
    ...(knownExploited === 'allow' ? [] : ['those known to be exploited']),
  ];
  return parts.join(' or ');
}

function foundConditions(policy: PolicyFile, { findings }: ScanReport, exempt: ReadonlySet<string>): readonly Condition[] {
  const found = (category: Finding['category']): readonly Finding[] =>
    findings.filter((finding) => finding.category === category && !exempt.has(finding.id));
  const secrets = policy.secrets === 'allow' ? [] : found('sensitive-file').filter(({ id }) => id.startsWith('secret:'));
  const malware = policy.malware === 'allow' ? [] : found('malware');
  return [
    ...idsOf(malware).map((id): Condition => ({ id, answer: 'blocks', reason: `it holds a malicious file (${id})` })),
    ...idsOf(secrets).map((id): Condition => ({ id, answer: 'blocks', reason: `it holds a secret (${id})` })),
  ];
}

/** What nobody looked for, or was left out, may be there. */
function unsoughtConditions(policy: PolicyFile, { filtered }: ScanReport): readonly Condition[] {
  if (filtered === undefined) return [];
  const { categories, minimumSeverity } = filtered;
  const unsought = (category: Finding['category'], wish: PolicyFile['malware'], what: string): readonly Condition[] =>
    wish === 'allow' || (categories?.includes(category) !== false && minimumSeverity === undefined)
      ? []
      : [{ id: category, answer: 'unknown', reason: `the report leaves out ${what}` }];
  return [...unsought('malware', policy.malware, 'malicious files'), ...unsought('sensitive-file', policy.secrets, 'secrets')];
}

function packageConditions({ deniedPackages = [] }: PolicyFile, { packages }: ScanReport): readonly Condition[] {
  return deniedPackages.flatMap((pattern): Condition[] => {
    const denied = packages.find(({ type, name }) => fits(pattern, name) || fits(pattern, `${type}:${name}`));
    return denied === undefined
      ? []
      : [{ id: `denied-package:${denied.name}`, answer: 'blocks', reason: `the package ${denied.name} is denied (${pattern})` }];
  });
}

function baseConditions({ baseImages = [] }: PolicyFile, { image }: ScanReport): readonly Condition[] {
  if (baseImages.length === 0) return [];
  const base = image.annotations?.[BASE_NAME] ?? image.config.labels[BASE_NAME];
  if (base === undefined) {
    return [
      {
        id: 'base-image',
        answer: 'unknown',
        reason: `the image does not say what it was built on (annotation ${BASE_NAME}), and only certain base images are allowed`,
      },
    ];
  }
  const isAllowed = baseImages.some((pattern) => fits(pattern, base) || isBelow(pattern, base));
  return isAllowed ? [] : [{ id: 'base-image', answer: 'blocks', reason: `its base image ${base} is none of those allowed` }];
}

/** `debian` allows `debian:12` and `debian@sha256:…`; `registry/base/` all below it. */
function isBelow(pattern: string, base: string): boolean {
  if (pattern.endsWith('/')) return base.startsWith(pattern);
  // `debian:5000/x` is of a server that is called debian.
  const rest = base.startsWith(pattern) ? base.slice(pattern.length) : '';
  return /^[:@]/.test(rest) && !rest.includes('/');
}

function fits(pattern: string, text: string): boolean {
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

function ageConditions({ maximumAge }: PolicyFile, { advisories }: ScanReport, now: Date): readonly Condition[] {
  if (maximumAge === undefined) return [];
  const builtAt = Date.parse(advisories.builtAt);
  if (Number.isNaN(builtAt)) return [{ id: 'scan-age', answer: 'unknown', reason: 'the advisories do not say when they were built' }];
  // By a clock that is a little wrong; advisories of next month would never grow old.
  if (builtAt > now.getTime() + MS_PER_DAY)
    return [
      {
        id: 'scan-age',
        answer: 'unknown',
        reason: `the advisories say that they were built on ${advisories.builtAt.slice(0, 10)}, which lies ahead`,
      },
    ];
  const days = Math.floor((now.getTime() - builtAt) / MS_PER_DAY);
  return days <= maximumAge
    ? []
    : [
        {
          id: 'scan-age',
          answer: 'blocks',
          reason: `the scan was made against advisories that are ${days} days old, and ${maximumAge} are allowed: run plimsoll db update, and scan again`,
        },
      ];
}

function signatureConditions({ signature: wanted }: PolicyFile, signatures: readonly RequiredSignature[]): readonly Condition[] {
  const isMissing = wanted === 'required' && !signatures.some(({ of }) => of === 'image');
  return [
    ...(isMissing ? [{ id: 'signature', answer: 'unknown', reason: 'it must be signed, and nobody looked whether it is' } satisfies Condition] : []),
    ...signatures.filter(({ valid }) => valid !== 'valid').map(toCondition),
  ];
}

function toCondition({ of, name, valid, reason }: RequiredSignature): Condition {
  const id = of === 'image' ? 'signature' : 'base-signature';
  if (valid === 'unknown') return { id, answer: 'unknown', reason: withoutStop(reason) };
  const what = of === 'image' ? 'it' : `its base image ${name}`;
  return { id, answer: 'blocks', reason: `${what} must have a valid signature: ${withoutStop(reason)}` };
}

/** It is told among others. */
function withoutStop(reason: string): string {
  return `${reason.slice(0, 1).toLowerCase()}${reason.slice(1)}`.replace(/\.$/, '');
}
