import type { LintDiagnostic } from '../../src/foundation/model/diagnostic.ts';
import type { OracleCase, Peer } from './case.ts';

/** What became of a fixture. */
export interface Outcome {
  readonly fixture: OracleCase;
  readonly key: string;
  /** The rules that stand for the peer's check; none: it is left out on purpose, as the coverage page tells. */
  readonly rules: readonly string[];
  readonly isFound: boolean;
  readonly found: readonly LintDiagnostic[];
}

export const peerNames: Readonly<Record<Peer, string>> = {
  hadolint: 'hadolint',
  buildkit: 'BuildKit',
  trivy: 'trivy',
  checkov: 'checkov',
  kics: 'KICS',
};

/** What the page in the tree was made from: to be changed with it. */
const READ =
  'Last read: hadolint 8f936c5, BuildKit 73ed682, trivy-checks 80e5382, checkov 03d5fda (August 2026), and the queries of KICS as in its fork DataDog/kics, d91e366 (October 2025).';

const HEAD = `# Recall

What the rules catch of that which other linters' own tests say must be caught, and whether they are silent where those are. The fixtures are theirs and stay with them: this page is
written by a program that reads a checkout of each.

\`\`\`
node scripts/lint-oracle.ts --hadolint DIR --buildkit DIR --trivy DIR --checkov DIR --kics DIR > docs/rules/recall.md
\`\`\`

It ends with 1 when a difference has no reason yet, or a reason is for a difference that is gone. \`--show KEY\` prints the fixture of a key below.

A fixture is one text with one check of the peer, and for BuildKit with one line. Caught: one of the rules that stand for the check (by alias, or as [coverage](coverage.md) says)
reports it. Silent: none of them reports what the peer passes over. Left out: fixtures of checks that no rule stands for, each with its reason in the coverage page.

${READ}`;

/** Returns the page: figures by peer, then each difference with its reason. */
export function toMarkdown(
  outcomes: readonly Outcome[],
  isParted: (outcome: Outcome) => boolean,
  differences: Readonly<Record<string, string>>,
): string {
  const parted = outcomes.filter(isParted);
  return [HEAD, '## Figures', toFigures(outcomes, isParted), '## Differences', ...toDifferences(parted, differences)].join('\n\n');
}

function toFigures(outcomes: readonly Outcome[], isParted: (outcome: Outcome) => boolean): string {
  const rows = Object.keys(peerNames).flatMap((peer) => {
    const own = outcomes.filter(({ fixture }) => fixture.peer === peer);
    return own.length === 0 ? [] : [toRow(peerNames[peer as Peer], own, isParted)];
  });
  return [
    '| peer | fixtures | to be caught | caught | to be passed over | silent | differences | left out |',
    '| --- | --: | --: | --: | --: | --: | --: | --: |',
    ...rows,
    toRow('all', outcomes, isParted),
  ].join('\n');
}

function toRow(name: string, all: readonly Outcome[], isParted: (outcome: Outcome) => boolean): string {
  const own = all.filter(({ rules }) => rules.length > 0);
  const positive = own.filter(({ fixture }) => fixture.isReported);
  const negative = own.filter(({ fixture }) => !fixture.isReported);
  const caught = positive.filter(({ isFound }) => isFound);
  const silent = negative.filter(({ isFound }) => !isFound);
  const figures = [all.length, positive.length, caught.length, negative.length, silent.length, own.filter(isParted).length, all.length - own.length];
  return `| ${name} | ${figures.join(' | ')} |`;
}

/** Fixtures that part for the same reason stand together. */
function toDifferences(parted: readonly Outcome[], differences: Readonly<Record<string, string>>): readonly string[] {
  const peers = Object.keys(peerNames).filter((peer) => parted.some(({ fixture }) => fixture.peer === peer));
  return peers.flatMap((peer) => {
    const own = parted.filter(({ fixture }) => fixture.peer === peer);
    const byReason = Map.groupBy(own, ({ key, fixture }) =>
      [fixture.check, fixture.isReported ? 'not caught' : 'reported', differences[key] ?? 'NO REASON YET'].join(' | '),
    );
    const rows = [...byReason].map(([cells, outcomes]) => `| ${cells} | ${outcomes.map(({ key }) => `\`${key.slice(-8)}\``).join(' ')} |`);
    return [`### ${peerNames[peer as Peer]}`, ['| check | here | reason | fixtures |', '| --- | --- | --- | --- |', ...rows].join('\n')];
  });
}
