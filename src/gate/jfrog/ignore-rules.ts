import { MAX_PROJECT_PAGES } from '../../foundation/base/limits.ts';
import { compareText } from '../../foundation/base/order.ts';
import type { AllowlistEntry } from '../../foundation/model/policy.ts';
import { isRecord, memberOf, textOf, type JsonRecord } from '../../registry/json.ts';
import type { ArtifactoryApi } from './api.ts';

/** What the ignore rules exempt, for given watches and policies. */
export interface Ignored {
  readonly inForce: readonly AllowlistEntry[];
  readonly expired: readonly AllowlistEntry[];
  /** Ids that are exempt only for some components, artifacts, builds or layers; 'any' for all. */
  readonly narrow: readonly string[];
}

export interface IgnoreRules {
  forWatches(watches: ReadonlySet<string>, policies: ReadonlySet<string>, now: Date): Ignored;
}

const PAGE = 100;
/** Members of a rule's filters that say what is exempt, or from whom; all others narrow where. */
const SUBJECT = new Set(['cves', 'vulnerabilities', 'watches', 'policies']);

/** Returns Xray's ignore rules; undefined when this user may not read them. */
export async function readIgnoreRules(api: ArtifactoryApi, projectKey: string | undefined): Promise<IgnoreRules | undefined> {
  const rules = new Map<string, JsonRecord>();
  const scope = projectKey === undefined ? '' : `&project_key=${encodeURIComponent(projectKey)}`;
  for (let page = 1; page <= MAX_PROJECT_PAGES; page += 1) {
    const answer = await api.tryGet(`/xray/api/v1/ignore_rules?page_num=${page}&num_of_rows=${PAGE}${scope}`);
    const data = memberOf(answer, 'data');
    if (!Array.isArray(data)) return undefined;
    const known = rules.size;
    for (const rule of data.filter(isRecord)) rules.set(textOf(rule, 'id') ?? `${rules.size}`, rule);
    if (data.length < PAGE || rules.size === known) break;
  }
  return { forWatches: (watches, policies, now) => sortOut([...rules.values()], watches, policies, now) };
}

function sortOut(rules: readonly JsonRecord[], watches: ReadonlySet<string>, policies: ReadonlySet<string>, now: Date): Ignored {
  const inForce: AllowlistEntry[] = [];
  const expired: AllowlistEntry[] = [];
  const narrow = new Set<string>();
  for (const rule of rules) {
    const filters = memberOf(rule, 'ignore_filters');
    if (!isRecord(filters)) continue;
    const ids = [...textsOf(filters.cves), ...textsOf(filters.vulnerabilities)];
    if (ids.length === 0 || !concerns(textsOf(filters.watches), watches) || !concerns(textsOf(filters.policies), policies)) continue;
    const expires = textOf(rule, 'expires_at');
    const isOver = memberOf(rule, 'is_expired') === true || (expires !== undefined && Date.parse(expires) <= now.getTime());
    const isNarrow =
      Object.keys(filters).some((name) => !SUBJECT.has(name) && isSet(filters[name])) ||
      ids.includes('any') ||
      !isDay(memberOf(rule, 'expires_at')) ||
      !isTextList(filters.watches) ||
      !isTextList(filters.policies) ||
      !coversAll(textsOf(filters.watches), watches) ||
      !coversAll(textsOf(filters.policies), policies);
    if (isNarrow && !isOver) for (const id of ids) narrow.add(id);
    if (!isNarrow) (isOver ? expired : inForce).push(...ids.map((id) => ({ id, ...(expires === undefined ? {} : { expires }) })));
  }
  return { inForce, expired, narrow: [...narrow].sort(compareText) };
}

/** An end that cannot be read must not make a rule count for ever. */
function isDay(end: unknown): boolean {
  return !isSet(end) || (typeof end === 'string' && !Number.isNaN(Date.parse(end)));
}

function isTextList(value: unknown): boolean {
  return !isSet(value) || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
}

/** A rule that names no watches is for all of them. */
function concerns(named: readonly string[], ours: ReadonlySet<string>): boolean {
  return named.length === 0 || named.some((name) => ours.has(name));
}

function coversAll(named: readonly string[], ours: ReadonlySet<string>): boolean {
  return named.length === 0 || [...ours].every((name) => named.includes(name));
}

function isSet(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isRecord(value) ? Object.values(value).some(isSet) : value !== undefined && value !== null && value !== '' && value !== false;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
