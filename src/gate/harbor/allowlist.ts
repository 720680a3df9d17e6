import { MAX_ALLOWLIST_ENTRIES } from '../../foundation/base/limits.ts';
import type { AllowlistEntry } from '../../foundation/model/policy.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import { memberOf, textOf, type JsonRecord } from '../../registry/json.ts';

export interface Allowlist {
  readonly entries: readonly AllowlistEntry[];
  readonly expired: boolean;
}

/** Returns the allowlist as Harbor's API gives it. Undefined, with a problem, when the list makes no sense: then nothing may be taken for exempt, nor for not exempt. */
export function parseAllowlist(list: JsonRecord, now: Date, problems: Problem[]): Allowlist | undefined {
  const items = memberOf(list, 'items') ?? [];
  const expiresAt = memberOf(list, 'expires_at') ?? undefined;
  const sound = Array.isArray(items) && items.length <= MAX_ALLOWLIST_ENTRIES && (expiresAt === undefined || typeof expiresAt === 'number');
  const ids = sound ? items.map((item) => textOf(item, 'cve_id')) : [undefined];
  if (!sound || ids.some((id) => id === undefined)) {
    problems.push({
      code: 'malformed',
      message: 'The allowlist that the registry sent makes no sense, so that exempt vulnerabilities are not known.',
    });
    return undefined;
  }
  const expires = typeof expiresAt === 'number' ? { expires: toIsoDate(expiresAt) } : {};
  const entries = ids.flatMap((id) => (id === undefined ? [] : [{ id, ...expires }]));
  return { entries, expired: typeof expiresAt === 'number' && Math.floor(now.getTime() / 1000) >= expiresAt };
}

const LAST_SECOND = 8_640_000_000_000;

function toIsoDate(seconds: number): string {
  return new Date(Math.max(-LAST_SECOND, Math.min(LAST_SECOND, seconds)) * 1000).toISOString();
}
