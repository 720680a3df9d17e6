import { MAX_DIAGNOSTICS, MAX_FIXED_LENGTH } from '../../foundation/base/limits.ts';
import { compareBy, compareText } from '../../foundation/base/order.ts';
import { messageOf } from '../../foundation/base/result.ts';
import type { LintDiagnostic, LintResult, SuppressedDiagnostic } from '../../foundation/model/diagnostic.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import type { DockerfileModel } from '../syntax/model.ts';
import { parseDockerfile } from '../syntax/parse.ts';
import { applyFixes } from './fixes.ts';
import { speakOnce } from './one-voice.ts';
import type { Claim } from './one-voice.ts';
import type { OptionValues } from './options.ts';
import type { LintPolicy, Rule, RuleContext } from './rule.ts';
import { rules as allRules } from './rules.generated.ts';
import { readSuppressions, suppressionRules } from './suppressions.ts';

export { applyFixes, suppressionEdit } from './fixes.ts';

/** By rule id, slug or alias, in any case. An id or slug is heeded before an alias. */
export type RuleSettings = Readonly<Record<string, Severity | 'off'>>;

export interface LintOptions {
  /** Default: all of them. */
  readonly rules?: readonly Rule[];
  readonly settings?: RuleSettings;
  /** By rule id. */
  readonly ruleOptions?: Readonly<Record<string, OptionValues>>;
  /** YYYY-MM-DD against which suppressions expire and releases end. Default: now. */
  readonly today?: string;
  /** A list that is left out is empty. */
  readonly policy?: Partial<LintPolicy>;
  /** Text of the .dockerignore that the build would heed. Default: there is none. */
  readonly dockerignore?: string;
}

const NO_OPTIONS: OptionValues = {};
const NO_POLICY: LintPolicy = { trustedRegistries: [], deniedPackages: [], deniedVendors: [], requiredLabels: [], allowedLabels: [] };

/** Returns what the rules say of a Dockerfile, as typed so far. Never throws: a rule that fails is named in `problems`, the others run. */
export function lintText(text: string, options: LintOptions = {}): LintResult {
  const rules = options.rules ?? allRules;
  const model = parseDockerfile(text);
  const problems: Problem[] = [];
  const context: RuleContext = {
    today: options.today ?? new Date().toISOString().slice(0, 10),
    policy: { ...NO_POLICY, ...options.policy },
    options: NO_OPTIONS,
    dockerignore: options.dockerignore,
  };
  const severityOf = readSettings(options.settings ?? {});
  const found: LintDiagnostic[] = [];
  const claims: Claim[] = [];
  for (const rule of rules) {
    const severity = severityOf(rule) ?? rule.severity;
    const own = options.ruleOptions?.[rule.id];
    if (severity !== 'off')
      runRule(rule, severity, { model, context: own === undefined ? context : { ...context, options: own }, found, claims, problems });
  }
  const suppressions = readSuppressions(model, rules === allRules ? rules : [...allRules, ...rules], context.today);
  for (const diagnostic of suppressions.diagnostics) {
    const slug = suppressionRules.find(({ id }) => id === diagnostic.ruleId)?.slug ?? '';
    const severity = severityOf({ id: diagnostic.ruleId, slug, aliases: [] }) ?? diagnostic.severity;
    if (severity !== 'off') found.push({ ...diagnostic, severity });
  }
  const diagnostics: LintDiagnostic[] = [];
  const suppressed: SuppressedDiagnostic[] = [];
  for (const diagnostic of sortUnique(speakOnce(found, claims))) {
    const suppression = suppressions.find(diagnostic);
    if (suppression === undefined) diagnostics.push(diagnostic);
    else suppressed.push({ diagnostic, ...suppression });
  }
  if (diagnostics.length > MAX_DIAGNOSTICS) {
    problems.push({ code: 'limit-exceeded', message: `${diagnostics.length} places were found; only the first ${MAX_DIAGNOSTICS} are listed` });
  }
  problems.push(...model.problems.map(({ message, line }): Problem => ({ code: 'malformed', message, ...(line === undefined ? {} : { line }) })));
  return { diagnostics: diagnostics.slice(0, MAX_DIAGNOSTICS), suppressed: suppressed.slice(0, MAX_DIAGNOSTICS), problems };
}

/** Most rounds of --fix: a fix may uncover another place, but never without end. */
export const MAX_FIX_ROUNDS = 10;

/** Returns `text` with fixes applied until nothing is left to fix: fixing the result again changes nothing, unless the text is so long that rounds were saved. */
export function fixText(text: string, which: 'safe' | 'suggested', options: LintOptions = {}): string {
  let current = text;
  const rounds = Math.min(MAX_FIX_ROUNDS, Math.ceil(MAX_FIXED_LENGTH / text.length));
  for (let round = 0; round < rounds; round++) {
    const next = applyFixes(current, lintText(current, options).diagnostics, which);
    if (next === current) return current;
    current = next;
  }
  return current;
}

interface Run {
  readonly model: DockerfileModel;
  readonly context: RuleContext;
  readonly found: LintDiagnostic[];
  readonly claims: Claim[];
  readonly problems: Problem[];
}

function runRule(rule: Rule, severity: Severity, { model, context, found, claims, problems }: Run): void {
  try {
    let count = 0;
    for (const { message, range, subject = range, fixes } of rule.check(model, context)) {
      const diagnostic: LintDiagnostic = { ruleId: rule.id, aliases: rule.aliases, severity, message, range, fixes: fixes ?? [] };
      found.push(diagnostic);
      if (rule.givesWayTo !== undefined) claims.push({ diagnostic, subject, givesWayTo: rule.givesWayTo });
      if (++count > MAX_DIAGNOSTICS) return;
    }
  } catch (error) {
    problems.push({ code: 'rule-failed', message: `Rule ${rule.id} (${rule.slug}) failed and was left out: ${messageOf(error)}` });
  }
}

type Named = Pick<Rule, 'id' | 'slug' | 'aliases'>;

function readSettings(settings: RuleSettings): (rule: Named) => Severity | 'off' | undefined {
  const byName = new Map(Object.entries(settings).map(([name, value]) => [name.toLowerCase(), value]));
  return ({ id, slug, aliases }) => {
    const name = [id, slug, ...aliases].map((candidate) => candidate.toLowerCase()).find((candidate) => byName.has(candidate));
    return name === undefined ? undefined : byName.get(name);
  };
}

const compareDiagnostics = compareBy<LintDiagnostic>(
  (a, b) => a.range.start.line - b.range.start.line,
  (a, b) => a.range.start.character - b.range.start.character,
  (a, b) => compareText(a.ruleId, b.ruleId),
  (a, b) => a.range.end.line - b.range.end.line,
  (a, b) => a.range.end.character - b.range.end.character,
);

/** One rule reports a place once, however many ways lead to it. */
function sortUnique(found: readonly LintDiagnostic[]): readonly LintDiagnostic[] {
  const sorted = found.toSorted(compareDiagnostics);
  return sorted.filter((diagnostic, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || compareDiagnostics(previous, diagnostic) !== 0;
  });
}
