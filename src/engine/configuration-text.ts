import { isIntegerIn, type OptionValue, type OptionValues, type RuleOption, type TextsOption } from '../dockerfile/lint/options.ts';
import { nearestOf } from '../dockerfile/lint/queries/nearest.ts';
import { MAX_CONFIG_PROBLEMS } from '../foundation/base/limits.ts';
import { isSeverity, type Severity } from '../foundation/model/severity.ts';
import type { PolicyFile } from '../gate/policy-file/policy-file.ts';
import { IGNORE_KEY, readIgnoreEntries, type IgnoreEntryText } from './configuration-ignore.ts';
import { policyKeys, PROVIDERS_KEY, providerIds, ruleLevels, RULES_KEY, rulesByName, SEVERITY_KEY, topKeys } from './configuration-keys.ts';
import { POLICY_KEY, readPolicyFile } from './configuration-policy.ts';
import { readTrust, TRUST_KEY, type TrustText } from './configuration-trust.ts';
import { readYaml, type ConfigurationIssue, type Span, type YamlEntry, type YamlValue } from './configuration-yaml.ts';
import type { LintSettings, RuleDescription } from './lint-dockerfile.ts';

export type { ConfigurationIssue } from './configuration-yaml.ts';

export interface ConfigurationText {
  readonly settings: LintSettings;
  /** Findings of scans that can be ignored. */
  readonly ignores: readonly IgnoreEntryText[];
  /** What must not leave; undefined when the file says nothing of it. */
  readonly policy?: PolicyFile;
  /** Whose signatures are believed; undefined when the file says nothing of it. */
  readonly trust?: TrustText;
  /** True when something that must not leave may have been left out: the text, `policy` or `trust` is wrong. */
  readonly isPolicyBroken: boolean;
  /** Provider ids by registry host. */
  readonly providerOf: Readonly<Record<string, string>>;
  /** In the order of the file. */
  readonly issues: readonly ConfigurationIssue[];
}

/** Returns the settings in the text of a configuration file, and what is wrong with it: whatever is wrong is left out, the rest counts. Never throws. */
export function readConfigurationText(text: string): ConfigurationText {
  const { root, issues: syntax, toRange } = readYaml(text);
  const issues = [...syntax];
  const reader = new Reader(
    (message, span) => {
      issues.push({ message, range: toRange(span) });
    },
    (span) => toRange(span).start.line + 1,
  );
  if (root.kind === 'map') reader.readTop(root.entries);
  else if (!isEmpty(root) && syntax.length === 0) reader.report('a configuration file is a map of keys', root.span);
  return {
    settings: reader.settings(),
    ignores: reader.ignores,
    ...(reader.policy === undefined ? {} : { policy: reader.policy }),
    ...(reader.trust === undefined ? {} : { trust: reader.trust }),
    isPolicyBroken: syntax.length > 0 || root.kind !== 'map' ? issues.length > 0 : reader.isPolicyBroken,
    providerOf: Object.fromEntries(reader.providerOf),
    issues: limit(issues.toSorted(byPlace)),
  };
}

function byPlace({ range: { start: a } }: ConfigurationIssue, { range: { start: b } }: ConfigurationIssue): number {
  return a.line - b.line || a.character - b.character;
}

function limit(issues: readonly ConfigurationIssue[]): readonly ConfigurationIssue[] {
  const next = issues[MAX_CONFIG_PROBLEMS];
  if (next === undefined) return issues;
  return [...issues.slice(0, MAX_CONFIG_PROBLEMS), { ...next, message: `${issues.length - MAX_CONFIG_PROBLEMS} more problems are not listed` }];
}

/** Longest key that may be a misspelt `policy` or `trust`. */
const MAX_MISSPELT = 12;

class Reader {
  readonly #report: (message: string, span: Span) => void;
  #reported = 0;
  readonly #severities = new Map<string, Severity | 'off'>();
  readonly #options = new Map<string, Map<string, OptionValue>>();
  readonly #policy = new Map<string, readonly string[]>();
  readonly #lineOf: (span: Span) => number;
  ignores: readonly IgnoreEntryText[] = [];
  policy: PolicyFile | undefined;
  trust: TrustText | undefined;
  isPolicyBroken = false;
  readonly providerOf = new Map<string, string>();

