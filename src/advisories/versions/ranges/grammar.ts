import type { VersionScheme } from '../scheme.ts';

/** How one ecosystem writes ranges of versions. An expression is made of alternatives, one of which must hold. */
export interface RangeGrammar {
  /** Cuts an expression into its alternatives; by default at `||`, or at the `|` that some write for it. */
  readonly split?: (expression: string) => readonly string[];
  /** Square brackets mean something else than an interval. */
  readonly hasOwnBrackets?: true;
  /** Whether a version lies in one alternative, which is trimmed and not empty; undefined when that cannot be read. */
  readonly evaluate: (scheme: VersionScheme, version: string, alternative: string) => boolean | undefined;
}

type Operator = '<' | '<=' | '>' | '>=' | '=' | '!=';

export interface Comparator {
  readonly operator: Operator;
  readonly version: string;
}

/** A comparator as it was written: any run of operator characters, or none. */
export interface WrittenComparator {
  readonly operator: string;
  readonly version: string;
}

const WRITTEN = /[\s,]*(?:([<>=!~^]+)\s*)?([^\s,|<>=!~^][^\s,|<>=]*)/y;

/** Returns the comparators of one alternative, parted by commas or spaces; undefined when something else stands between them. */
export function parseWritten(alternative: string): readonly WrittenComparator[] | undefined {
  const text = alternative.trimEnd();
  const written: WrittenComparator[] = [];
  WRITTEN.lastIndex = 0;
  let end = 0;
  while (end < text.length) {
    const match = WRITTEN.exec(text);
    if (match === null) break;
    written.push({ operator: match[1] ?? '', version: match[2] ?? '' });
    end = WRITTEN.lastIndex;
  }
  return written.length > 0 && /^[\s,]*$/.test(text.slice(end)) ? written : undefined;
}

const plainOperators: Readonly<Record<string, Operator>> = {
  '': '=',
  '=': '=',
  '==': '=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '!=': '!=',
  '<>': '!=',
};

/** Returns a comparator whose operator every ecosystem knows, undefined for any other. No operator means equality. */
export function toPlain({ operator, version }: WrittenComparator): Comparator | undefined {
  const plain = plainOperators[operator];
  return plain === undefined ? undefined : { operator: plain, version };
}

/**
 * Returns the grammar in which each written comparator stands for some plain ones: `~> 1.2` for `>=1.2` and `<2`. `expand` gives undefined for what it cannot read; `normalise` is applied to both
 * sides before they are compared.
 */
export function grammarOf(
  expand: (written: WrittenComparator) => readonly Comparator[] | undefined,
  options: {
    readonly prepare?: (alternative: string) => string;
    readonly normalise?: (version: string) => string;
    readonly split?: RangeGrammar['split'];
  } = {},
): RangeGrammar {
  const { prepare, normalise = (version: string) => version, split } = options;
  return {
    ...(split !== undefined && { split }),
    evaluate(scheme, version, alternative) {
      const comparators = parseWritten(prepare?.(alternative) ?? alternative)?.map(expand);
      if (comparators === undefined || comparators.includes(undefined)) return undefined;
      const subject = normalise(version);
      return comparators.every((part) => (part ?? []).every((bound) => holds(scheme.compare(subject, normalise(bound.version)), bound.operator)));
    },
  };
}

/** Returns whether the order of a version and a bound is what the operator asks for. */
export function holds(order: number, operator: Operator): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '!=':
      return order !== 0;
    case '=':
      return order === 0;
  }
}
