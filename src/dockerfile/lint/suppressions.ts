import type { SuppressedDiagnostic, LintDiagnostic } from '../../foundation/model/diagnostic.ts';
import type { TextRange } from '../../foundation/model/text-range.ts';
import type { Comment, DockerfileModel, Instruction } from '../syntax/model.ts';
import type { Rule, RuleDocs } from './rule.ts';

/** What lint itself reports of suppression comments. */
export interface SuppressionRule extends Pick<Rule, 'id' | 'slug' | 'title' | 'severity'> {
  readonly docs: RuleDocs;
}

const references = ['https://github.com/hadolint/hadolint#inline-ignores', 'https://docs.docker.com/build/checks/'];

export const withoutReason: SuppressionRule = {
  id: 'PL0001',
  slug: 'suppression-without-reason',
  title: 'Suppression without a reason',
  severity: 'low',
  docs: {
    reports:
      'A `# plimsoll ignore=…` comment that does not say why. It still suppresses. Comments in the forms of hadolint and BuildKit need no reason.',
    why: 'Whoever meets the comment later cannot tell a considered exception from a finding that was in the way, so it is never taken out again and hides the next real one.',
    fix: 'Write `reason=` and a few words behind the rule ids, and `; expires=YYYY-MM-DD` when the reason will pass.',
    bad: ['FROM alpine:3.20\n# plimsoll ignore=PL4001\nRUN curl -k https://intranet.example/ca.pem -o /ca.pem\n'],
    good: [
      'FROM alpine:3.20\n# plimsoll ignore=PL4001 reason=fetches the CA itself, checked in the next line\nRUN curl -k https://intranet.example/ca.pem -o /ca.pem\n',
    ],
    references,
  },
};

export const unknownRule: SuppressionRule = {
  id: 'PL0002',
  slug: 'suppression-of-unknown-rule',
  title: 'Suppression of an unknown rule',
  severity: 'low',
  docs: {
    reports: 'A rule id, slug or alias in a `# plimsoll ignore=…` comment that no rule goes by.',
    why: 'A misspelt id suppresses nothing, and its author believes that it does; or it stays behind after the rule it was for is gone.',
    fix: 'Write the id that the finding shows, such as PL4001.',
    bad: ['# plimsoll ignore-file=PL9999 reason=none of ours\nFROM alpine:3.20\n'],
    good: ['# plimsoll ignore-file=PL1001 reason=built for one day\nFROM alpine\n'],
    references,
  },
};

export const expired: SuppressionRule = {
  id: 'PL0003',
  slug: 'expired-suppression',
  title: 'Expired suppression',
  severity: 'medium',
  docs: {
    reports: 'A `# plimsoll ignore=…` comment whose `expires=` date has passed or cannot be read. It no longer suppresses.',
    why: 'The exception was granted for a time; the risk it stood for is still in the image.',
    fix: 'Put the finding right, or agree on a new date.',
    bad: [
      'FROM alpine:3.20\n# plimsoll ignore=PL4001 reason=until the certificate is renewed; expires=2020-01-31\nRUN curl -k https://intranet.example/x -o /x\n',
    ],
    good: [
      'FROM alpine:3.20\n# plimsoll ignore=PL4001 reason=until the certificate is renewed; expires=2999-01-31\nRUN curl -k https://intranet.example/x -o /x\n',
    ],
    references,
  },
};

export const suppressionRules: readonly SuppressionRule[] = [withoutReason, unknownRule, expired];

export interface Suppressions {
  /** Returns the suppression that silences a diagnostic; undefined when none does. */
  find(diagnostic: LintDiagnostic): Pick<SuppressedDiagnostic, 'reason'> | undefined;
  /** What is wrong with the comments themselves. */
  readonly diagnostics: readonly LintDiagnostic[];
}

interface Suppression {
  readonly form: 'plimsoll' | 'hadolint' | 'buildkit';
  readonly wholeFile: boolean;
  readonly names: readonly string[];
  readonly reason: string | undefined;
}

/** Returns the suppressions that the comments of a Dockerfile ask for. `today` is YYYY-MM-DD. */
export function readSuppressions(model: DockerfileModel, rules: readonly Rule[], today: string): Suppressions {
  const ruleByName = indexRules(rules);
  const diagnostics: LintDiagnostic[] = [];
  const inFile = new Map<string, string | undefined>();
  const byLine = new Map<number, Map<string, string | undefined>>();
  const instructionByLine = new Map(model.instructions.map((instruction) => [instruction.range.start.line, instruction]));
  const nextLine = nextLines(model.comments);

  const add = (target: Map<string, string | undefined>, suppression: Suppression): void => {
    for (const name of suppression.names) for (const rule of ruleByName.get(name.toLowerCase()) ?? []) target.set(rule, suppression.reason);
  };
  for (const comment of model.comments) {
    const suppression = parseComment(comment, rules);
    if (suppression === undefined) continue;
    if (suppression.form === 'plimsoll') {
      const found = judge(suppression, comment, ruleByName, today);
      diagnostics.push(...found);
      if (found.some((diagnostic) => diagnostic.ruleId === expired.id)) continue;
    }
    const line = nextLine.get(comment.line) ?? comment.line + 1;
    const target = suppression.wholeFile ? inFile : (byLine.get(line) ?? new Map<string, string | undefined>());
    if (!suppression.wholeFile) byLine.set(line, target);
    add(target, suppression);
  }
  const check = model.directives.find((directive) => directive.name === 'check');
  if (check !== undefined) add(inFile, { form: 'buildkit', wholeFile: true, names: skippedChecks(check.value, rules), reason: undefined });

  const lineOf = (line: number): number => startLine(model.instructions, instructionByLine, line);
  return {
    diagnostics,
    find({ ruleId, range }) {
      for (const silenced of [byLine.get(range.start.line), byLine.get(lineOf(range.start.line)), inFile]) {
        if (silenced?.has(ruleId) === true) {
          const reason = silenced.get(ruleId);
          return reason === undefined ? {} : { reason };
        }
      }
      return undefined;
    },
  };
}

