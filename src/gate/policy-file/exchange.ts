import type { PolicyDecision } from '../../foundation/model/policy.ts';
import { isSeverity, type Severity } from '../../foundation/model/severity.ts';
import type { PolicyExemption, PolicyFile } from './policy-file.ts';

/** Kinds of registries whose policy can be said in a team's own, and the reverse. */
export const exchangeKinds = ['harbor', 'tcr', 'swr'] as const;
export type ExchangeKind = (typeof exchangeKinds)[number];

/** A policy in another's words, and what of it those words cannot hold. */
export interface Exchanged<T> {
  readonly policy: T;
  /** One sentence each. */
  readonly lost: readonly string[];
}

/** Returns a registry's policy as a team's own. Undefined when its kind says it in ways that a team's policy has no words for. */
export function fromRegistry({ provider, policy, reference, expiredAllowlist = [] }: PolicyDecision): Exchanged<PolicyFile> | undefined {
  if (!isExchangeKind(provider)) return undefined;
  if (!policy.enabled) return { policy: {}, lost: ['It blocks nothing for vulnerabilities.'] };
  const severity = toSeverity(policy.severity);
  const allowlist = policy.allowlist.map(({ id, expires }): PolicyExemption => ({
    id,
    reason: `Allowed by ${reference}`,
    ...(expires === undefined ? {} : { expires: expires.slice(0, 10) }),
  }));
  return {
    policy: { ...(severity === undefined ? {} : { severity }), ...(allowlist.length === 0 ? {} : { allowlist }) },
    lost: [
      ...(severity === undefined ? [`Its level '${policy.severity}' is not one that is known here.`] : []),
      ...(expiredAllowlist.length === 0
        ? []
        : [`Entries of its allowlist that have ended were left out: ${expiredAllowlist.map(({ id }) => id).join(', ')}.`]),
    ],
  };
}

/** Harbor's none, and no level at all, block whatever is found. */
function toSeverity(word: string): Severity | undefined {
  const level = word.trim().toLowerCase();
  if (level === '' || level === 'none') return 'unknown';
  return isSeverity(level) ? level : undefined;
}

/** Returns a team's policy in the body that the registry's interface takes. Where it has no words for something, the stricter is taken, and said. */
export function toRegistry(policy: PolicyFile, kind: ExchangeKind): Exchanged<unknown> {
  return kind === 'tcr' ? toTencent(policy) : toHarbor(policy, kind === 'swr' ? 'SWR' : 'Harbor');
}

/** @see PUT /projects/{name} of Harbor's API 2.0; SWR's namespaces have the same members */
function toHarbor(policy: PolicyFile, who: string): Exchanged<unknown> {
  const { severity, allowlist = [] } = policy;
  const days = allowlist.flatMap(({ expires }) => expires ?? []).toSorted();
  const [earliest] = days;
  const words: Readonly<Record<Severity, string>> = {
    critical: 'critical',
    high: 'high',
    medium: 'medium',
    low: 'low',
    negligible: 'none',
    unknown: 'none',
  };
  const lost = [
    ...lostEverywhere(policy, who),
    ...(severity === 'negligible' ? [`${who} has no negligible: 'none' refuses whatever is found.`] : []),
    ...(earliest === undefined || (days.length === allowlist.length && new Set(days).size === 1)
      ? []
      : [`${who} has one end for its whole allowlist: the earliest, ${earliest}, was taken.`]),
  ];
  return {
    policy: {
      metadata: {
        prevent_vul: String(severity !== undefined),
        ...(severity === undefined ? {} : { severity: words[severity] }),
        auto_scan: 'true',
        reuse_sys_cve_allowlist: 'false',
      },
      cve_allowlist: {
        items: allowlist.map(({ id }) => ({ cve_id: id })),
        // An entry counts on its last day.
        expires_at: earliest === undefined ? null : Date.parse(earliest) / 1000 + 86_399,
      },
    },
    lost,
  };
}

/** @see ModifyNamespace of TCR's API 2019-09-24 */
function toTencent(policy: PolicyFile): Exchanged<unknown> {
  const { severity, allowlist = [] } = policy;
  const words: Readonly<Record<Severity, string>> = {
    critical: 'high',
    high: 'high',
    medium: 'medium',
    low: 'low',
    negligible: 'low',
    unknown: 'low',
  };
  const ending = allowlist.filter(({ expires }) => expires !== undefined);
  return {
    policy: {
      IsPreventVUL: severity !== undefined,
      IsAutoScan: true,
      ...(severity === undefined ? {} : { Severity: words[severity] }),
      CVEWhitelistItems: allowlist.filter(({ expires }) => expires === undefined).map(({ id }) => ({ CVEID: id })),
    },
    lost: [
      ...lostEverywhere(policy, 'TCR'),
      ...(severity === 'critical' ? ["TCR has no critical: 'high' was taken."] : []),
      ...(severity === 'negligible' || severity === 'unknown' ? [`TCR has no ${severity}: with 'low', what is below it passes.`] : []),
      ...(ending.length === 0 ? [] : [`TCR's entries have no end: those with one were left out (${ending.map(({ id }) => id).join(', ')}).`]),
    ],
  };
}

/** A switch that is not set blocks, which no registry does. */
function lostEverywhere(policy: PolicyFile, who: string): readonly string[] {
  const nowhere = [
    ...(policy.unfixed === 'allow' ? ['letting pass what has no fix'] : []),
    ...(policy.knownExploited === 'allow' ? [] : ['known exploited vulnerabilities below the level']),
    ...(policy.malware === 'allow' ? [] : ['malware']),
    ...(policy.secrets === 'allow' ? [] : ['secrets']),
    ...((policy.deniedPackages ?? []).length === 0 ? [] : ['denied packages']),
    ...((policy.baseImages ?? []).length === 0 ? [] : ['base images']),
    ...(policy.maximumAge === undefined ? [] : ['the age of the scan']),
    ...(policy.signature === 'required' ? ['signatures by trusted keys'] : []),
  ];
  return nowhere.length === 0 ? [] : [`${who} has no words for: ${nowhere.join(', ')}. Plimsoll goes on judging by them.`];
}

function isExchangeKind(provider: string): provider is ExchangeKind {
  return (exchangeKinds as readonly string[]).includes(provider);
}
