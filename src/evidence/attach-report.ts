import type { AttachedDocument, AttachResult } from '../foundation/model/attachment.ts';
import { createPaint } from './report/paint.ts';
import { toPlainLine } from './report/sanitize.ts';
import { toStableJson } from './report/stable-json.ts';

const outcomes: Readonly<Record<AttachedDocument['outcome'], string>> = {
  attached: 'attached',
  'already-there': 'was there already',
  removed: 'taken away',
};

/** Returns what was attached, as JSON (the shape scripts depend on) or for people at a terminal. */
export function renderAttached(format: 'table' | 'json', result: AttachResult, options: { readonly color?: boolean } = {}): string {
  if (format === 'json') return toStableJson(result, ['schemaVersion', 'reference', 'images', 'problems']);
  const paint = createPaint(options.color === true);
  return [
    paint(toPlainLine(result.reference), 'bold'),
    ...result.images.flatMap(({ digest, platform: { os, architecture, variant }, documents }) => [
      toPlainLine(`${[os, architecture, ...(variant === undefined ? [] : [variant])].join('/')}  ${digest}`),
      ...(documents.length === 0 ? ['  nothing'] : []),
      ...documents.map((document) => toPlainLine(`  ${document.kind.padEnd(6)}  ${outcomes[document.outcome].padEnd(17)}  ${document.digest}`)),
    ]),
    ...result.problems.map(({ message }) => paint(`! ${toPlainLine(message)}`, 'yellow')),
  ].join('\n');
}
