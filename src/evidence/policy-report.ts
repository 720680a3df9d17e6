import type { PolicyDecision, PolicyDecisionKind } from '../foundation/model/policy.ts';
import { createPaint, type Style } from './report/paint.ts';
import { toPlainLine } from './report/sanitize.ts';
import { toStableJson } from './report/stable-json.ts';
import { wrap } from './report/text-layout.ts';

export interface PolicyRenderOptions {
  readonly color?: boolean;
  readonly width?: number;
  /** No image was judged: the policy itself is what was asked for, and it was read. */
  readonly policyOnly?: boolean;
}

const DEFAULT_WIDTH = 120;

const headlines: Readonly<Record<PolicyDecisionKind, readonly [text: string, style: Style]>> = {
  allow: ['MAY LEAVE PORT', 'green'],
  block: ['BLOCKED', 'alarm'],
  'block-until-scanned': ['BLOCKED UNTIL THE REGISTRY HAS SCANNED IT', 'yellow'],
  unknown: ['NOT KNOWN', 'yellow'],
};

/** Returns a policy decision as JSON (the shape scripts depend on) or for people at a terminal. */
export function renderPolicy(format: 'table' | 'json', decision: PolicyDecision, options: PolicyRenderOptions = {}): string {
  return format === 'json'
    ? toStableJson(decision, [
        'schemaVersion',
        'reference',
        'provider',
        'policy',
        'decision',
        'reason',
        'blocking',
        'allowlisted',
        'minimalFix',
        'problems',
        'expiredAllowlist',
        'nearMisses',
        'nearThreshold',
        'decidedBy',
        'platforms',
        'parts',
      ])
    : renderTable(decision, options);
}

function renderTable(decision: PolicyDecision, options: PolicyRenderOptions): string {
  const paint = createPaint(options.color === true);
  const width = options.width ?? DEFAULT_WIDTH;
  const [headline, style]: readonly [text: string, style: Style] = options.policyOnly === true ? ['POLICY', 'bold'] : headlines[decision.decision];
  const { policy } = decision;
  const list = (title: string, ids: readonly string[]): readonly string[] =>
    ids.length === 0
      ? []
      : ['', paint(`${title} (${ids.length})`, 'bold'), ...wrap(ids.map(toPlainLine).join(', '), width - 2).map((line) => `  ${line}`)];
  const expiring = policy.allowlist.map(({ id, expires }) => (expires === undefined ? id : `${id} until ${expires.slice(0, 10)}`));
  const lines = [
    `${paint(headline, style, 'bold')}  ${toPlainLine(decision.reference)}`,
    // What is not known of an image that nobody named is no news.
    ...(options.policyOnly === true && decision.decision === 'unknown' ? [] : [...wrap(toPlainLine(decision.reason), width), '']),
    ...(options.policyOnly === true ? [] : [paint('Policy', 'bold')]),
    `  registry kind  ${toPlainLine(decision.provider === 'none' ? 'none that is known' : decision.provider)}`,
    `  blocking       ${policy.enabled ? `on${policy.severity === '' ? '' : `, threshold ${toPlainLine(policy.severity)}`}` : decision.decision === 'unknown' ? 'not known' : 'off'}`,
    ...(expiring.length === 0
      ? []
      : [`  allowed ids    ${toPlainLine(expiring.slice(0, 10).join(', '))}${expiring.length > 10 ? ` and ${expiring.length - 10} more` : ''}`]),
    ...(decision.decidedBy === undefined
      ? []
      : [`  decides        ${toPlainLine([decision.decidedBy.name, decision.decidedBy.version].filter((part) => part !== undefined).join(' '))}`]),
    ...renderParts(decision, paint, width),
    ...list('Blocking', decision.blocking),
    ...list('Let through by the allowlist alone', decision.allowlisted),
    ...list('Near the threshold: another scanner may see them otherwise', decision.nearThreshold ?? []),
    ...(decision.minimalFix.length === 0
      ? []
      : ['', paint('Smallest fix that passes', 'bold'), ...decision.minimalFix.flatMap((step) => renderStep(step, paint))]),
    ...(decision.problems.length === 0
      ? []
      : [
          '',
          paint('Could not be read or checked', 'bold', 'yellow'),
          ...decision.problems.flatMap(({ message }) =>
            wrap(toPlainLine(message), width - 4).map((line, index) => `  ${index === 0 ? '! ' : '  '}${line}`),
          ),
        ]),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** Who said what, where the registry and the project's own policy both did. */
function renderParts({ parts = [] }: PolicyDecision, paint: ReturnType<typeof createPaint>, width: number): readonly string[] {
  if (parts.length === 0) return [];
  const lines = parts.flatMap(({ provider, decision, reason }) => [
    `  ${paint(decision, headlines[decision][1])}  ${toPlainLine(provider)}`,
    ...wrap(toPlainLine(reason), width - 4).map((line) => `    ${line}`),
  ]);
  return ['', paint('Who decides', 'bold'), ...lines];
}

function renderStep(step: PolicyDecision['minimalFix'][number], paint: ReturnType<typeof createPaint>): readonly string[] {
  const change = [step.from, step.to]
    .filter((version) => version !== undefined)
    .map(toPlainLine)
    .join(' → ');
  const removes = `removes ${step.removes.map(toPlainLine).join(', ')}`;
  return [
    `  ${paint(toPlainLine(step.package ?? 'the image'), 'bold')} ${change}  ${paint(removes, 'dim')}`,
    ...(step.command === undefined ? [] : [`    ${paint('fix:', 'green')} ${toPlainLine(step.command)}`]),
  ];
}
