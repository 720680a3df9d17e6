import type { RuleContext } from './rule.ts';

/**
 * What the configuration may set of a rule beside its severity, as data: the reader of the configuration, its JSON schema, what the editor completes and the rule's page
 * all come from here. A rule reads its own with {@link optionOf}.
 */
export type RuleOption = TextsOption | IntegersOption | IntegerOption;

interface Described {
  /** camelCase, as written in the configuration. Never `severity`. */
  readonly name: string;
  /** One or two sentences: what it changes, and how an entry is written. */
  readonly description: string;
}

/** A list of texts, none of them empty. */
export interface TextsOption extends Described {
  readonly kind: 'texts';
  readonly default: readonly string[];
  /** Offered while one is typed, and shown on the rule's page. */
  readonly examples: readonly string[];
}

/** A list of whole numbers. */
export interface IntegersOption extends Described {
  readonly kind: 'integers';
  readonly minimum: number;
  readonly maximum: number;
  readonly default: readonly number[];
  readonly examples: readonly number[];
}

/** A whole number. */
export interface IntegerOption extends Described {
  readonly kind: 'integer';
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
  readonly examples: readonly number[];
}

export type OptionValue = RuleOption['default'];
/** Values by option name. What is not set has its default. */
export type OptionValues = Readonly<Record<string, OptionValue>>;

/** Returns what the configuration sets an option to, else its default. */
export function optionOf<O extends RuleOption>({ options }: Pick<RuleContext, 'options'>, option: O): O['default'] {
  const value = Object.hasOwn(options, option.name) ? options[option.name] : undefined;
  return value !== undefined && isValueOf(option, value) ? value : option.default;
}

/** True for a value that the option may have. */
export function isValueOf<O extends RuleOption>(option: O, value: unknown): value is O['default'] {
  switch (option.kind) {
    case 'texts':
      return Array.isArray(value) && value.every((entry) => typeof entry === 'string' && entry.trim() !== '');
    case 'integers':
      return Array.isArray(value) && value.every((entry) => isIntegerIn(option, entry));
    case 'integer':
      return isIntegerIn(option, value);
  }
}

/** True for a whole number between the bounds of an option. */
export function isIntegerIn({ minimum, maximum }: Pick<IntegerOption, 'minimum' | 'maximum'>, value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum;
}

/** Returns the test for names that a list holds, in any case; `ca-*` stands for all that begin so. */
export function nameMatcher(entries: readonly string[]): (name: string) => boolean {
  const lowered = entries.map((entry) => entry.trim().toLowerCase());
  const names = new Set(lowered);
  const beginnings = lowered.flatMap((entry) => (entry.endsWith('*') ? [entry.slice(0, -1)] : []));
  return (name) => {
    const plain = name.toLowerCase();
    return names.has(plain) || beginnings.some((beginning) => plain.startsWith(beginning));
  };
}
