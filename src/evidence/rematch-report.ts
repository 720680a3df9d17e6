import type { GoneFinding, NewFinding, RematchedImage, RematchResult } from '../foundation/model/rematch.ts';
import { createPaint, severityStyle, type Paint } from './report/paint.ts';
import { toPlainLine } from './report/sanitize.ts';
import { toStableJson } from './report/stable-json.ts';
import { truncate } from './report/text-layout.ts';

export interface RematchRenderOptions {
  readonly color?: boolean;
  readonly width?: number;
}

const DEFAULT_WIDTH = 120;
const SEVERITY_COLUMN = 12;

/** Returns what matching again found, as JSON (the shape scripts depend on) or for people at a terminal. */
export function renderRematch(format: 'table' | 'json', result: RematchResult, options: RematchRenderOptions = {}): string {
  return format === 'json' ? toStableJson(result, ['schemaVersion', 'advisories', 'since', 'images']) : renderTable(result, options);
}

function renderTable({ images, advisories, since }: RematchResult, options: RematchRenderOptions): string {
  const paint = createPaint(options.color === true);
  const width = options.width ?? DEFAULT_WIDTH;
  const built = advisories.builtAt === '' ? '' : `, built ${advisories.builtAt.slice(0, 10)}`;
  const changed = images.filter((image) => image.new.length > 0 || image.gone.length > 0 || image.problems.length > 0);
  const found = images.reduce((sum, image) => sum + image.new.length, 0);
  const from = since === undefined ? 'since they were last looked at' : `since ${since}`;
  return [
    images.length === 0
      ? 'No image was scanned yet, or all were forgotten.'
      : `${paint(`${found} new`, 'bold')} in ${images.length === 1 ? '1 image' : `${images.length} images`} ${toPlainLine(from)}`,
    paint(toPlainLine(`Advisories: ${advisories.source}${built}`), 'dim'),
    ...changed.flatMap((image) => ['', ...renderImage(image, paint, width)]),
  ].join('\n');
}

function renderImage(image: RematchedImage, paint: Paint, width: number): readonly string[] {
  const facts = [
    `scanned ${image.scannedAt.slice(0, 10)}`,
    `${image.vulnerabilities} vulnerabilities`,
    `${image.new.length} new`,
    `${image.gone.length} gone`,
  ];
  return [
    `${paint(toPlainLine(image.reference ?? image.digest ?? ''), 'bold')}  ${facts.join(' · ')}`,
    ...image.new.map((finding) => renderNew(finding, paint, width)),
    ...image.gone.map((finding) => renderGone(finding, paint, width)),
    ...image.problems.map(({ message }) => `  ${paint(`! ${message}`, 'yellow')}`),
  ];
}

function renderNew({ id, severity, package: installed, kev }: NewFinding, paint: Paint, width: number): string {
  const fix = installed.fixedVersion === undefined ? '' : `, fixed in ${installed.fixedVersion}`;
  const exploited = kev === true ? '  [known exploited]' : '';
  const text = `${id}  ${installed.name} ${installed.installedVersion}${fix}${exploited}`;
  return `  + ${paint(severity, ...severityStyle[severity])}${' '.repeat(SEVERITY_COLUMN - severity.length)}${truncate(toPlainLine(text), width - SEVERITY_COLUMN - 4)}`;
}

function renderGone({ id, package: installed }: GoneFinding, paint: Paint, width: number): string {
  return paint(`  - ${truncate(toPlainLine(`${id}  ${installed.name} ${installed.installedVersion}`), width - 4)}`, 'dim');
}
