/**
 * Runs the fixtures of other linters against the rules that say they are equivalent, and prints where they part: how many were caught, how many were passed over as they
 * should be, and each difference with its reason (lint-oracle/differences.data.ts). The fixtures stay where they are: each option names a checkout of the peer's repository.
 *
 *   node scripts/lint-oracle.ts [--buildkit DIR] [--checkov DIR] [--hadolint DIR] [--kics DIR] [--trivy DIR] [--show KEY] > docs/rules/recall.md
 *
 * Exits 1 when a difference has no reason, or a reason no difference. --show prints one fixture, `--show unexplained` all that part without one.
 */
import { parseArgs } from 'node:util';
import { lintText } from '../src/dockerfile/lint/lint.ts';
import type { Rule } from '../src/dockerfile/lint/rule.ts';
import { rules } from '../src/dockerfile/lint/rules.generated.ts';
import type { Instruction } from '../src/dockerfile/syntax/model.ts';
import { parseDockerfile } from '../src/dockerfile/syntax/parse.ts';
import { peerChecks } from './gen/rule-peers.data.ts';
import { readCases as readBuildkit } from './lint-oracle/buildkit.ts';
import { keyOf, type OracleCase, type Peer } from './lint-oracle/case.ts';
import { readCases as readCheckov } from './lint-oracle/checkov.ts';
import { differences } from './lint-oracle/differences.data.ts';
import { readCases as readHadolint } from './lint-oracle/hadolint.ts';
import { readCases as readKics } from './lint-oracle/kics.ts';
import { toMarkdown, type Outcome } from './lint-oracle/recall-page.ts';
import { readCases as readTrivy } from './lint-oracle/trivy.ts';

const READERS: Readonly<Record<Peer, (checkout: string) => readonly OracleCase[]>> = {
  buildkit: readBuildkit,
  checkov: readCheckov,
  hadolint: readHadolint,
  kics: readKics,
  trivy: readTrivy,
};

/** A day on which the fixtures' base images were young: what is past its end since is not what they are about. */
const TODAY = '2026-01-01';

function main(): void {
  const options = Object.fromEntries([...Object.keys(READERS), 'show'].map((name) => [name, { type: 'string' }] as const));
  const { values } = parseArgs({ options });
  const outcomes = Object.entries(READERS).flatMap(([peer, read]) =>
    typeof values[peer] === 'string' ? readOnce(read(values[peer])).map(judge) : [],
  );
  if (typeof values['show'] === 'string') {
    show(outcomes, values['show']);
    return;
  }
  console.log(toMarkdown(outcomes, isParted, differences));
  report(outcomes, new Set(Object.keys(READERS).filter((peer) => values[peer] !== undefined)));
}

/** The same text is often asserted twice. */
function readOnce(cases: readonly OracleCase[]): readonly OracleCase[] {
  return [...new Map(cases.map((one) => [`${keyOf(one)} ${one.isReported}`, one])).values()];
}

/** Runs the rules that take the check's place; there may be none. */
function judge(fixture: OracleCase): Outcome {
  const equivalents = rulesFor(fixture);
  const { text, line, dockerignore, policy = {} } = fixture;
  const { diagnostics } = lintText(text, { rules: equivalents, today: TODAY, policy, ...(dockerignore === undefined ? {} : { dockerignore }) });
  const found = diagnostics.filter(
    ({ ruleId, range }) => !ruleId.startsWith('PL0') && (line === undefined || isInSame(text, range.start.line + 1, line)),
  );
  return { fixture, key: keyOf(fixture), rules: equivalents.map(({ id }) => id), isFound: found.length > 0, found };
}

/** True for two lines, counted from 1, of one instruction: which of them is named differs. */
function isInSame(text: string, one: number, other: number): boolean {
  const { instructions } = parseDockerfile(text);
  const holds = (line: number): Instruction | undefined => instructions.find(({ range }) => range.start.line < line && line <= range.end.line + 1);
  return one === other || (holds(one) !== undefined && holds(one) === holds(other));
}

/** What must be caught may be caught by a rule that is about a part of it; what must be passed over is a matter of the check's own rules. */
function rulesFor({ check, isReported }: OracleCase): readonly Rule[] {
  const { rules: own = [], alsoBy = [] } = peerChecks.find(({ id }) => id === check) ?? {};
  return rules.filter(({ id, aliases }) => aliases.includes(check) || own.includes(id) || (isReported && alsoBy.includes(id)));
}

function report(outcomes: readonly Outcome[], peers: ReadonlySet<string>): void {
  const known = new Set(outcomes.filter(isParted).map(({ key }) => key));
  const checks = new Set(outcomes.map(({ fixture }) => fixture.check));
  const needless = Object.keys(differences).filter((key) => !known.has(key) && checks.has(key.slice(0, key.lastIndexOf(' '))));
  const unexplained = outcomes.filter(isUnexplained);
  for (const { key, fixture } of unexplained) console.error(`no reason: ${key} (${fixture.name})`);
  for (const key of needless) console.error(`no such difference: ${key}`);
  if (peers.size === 0) console.error('name at least one checkout, as --hadolint DIR');
  if (unexplained.length + needless.length > 0 || peers.size === 0) process.exitCode = 1;
}

/** True where the rules and the peer part. A check without a rule is no difference: the coverage page tells why there is none. */
function isParted({ fixture, rules: equivalents, isFound }: Outcome): boolean {
  return equivalents.length > 0 && isFound !== fixture.isReported;
}

function isUnexplained(outcome: Outcome): boolean {
  return isParted(outcome) && differences[outcome.key] === undefined;
}

function show(outcomes: readonly Outcome[], key: string): void {
  for (const { fixture, rules: equivalents, found } of outcomes.filter((outcome) =>
    key === 'unexplained' ? isUnexplained(outcome) : outcome.key === key,
  )) {
    console.log(`#### ${keyOf(fixture)} ${fixture.name}: ${fixture.isReported ? 'reported' : 'not reported'} by the peer; ${equivalents.join(', ')}`);
    for (const { ruleId, range, message } of found) console.log(`# ${ruleId} line ${range.start.line + 1}: ${message}`);
    console.log(fixture.text);
  }
}

main();
