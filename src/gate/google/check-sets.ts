import { isRecord, memberOf, textOf, type JsonRecord } from '../../registry/json.ts';
import { PolicyError } from '../provider.ts';

/** What a vulnerability check of a platform policy lets through. */
export interface VulnerabilityCheck {
  /** 'BLOCK_ALL', 'MINIMAL' … 'CRITICAL', 'ALLOW_ALL': the worst that is let through, of those with a fix. */
  readonly maximumFixableSeverity: string;
  readonly maximumUnfixableSeverity: string;
  readonly allowedCves: readonly string[];
  readonly blockedCves: readonly string[];
}

/** The checks for one scope: exactly one set is evaluated for a pod. */
export interface CheckSet {
  readonly name: string;
  readonly vulnerabilityChecks: readonly VulnerabilityCheck[];
  readonly alwaysDenies: boolean;
  /** Kinds of checks that look at what is not known here: attestations, provenance, where it lies. */
  readonly others: readonly string[];
  /** Patterns of images that it does not look at. */
  readonly exempt: readonly string[];
}

/** Kinds of checks that a new image passes by being new. */
const PASSED_WHEN_NEW = 'imageFreshnessCheck';
const KINDS = [
  'simpleSigningAttestationCheck',
  'sigstoreSignatureCheck',
  'slsaCheck',
  'trustedDirectoryCheck',
  PASSED_WHEN_NEW,
  'vulnerabilityCheck',
  'alwaysDeny',
];
const DESCRIBING = new Set(['displayName', 'imageAllowlist', ...KINDS]);

/** Returns the check sets of a platform policy for GKE; those of the whole policy are exempt in each of them. @throws {PolicyError} @see projects.platforms.policies of the REST reference */
export function toCheckSets(policy: JsonRecord): readonly CheckSet[] {
  const gke = memberOf(policy, 'gkePolicy');
  // Read as an empty one, a policy without its checks would let everything pass.
  if (!isRecord(gke)) throw unreadable('gkePolicy');
  const exempt = patternsOf(gke);
  return recordsOf(gke, 'checkSets').map((set) => toCheckSet(set, exempt));
}

function toCheckSet(set: JsonRecord, exempt: readonly string[]): CheckSet {
  const checks = recordsOf(set, 'checks');
  return {
    name: textOf(set, 'displayName') ?? '',
    vulnerabilityChecks: checks.flatMap((check) => {
      const found = memberOf(check, 'vulnerabilityCheck') ?? undefined;
      if (found !== undefined && !isRecord(found)) throw unreadable('vulnerabilityCheck');
      return found !== undefined && patternsOf(check).length === 0 ? [toVulnerabilityCheck(found)] : [];
    }),
    alwaysDenies: checks.some((check) => isOn(check, 'alwaysDeny') && patternsOf(check).length === 0),
    others: [...new Set(checks.flatMap(othersOf))],
    exempt: [...exempt, ...patternsOf(set)],
  };
}

/** A check that exempts some images is not judged here: which of them matches is Google's to say. */
function othersOf(check: JsonRecord): readonly string[] {
  const kinds = Object.keys(check).filter((name) => KINDS.includes(name) || !DESCRIBING.has(name));
  if (kinds.length === 0) return ['a check without a kind'];
  if (patternsOf(check).length > 0) return kinds;
  return kinds.filter((kind) => kind !== 'vulnerabilityCheck' && kind !== 'alwaysDeny' && kind !== PASSED_WHEN_NEW);
}

function toVulnerabilityCheck(check: JsonRecord): VulnerabilityCheck {
  return {
    maximumFixableSeverity: textOf(check, 'maximumFixableSeverity') ?? '',
    maximumUnfixableSeverity: textOf(check, 'maximumUnfixableSeverity') ?? '',
    allowedCves: idsOf(check, 'allowedCves'),
    blockedCves: idsOf(check, 'blockedCves'),
  };
}

/** Returns what the check sets let through at most, in their words. */
export function thresholdsOf(sets: readonly CheckSet[]): readonly string[] {
  return sets.flatMap(({ vulnerabilityChecks }) =>
    vulnerabilityChecks.map(
      ({ maximumFixableSeverity, maximumUnfixableSeverity }) => `${maximumFixableSeverity} with a fix, ${maximumUnfixableSeverity} without`,
    ),
  );
}

function patternsOf(owner: unknown): readonly string[] {
  return textsOf(memberOf(memberOf(owner, 'imageAllowlist'), 'allowPattern'));
}

/** Empty lists are left out by Google. @throws {PolicyError} for what is no list of objects */
function recordsOf(owner: JsonRecord, member: string): readonly JsonRecord[] {
  const value = memberOf(owner, member) ?? [];
  if (!Array.isArray(value) || !value.every(isRecord)) throw unreadable(member);
  return value;
}

function idsOf(check: JsonRecord, member: string): readonly string[] {
  const ids = memberOf(check, member) ?? [];
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) throw unreadable(member);
  return ids;
}

function isOn(check: JsonRecord, member: string): boolean {
  const value = memberOf(check, member) ?? false;
  if (typeof value !== 'boolean') throw unreadable(member);
  return value;
}

function unreadable(member: string): PolicyError {
  return new PolicyError('malformed', `Google Cloud's answer holds a platform policy that cannot be read (${member})`);
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