/** `plimsoll ignore=A,B reason=…; expires=…`, `hadolint [global] ignore=A,B`, and BuildKit's `check=skip=A,B` above an instruction. */
function parseComment(comment: Comment, rules: readonly Rule[]): Suppression | undefined {
  const ours = /^\s*plimsoll\s+ignore(-file)?\s*=\s*([^\s;,]*(?:\s*,\s*[^\s;,=]+(?![^\s,;]*=))*)(.*)$/.exec(comment.text);
  if (ours !== null) {
    const [, file, names = '', rest = ''] = ours;
    const reason = /\breason\s*=\s*(.*?)\s*(?:;\s*expires\s*=.*)?$/.exec(rest)?.[1];
    return { form: 'plimsoll', wholeFile: file !== undefined, names: splitNames(names), reason: reason === '' ? undefined : reason };
  }
  const hadolint = /^\s*hadolint\s+(global\s+)?ignore\s*=\s*([A-Za-z0-9_,\s]*)/.exec(comment.text);
  if (hadolint === null) return parseCheck(comment.text, rules);
  return { form: 'hadolint', wholeFile: hadolint[1] !== undefined, names: splitNames(hadolint[2] ?? ''), reason: undefined };
}

/** What follows `//` is why. */
function parseCheck(text: string, rules: readonly Rule[]): Suppression | undefined {
  const [, value, reason] = /^\s*check\s*=([^/]*)(?:\/\/\s*(.*?)\s*)?$/i.exec(text) ?? [];
  return value === undefined ? undefined : { form: 'buildkit', wholeFile: false, names: skippedChecks(value, rules), reason };
}

function splitNames(list: string): readonly string[] {
  return list
    .split(/[\s,]+/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function judge(
  suppression: Suppression,
  comment: Comment,
  ruleByName: ReadonlyMap<string, readonly string[]>,
  today: string,
): readonly LintDiagnostic[] {
  const found: LintDiagnostic[] = [];
  if (suppression.reason === undefined) found.push(report(withoutReason, 'This suppression does not say why: add reason=…', comment.range));
  for (const name of suppression.names) {
    if (!ruleByName.has(name.toLowerCase()))
      found.push(report(unknownRule, `No rule goes by ${name}; it suppresses nothing`, wordRange(comment, name)));
  }
  const expires = /\bexpires\s*=\s*(\S*)/.exec(comment.text)?.[1];
  if (expires !== undefined && !isDate(expires))
    found.push(report(expired, `This suppression's end cannot be read: write expires=YYYY-MM-DD`, comment.range));
  else if (expires !== undefined && expires < today)
    found.push(report(expired, `This suppression ended on ${expires} and no longer applies`, comment.range));
  return found;
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

function report(rule: SuppressionRule, message: string, range: TextRange): LintDiagnostic {
  return { ruleId: rule.id, aliases: [], severity: rule.severity, message, range, fixes: [] };
}

function wordRange(comment: Comment, word: string): TextRange {
  const { start } = comment.range;
  // The comment's text begins behind its #.
  const character = start.character + 1 + Math.max(0, comment.text.indexOf(word));
  return { start: { line: start.line, character }, end: { line: start.line, character: character + word.length } };
}

/** Made once for a list of rules, not for each keystroke. */
const indexes = new WeakMap<readonly Rule[], ReadonlyMap<string, readonly string[]>>();

/** Returns rule ids by every name, in lower case, that a rule goes by. Two rules may share an alias. */
function indexRules(rules: readonly Rule[]): ReadonlyMap<string, readonly string[]> {
  const known = indexes.get(rules);
  if (known !== undefined) return known;
  const index = new Map<string, string[]>(
    suppressionRules.flatMap(({ id, slug }) => [id, slug].map((name): [string, string[]] => [name.toLowerCase(), [id]])),
  );
  for (const { id, slug, aliases } of rules) {
    for (const name of [id, slug, ...aliases]) {
      const ids = index.get(name.toLowerCase());
      if (ids === undefined) index.set(name.toLowerCase(), [id]);
      else if (!ids.includes(id)) ids.push(id);
    }
  }
  indexes.set(rules, index);
  return index;
}

/** `skip=A,B;error=true` of BuildKit's check directive or comment; `skip=all` means all of BuildKit's own checks, not ours. */
function skippedChecks(value: string, rules: readonly Rule[]): readonly string[] {
  const skip = /(?:^|;)\s*skip\s*=\s*([^;]*)/.exec(value)?.[1]?.trim() ?? '';
  if (skip.toLowerCase() !== 'all') return splitNames(skip);
  return rules.flatMap((rule) => rule.aliases.filter((alias) => /^[A-Z][a-z]+[A-Za-z]*$/.test(alias)));
}

/** Returns for each comment's line the line that the block of comments stands above. */
function nextLines(comments: readonly Comment[]): ReadonlyMap<number, number> {
  const next = new Map<number, number>();
  for (const { line } of comments.toReversed()) next.set(line, next.get(line + 1) ?? line + 1);
  return next;
}

/** Returns the first line of the instruction that a line belongs to. */
function startLine(instructions: readonly Instruction[], byLine: ReadonlyMap<number, Instruction>, line: number): number {
  if (byLine.has(line)) return line;
  let low = 0;
  let high = instructions.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((instructions[middle]?.range.start.line ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  return instructions[low]?.range.start.line ?? line;
}