  /** `lineOf` counts from 1. */
  constructor(report: (message: string, span: Span) => void, lineOf: (span: Span) => number) {
    this.#report = report;
    this.#lineOf = lineOf;
  }

  report(message: string, span: Span): void {
    this.#reported++;
    this.#report(message, span);
  }

  settings(): LintSettings {
    const ruleOptions = [...this.#options].map(([id, values]): [string, OptionValues] => [id, Object.fromEntries(values)]);
    return {
      rules: Object.fromEntries(this.#severities),
      policy: Object.fromEntries(this.#policy),
      ...(ruleOptions.length === 0 ? {} : { ruleOptions: Object.fromEntries(ruleOptions) }),
    };
  }

  readTop(entries: readonly YamlEntry[]): void {
    for (const { key, keySpan, value } of entries) {
      const list = policyKeys.find(({ name }) => name === key);
      if (list !== undefined) this.#readPolicy(list, value);
      else if (key === IGNORE_KEY) this.ignores = this.#readIgnores(value);
      else if (key === POLICY_KEY) this.policy = this.#readPolicyFile(value);
      else if (key === TRUST_KEY) this.trust = this.#readTrust(value);
      else if (key === PROVIDERS_KEY) this.#readProviders(value);
      else if (key !== RULES_KEY) this.#reportTopKey(key, keySpan);
      else if (value.kind === 'map') for (const entry of value.entries) this.#readRule(entry);
      else if (!isEmpty(value)) this.#wrong(value, `'${RULES_KEY}' is a map from rule to severity or off`);
    }
  }

  #reportTopKey(key: string, span: YamlEntry['keySpan']): void {
    const names = namesOf(topKeys);
    // A misspelt one leaves out all that it says.
    this.isPolicyBroken ||= key.length <= MAX_MISSPELT && [POLICY_KEY, TRUST_KEY].includes(nearestOf(key, names) ?? '');
    this.report(`unknown key '${shorten(key)}'${this.#meant(key, names) || `; there are ${names.join(', ')}`}`, span);
  }

  #readPolicy(list: TextsOption, value: YamlValue): void {
    this.#policy.set(list.name, (isEmpty(value) ? undefined : this.#readTexts(value, list.name)) ?? []);
  }

  #readIgnores(value: YamlValue): readonly IgnoreEntryText[] {
    return readIgnoreEntries(
      value,
      (message, { span }) => {
        this.report(message, span);
      },
      this.#lineOf,
    );
  }

