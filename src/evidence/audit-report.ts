import type { AuditedImage, AuditResult } from '../foundation/model/audit.ts';
import type { PolicyDecisionKind } from '../foundation/model/policy.ts';
import { createPaint, type Paint, type Style } from './report/paint.ts';
import { toPlainLine } from './report/sanitize.ts';
import { toStableJson } from './report/stable-json.ts';
import { wrap } from './report/text-layout.ts';

export interface AuditRenderOptions {
  readonly color?: boolean;
  readonly width?: number;
}

const DEFAULT_WIDTH = 120;
/** Images listed of each decision before the rest is only counted. */
const MAX_LISTED = 200;

const headings: readonly (readonly [decision: PolicyDecisionKind, title: string, style: Style])[] = [
  ['block', 'Blocked', 'alarm'],
  ['block-until-scanned', 'Blocked until the registry has scanned them', 'yellow'],
  ['unknown', 'Not known', 'yellow'],
];

/** Returns an audit as JSON (the shape scripts depend on) or for people at a terminal: what may be pulled is only counted. */
export function renderAudit(format: 'table' | 'json', result: AuditResult, options: AuditRenderOptions = {}): string {
  if (format === 'json') return toStableJson(result, ['schemaVersion', 'target', 'shards', 'complete', 'summary', 'images', 'problems']);
  const paint = createPaint(options.color === true);
  const width = options.width ?? DEFAULT_WIDTH;
  const { summary, target, shards, complete, problems, images } = result;
  const counts = [
    `${summary.block} blocked`,
    `${summary.blockUntilScanned} blocked until scanned`,
    `${summary.unknown} not known`,
    `${summary.allow} allowed`,
  ];
  return [
    `${paint(toPlainLine(target), 'bold')}  ${summary.images} ${summary.images === 1 ? 'image' : 'images'} in ${summary.repositories} ${summary.repositories === 1 ? 'repository' : 'repositories'}${shards === undefined ? '' : `, parts ${shards.join(', ')}`}`,
    counts.join(' · '),
    ...headings.flatMap(([decision, title, style]) => {
      const listed = images.filter((image) => image.decision === decision);
      return listed.length === 0 ? [] : ['', paint(`${title} (${listed.length})`, style, 'bold'), ...renderImages(listed, paint, width)];
    }),
    ...(complete ? [] : ['', paint('Not everything was looked at.', 'yellow', 'bold')]),
    ...problems.flatMap(({ message }) => wrap(`! ${toPlainLine(message)}`, width)),
  ].join('\n');
}

function renderImages(images: readonly AuditedImage[], paint: Paint, width: number): readonly string[] {
  const rest = images.length - MAX_LISTED;
  return [
    ...images
      .slice(0, MAX_LISTED)
      .flatMap(({ repository, tags, digest, reason, blocking }) => [
        `  ${paint(toPlainLine(`${repository}:${tags.join(', ')}`), 'bold')}  ${paint(toPlainLine((digest ?? '').slice(0, 19)), 'dim')}`,
        ...wrap(toPlainLine(blocking.length === 0 ? reason : blocking.join(', ')), width - 4).map((line) => `    ${line}`),
      ]),
    ...(rest > 0 ? [`  … and ${rest} more (--format json lists them all)`] : []),
  ];
}
