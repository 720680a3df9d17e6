import { isRecord, memberOf, textOf, toShowable, type JsonRecord } from '../../registry/json.ts';
import { PolicyError } from '../provider.ts';
import type { XrayRule } from './decide.ts';

/** Returns the rules of a security policy in the order in which they act. @throws {PolicyError} when it has none */
export function toRules(policy: JsonRecord): readonly XrayRule[] {
  return rulesOf(policy)
    .map(toRule)
    .sort((a, b) => a.priority - b.priority);
}

/** True when any rule of the policy refuses downloads, for what it finds or until it has looked. */
export function blocksDownload(policy: JsonRecord): boolean {
  return rulesOf(policy).some((rule) => isBlocking(rule, 'active') || isBlocking(rule, 'unscanned'));
}

function rulesOf(policy: JsonRecord): readonly JsonRecord[] {
  const rules = memberOf(policy, 'rules');
  // Read as an empty list, an answer without rules would say that nothing is refused.
  if (!Array.isArray(rules) || !rules.every(isRecord))
    throw new PolicyError('malformed', `Xray's answer does not hold the rules of the policy '${textOf(policy, 'name') ?? ''}'`);
  return rules;
}

function isBlocking(rule: JsonRecord, kind: 'active' | 'unscanned'): boolean {
  const actions = memberOf(rule, 'actions');
  const download = memberOf(actions, 'block_download') ?? {};
  const isOn = memberOf(download, kind) ?? false;
  // What is neither on nor off must not be taken for off.
  if (!isRecord(actions) || !isRecord(download) || typeof isOn !== 'boolean')
    throw new PolicyError('malformed', `Xray does not say whether the rule '${toShowable(textOf(rule, 'name') ?? '')}' refuses downloads`);
  return isOn;
}

function toRule(rule: JsonRecord): XrayRule {
  const criteria = memberOf(rule, 'criteria');
  const priority = memberOf(rule, 'priority');
  const minSeverity = textOf(criteria, 'min_severity');
  const range = memberOf(criteria, 'cvss_range');
  const from = memberOf(range, 'from');
  const to = memberOf(range, 'to');
  const ids = memberOf(criteria, 'vulnerability_ids');
  return {
    name: textOf(rule, 'name') ?? '',
    priority: typeof priority === 'number' ? priority : Number.MAX_SAFE_INTEGER,
    ...(minSeverity === undefined || minSeverity === '' ? {} : { minSeverity }),
    ...(typeof from === 'number' && typeof to === 'number' ? { cvssRange: { from, to } } : {}),
    ...(Array.isArray(ids) && ids.length > 0 ? { ids: ids.filter((id) => typeof id === 'string') } : {}),
    onlyFixable: memberOf(criteria, 'fix_version_dependant') === true,
    malicious: memberOf(criteria, 'malicious_package') === true,
    // What a rule without any is met by is not documented.
    unread:
      isRecord(criteria) && isSet(criteria)
        ? Object.keys(criteria).filter((name) => isSet(criteria[name]) && !isRead(name, criteria[name]))
        : ['criteria'],
    blocksDownload: isBlocking(rule, 'active'),
    blocksUnscanned: isBlocking(rule, 'unscanned'),
  };
}

/** One whose value is not what it should be is not read: left out, its rule would be met by everything. */
function isRead(name: string, value: unknown): boolean {
  switch (name) {
    case 'min_severity':
      return typeof value === 'string';
    case 'cvss_range':
      return typeof memberOf(value, 'from') === 'number' && typeof memberOf(value, 'to') === 'number';
    case 'vulnerability_ids':
      return Array.isArray(value) && value.every((id) => typeof id === 'string');
    case 'fix_version_dependant':
    case 'malicious_package':
      return typeof value === 'boolean';
    default:
      return false;
  }
}

/** Xray writes criteria that were never set as null, false, or empty. */
function isSet(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return isRecord(value) ? Object.values(value).some(isSet) : true;
}