  #readPolicyFile(value: YamlValue): PolicyFile | undefined {
    this.isPolicyBroken ||= value.kind === 'unreadable';
    return readPolicyFile(value, (message, { span }) => {
      this.isPolicyBroken = true;
      this.report(message, span);
    });
  }

  #readTrust(value: YamlValue): TrustText | undefined {
    this.isPolicyBroken ||= value.kind === 'unreadable';
    return readTrust(value, (message, { span }) => {
      this.isPolicyBroken = true;
      this.report(message, span);
    });
  }

  #readProviders(value: YamlValue): void {
    if (value.kind !== 'map') {
      if (!isEmpty(value)) this.#wrong(value, `'${PROVIDERS_KEY}' is a map from a registry's host to its kind`);
      return;
    }
    for (const { key, value: kind } of value.entries) {
      const id = kind.kind === 'scalar' && typeof kind.value === 'string' ? kind.value : '';
      if (providerIds.includes(id)) this.providerOf.set(key, id);
      else this.#wrong(kind, `${PROVIDERS_KEY}.${shorten(key)}: one of ${providerIds.join(', ')}${this.#meant(id, providerIds)}`);
    }
  }

  #readRule({ key, keySpan, value }: YamlEntry): void {
    const rules = rulesByName.get(key);
    if (rules === undefined) {
      this.report(`rules: there is no rule '${shorten(key)}'${this.#meant(key, rulesByName.keys())}`, keySpan);
    } else if (value.kind === 'map') {
      for (const entry of value.entries) this.#readRuleEntry(key, rules, entry);
    } else {
      this.#readSeverity(key, value, `rules.${key}`);
    }
  }

  #readRuleEntry(rule: string, rules: readonly RuleDescription[], { key, keySpan, value }: YamlEntry): void {
    const place = `rules.${rule}.${shorten(key)}`;
    if (key === SEVERITY_KEY) {
      this.#readSeverity(rule, value, place);
      return;
    }
    // An alias may name several rules: an option is set for those that have it.
    const having = rules.flatMap(({ id, options = [] }) => options.filter(({ name }) => name === key).map((option) => ({ id, option })));
    const [first] = having;
    if (first === undefined) {
      const names = [SEVERITY_KEY, ...rules.flatMap(({ options = [] }) => namesOf(options))];
      this.report(`rules.${rule}: unknown option '${shorten(key)}', it takes ${listOf(names)}${this.#meant(key, names)}`, keySpan);
      return;
    }
    const read = this.#readOption(first.option, value, place);
    if (read === undefined) return;
    for (const { id } of having) this.#options.set(id, (this.#options.get(id) ?? new Map<string, OptionValue>()).set(key, read));
  }

  #readSeverity(rule: string, value: YamlValue, place: string): void {
    // YAML 1.1 habits: `off` may come as the boolean false from a file that another tool wrote.
    const level = value.kind === 'scalar' ? (value.value === false ? 'off' : value.value) : undefined;
    if (level === 'off' || isSeverity(level)) this.#severities.set(rule, level);
    else this.#wrong(value, `${place}: a severity (${ruleLevels.slice(0, -1).join(', ')}) or off${this.#meant(level, ruleLevels)}`);
  }

  /** Undefined when nothing of it can be used. */
  #readOption(option: RuleOption, value: YamlValue, place: string): OptionValue | undefined {
    switch (option.kind) {
      case 'integer': {
        const read = value.kind === 'scalar' ? value.value : undefined;
        if (isIntegerIn(option, read)) return read;
        this.#wrong(value, `${place}: a whole number from ${option.minimum} to ${option.maximum}`);
        return undefined;
      }
      case 'integers':
        return this.#readItems(value, place, (entry) => isIntegerIn(option, entry), `a whole number from ${option.minimum} to ${option.maximum}`);
      case 'texts':
        return this.#readTexts(value, place);
    }
  }

  #readTexts(value: YamlValue, place: string): readonly string[] | undefined {
    return this.#readItems(value, place, isText, 'text')?.map((entry) => entry.trim());
  }

  #readItems<T>(value: YamlValue, place: string, isItem: (entry: unknown) => entry is T, what: string): readonly T[] | undefined {
    if (value.kind !== 'list') {
      this.#wrong(value, `'${place}' is a list`);
      return undefined;
    }
    return value.items.flatMap((item) => {
      const entry = item.kind === 'scalar' ? item.value : undefined;
      if (isItem(entry)) return [entry];
      this.#wrong(item, `${place}: an entry is ${what}`);
      return [];
    });
  }

  /** Not for problems that are not listed: it takes time. */
  #meant(word: unknown, candidates: Iterable<string>): string {
    if (this.#reported > MAX_CONFIG_PROBLEMS || typeof word !== 'string') return '';
    const nearest = nearestOf(word, candidates);
    return nearest === undefined ? '' : `; did you mean '${nearest}'?`;
  }

  /** Of what could not be read it is said already. */
  #wrong(value: YamlValue, message: string): void {
    if (value.kind !== 'unreadable') this.report(message, value.span);
  }
}

/** A key behind which nothing stands, or all is commented out. */
function isEmpty(value: YamlValue): boolean {
  return value.kind === 'scalar' && value.value === null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function namesOf(list: readonly { readonly name: string }[]): readonly string[] {
  return list.map(({ name }) => name);
}

function listOf(names: readonly string[]): string {
  return [...new Set(names)].map((name) => `'${name}'`).join(', ');
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
