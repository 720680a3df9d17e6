import { nearestOf } from '../dockerfile/lint/queries/nearest.ts';
import { isSeverity, severities } from '../foundation/model/severity.ts';
import type { PolicyExemption, PolicyFile } from '../gate/policy-file/policy-file.ts';
import type { Span, YamlEntry, YamlValue } from './configuration-yaml.ts';

export const POLICY_KEY = 'policy';

export const policyDescription =
  'What must not leave this machine, whatever the registry does: `plimsoll policy check` and a push judge by it, beside the policy of the registry.';

type Kind = 'severity' | 'switch' | 'texts' | 'days' | 'signature' | 'allowlist';

/** What `policy` may say. */
export const policyFileKeys = [
  { name: 'severity', kind: 'severity', description: 'Vulnerabilities of this severity or worse block. Default: none does for its severity alone.' },
  { name: 'unfixed', kind: 'switch', description: 'Whether vulnerabilities that have no fixed version block too: `block` (default) or `allow`.' },
  {
    name: 'knownExploited',
    kind: 'switch',
    description: 'Whether vulnerabilities that CISA lists as exploited block whatever their severity: `block` (default) or `allow`.',
  },
  { name: 'malware', kind: 'switch', description: 'Whether malicious files block: `block` (default) or `allow`.' },
  { name: 'secrets', kind: 'switch', description: 'Whether secrets in files, variables and history block: `block` (default) or `allow`.' },
  {
    name: 'allowlist',
    kind: 'allowlist',
    description: 'Ids that do not block, each with a `reason` and perhaps the last day it counts (`expires: 2027-01-31`).',
  },
  {
    name: 'deniedPackages',
    kind: 'texts',
    description:
      'Packages that must not be in the image, by any package manager (`telnetd`) or by one (`npm:event-stream`); a `*` at the end stands for the rest.',
  },
  {
    name: 'baseImages',
    kind: 'texts',
    description:
      'What images may be built on: `docker.io/library/debian`, all below `registry.example.com/base/`; a `*` at the end stands for the rest. Empty: anything.',
  },
  { name: 'maximumAge', kind: 'days', description: 'Most days since the advisories were built that the scan was made against.' },
  { name: 'signature', kind: 'signature', description: 'Whether the image must be signed by a trusted key: `required`, or `optional` (default).' },
] as const satisfies readonly { readonly name: keyof PolicyFile; readonly kind: Kind; readonly description: string }[];

export const policySwitches = ['block', 'allow'] as const;
export const signatureWishes = ['required', 'optional'] as const;
export const MAX_POLICY_DAYS = 3650;
const exemptionKeys = ['id', 'reason', 'expires'] as const;

type Report = (message: string, value: { readonly span: Span }) => void;

/** Returns the policy behind `policy`, undefined when there is none. What is wrong is reported and as if it were not there, except that an allowlist entry with a mistake in it allows nothing. */
export function readPolicyFile(value: YamlValue, report: Report): PolicyFile | undefined {
  if (value.kind === 'unreadable' || (value.kind === 'scalar' && value.value === null)) return undefined;
  if (value.kind !== 'map') {
    report(`'${POLICY_KEY}' is a map of what blocks`, value);
    return undefined;
  }
  const read = value.entries.flatMap((entry) => readEntry(entry, report) ?? []);
  return Object.fromEntries(read.map(({ name, value: known }) => [name, known]));
}

function readEntry({ key, keySpan, value }: YamlEntry, report: Report): { readonly name: string; readonly value: unknown } | undefined {
  const known = policyFileKeys.find(({ name }) => name === key);
  if (known === undefined) {
    const names = policyFileKeys.map(({ name }) => name);
    const nearest = nearestOf(key, names);
    report(
      `${POLICY_KEY}: unknown key '${key.slice(0, 60)}'${nearest === undefined ? `; there are ${names.join(', ')}` : `; did you mean '${nearest}'?`}`,
      { span: keySpan },
    );
    return undefined;
  }
  const place = `${POLICY_KEY}.${key}`;
  const read = readKind(known.kind, value, place, report);
  return read === undefined ? undefined : { name: key, value: read };
}

/** Undefined when it is wrong, and reported. */
function readKind(kind: Kind, value: YamlValue, place: string, report: Report): unknown {
  const scalar = value.kind === 'scalar' ? value.value : undefined;
  const wrong = (what: string): unknown => {
    if (value.kind !== 'unreadable') report(`${place}: ${what}`, value);
    return undefined;
  };
  switch (kind) {
    case 'severity':
      return isSeverity(scalar) ? scalar : wrong(`a severity (${severities.join(', ')})`);
    case 'switch':
      return isOneOf(scalar, policySwitches) ? scalar : wrong(policySwitches.join(' or '));
    case 'signature':
      return isOneOf(scalar, signatureWishes) ? scalar : wrong(signatureWishes.join(' or '));
    case 'days':
      return typeof scalar === 'number' && Number.isInteger(scalar) && scalar >= 0 && scalar <= MAX_POLICY_DAYS
        ? scalar
        : wrong(`a whole number of days from 0 to ${MAX_POLICY_DAYS}`);
    case 'texts':
      return value.kind === 'list' ? value.items.flatMap((item) => readText(item, place, report) ?? []) : wrong('a list');
    case 'allowlist':
      return value.kind === 'list'
        ? value.items.flatMap((item, index) => readExemption(item, `${place}[${index}]`, report) ?? [])
        : wrong('a list of entries, each with an id and a reason');
  }
}

function isOneOf<T extends string>(value: unknown, allowed: readonly T[]): value is T {
  return (allowed as readonly unknown[]).includes(value);
}

function readText(item: YamlValue, place: string, report: Report): string | undefined {
  const text = item.kind === 'scalar' && typeof item.value === 'string' ? item.value.trim() : '';
  if (text !== '') return text;
  if (item.kind !== 'unreadable') report(`${place}: an entry is text`, item);
  return undefined;
}

function readExemption(item: YamlValue, place: string, report: Report): PolicyExemption | undefined {
  if (item.kind === 'unreadable') return undefined;
  const values = new Map<string, string>();
  let isSound = item.kind === 'map';
  if (!isSound) report(`${place}: an entry is a map with 'id' and 'reason'`, item);
  for (const { key, keySpan, value } of item.kind === 'map' ? item.entries : []) {
    const text = readText(value, `${place}.${key.slice(0, 60)}`, report);
    const isKnown = isOneOf(key, exemptionKeys);
    if (!isKnown) report(`${place}: unknown key '${key.slice(0, 60)}'; there are ${exemptionKeys.join(', ')}`, { span: keySpan });
    const isDated = key !== 'expires' || text === undefined || isDay(text);
    if (!isDated) report(`${place}.expires: a day as YYYY-MM-DD`, value);
    if (text === undefined || !isKnown || !isDated) isSound = false;
    else values.set(key, text);
  }
  const [id, reason, expires] = exemptionKeys.map((key) => values.get(key));
  if (item.kind === 'map' && reason === undefined && isSound) report(`${place}: 'reason' is missing: say why this is let pass`, item);
  if (item.kind === 'map' && id === undefined && isSound) report(`${place}: 'id' is missing`, item);
  if (!isSound || id === undefined || reason === undefined) return undefined;
  return { id, reason, ...(expires === undefined ? {} : { expires }) };
}

/** True for a day that there is: 2026-02-30 is none. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
