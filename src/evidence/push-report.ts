import type { PolicyDecision } from '../foundation/model/policy.ts';
import type { OneSided, PushReport, ScanComparison } from '../foundation/model/push.ts';
import { renderPolicy, type PolicyRenderOptions } from './policy-report.ts';
import { createPaint, type Paint } from './report/paint.ts';
import { toPlainLine } from './report/sanitize.ts';
import { toStableJson } from './report/stable-json.ts';
import { wrap } from './report/text-layout.ts';

const DEFAULT_WIDTH = 120;
/** Differences of a kind that are listed for people; JSON has all. */
const SHOWN_DIFFERENCES = 20;

/** Returns what came of a push, as JSON (the shape scripts depend on) or for people at a terminal. */
export function renderPush(format: 'table' | 'json', report: PushReport, options: PolicyRenderOptions = {}): string {
  if (format === 'json')
    return toStableJson(report, ['schemaVersion', 'outcome', 'reference', 'digest', 'imageId', 'override', 'decision', 'registryScan', 'problems']);
  const paint = createPaint(options.color === true);
  const width = options.width ?? DEFAULT_WIDTH;
  const { outcome, decision, problems, registryScan } = report;
  const lines = [
    ...(outcome === 'pushed'
      ? renderPushed(report, paint, width)
      : [renderPolicy('table', decision, options).trimEnd(), '', ...wrap(explainNotPushed(report), width)]),
    ...problems.flatMap(({ message }) => wrap(`! ${toPlainLine(message)}`, width)),
    ...(registryScan === undefined || saysNothing(registryScan, decision) ? [] : ['', ...renderComparison(registryScan, paint, width)]),
  ];
  return `${lines.join('\n')}\n`;
}

/** That a registry of no known kind tells no scans is no news. */
function saysNothing({ status }: ScanComparison, { provider }: PolicyDecision): boolean {
  return status === 'unavailable' && (provider === 'none' || provider === 'policy-file');
}

function renderPushed({ reference, digest, decision, override }: PushReport, paint: Paint, width: number): readonly string[] {
  return [
    `${paint('PUSHED', 'green', 'bold')}  ${toPlainLine(reference)}`,
    ...(digest === undefined ? [] : [`  digest    ${digest}`]),
    `  decision  ${decision.decision}`,
    ...(override === undefined ? [] : [`  reason    ${toPlainLine(override.reason)} (${toPlainLine(override.by)}; kept in the evidence log)`]),
    ...wrap(toPlainLine(decision.reason), width - 2).map((line) => `  ${line}`),
  ];
}

function explainNotPushed({ outcome, decision }: PushReport): string {
  if (outcome === 'dry-run') return 'Nothing was pushed: this was a dry run.';
  return `Nothing was pushed. ${nextStep(decision)}, or say why it must be pushed all the same with --reason TEXT, which is kept in the evidence log.`;
}

function nextStep({ decision, provider, minimalFix }: PolicyDecision): string {
  if (minimalFix.length > 0) return 'Make the fix above and build again';
  if (decision === 'unknown' && provider === 'none')
    return "Write a policy of your own into .plimsoll.yaml ('policy:'), which decides where the registry cannot be asked";
  return 'Put right what is said above';
}

/** Returns where a registry's own scan and ours differ, for people. */
export function renderComparison(comparison: ScanComparison, paint: Paint, width: number): readonly string[] {
  const { message, onlyTheirs, onlyOurs, otherSeverity } = comparison;
  const oneSided = ({ id, severity, packages }: OneSided): string =>
    `${id} (${severity === '' ? 'no severity' : severity})${packages.length === 0 ? '' : ` in ${packages.join(', ')}`}`;
  return [
    paint("The registry's own scan", 'bold'),
    ...wrap(toPlainLine(message), width - 2).map((line) => `  ${line}`),
    ...renderList('Only there', onlyTheirs.map(oneSided)),
    ...renderList('Only here', onlyOurs.map(oneSided)),
    ...renderList(
      'In another severity',
      otherSeverity.map(({ id, ours, theirs }) => `${id}: ${ours} here, ${theirs === '' ? 'none' : theirs} there`),
    ),
  ];
}

function renderList(title: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  const more = items.length - SHOWN_DIFFERENCES;
  return [
    `  ${title} (${items.length})`,
    ...items.slice(0, SHOWN_DIFFERENCES).map((item) => `    ${toPlainLine(item)}`),
    ...(more > 0 ? [`    and ${more} more; --format json has them all`] : []),
  ];
}
