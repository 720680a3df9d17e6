import type { FoundSignature, SignatureCheck, SignatureValidity } from '../foundation/model/signature.ts';
import { createPaint, type Style } from './report/paint.ts';
import { toPlainLine } from './report/sanitize.ts';
import { toStableJson } from './report/stable-json.ts';
import { wrap } from './report/text-layout.ts';
import type { PolicyRenderOptions } from './policy-report.ts';

const DEFAULT_WIDTH = 120;

const headlines: Readonly<Record<SignatureValidity, readonly [text: string, style: Style]>> = {
  valid: ['SIGNED AND VALID', 'green'],
  invalid: ['NOT VALID', 'alarm'],
  untrusted: ['NOT TRUSTED', 'alarm'],
  absent: ['NOT SIGNED', 'alarm'],
  unknown: ['NOT KNOWN', 'yellow'],
};

const kinds: Readonly<Record<FoundSignature['kind'], string>> = {
  cosign: 'cosign signature',
  'sigstore-bundle': 'sigstore bundle',
  notation: 'Notation signature',
};

/** Most signatures listed at a terminal; the JSON has all of them. */
const MAX_LISTED = 10;

/** Returns what signatures an image has as JSON (the shape scripts depend on) or for people at a terminal. */
export function renderSignatures(format: 'table' | 'json', check: SignatureCheck, options: PolicyRenderOptions = {}): string {
  return format === 'json'
    ? toStableJson(check, ['schemaVersion', 'reference', 'digest', 'valid', 'by', 'signedAt', 'reason', 'present', 'problems'])
    : renderTable(check, options);
}

function renderTable(check: SignatureCheck, { color, width = DEFAULT_WIDTH }: PolicyRenderOptions): string {
  const paint = createPaint(color === true);
  const [headline, style] = headlines[check.valid];
  const facts = [
    ...(check.digest === undefined ? [] : [`  digest     ${check.digest}`]),
    ...(check.by === undefined ? [] : [`  signed by  ${toPlainLine(check.by)}`]),
    ...(check.signedAt === undefined ? [] : [`  signed at  ${toPlainLine(check.signedAt)}`]),
  ];
  const more = check.present.length - MAX_LISTED;
  const lines = [
    `${paint(headline, style, 'bold')}  ${toPlainLine(check.reference)}`,
    ...wrap(toPlainLine(check.reason), width),
    ...(facts.length === 0 ? [] : ['', ...facts]),
    '',
    paint(`Signatures that are there (${check.present.length})`, 'bold'),
    ...check.present.slice(0, MAX_LISTED).flatMap((found) => renderFound(found, width)),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(check.problems.length === 0
      ? []
      : [
          '',
          paint('Could not be read or checked', 'bold', 'yellow'),
          ...check.problems.flatMap(({ message }) => wrap(toPlainLine(message), width - 2).map((line) => `  ${line}`)),
        ]),
  ];
  return lines.join('\n');
}

function renderFound({ kind, location, validity, reason, claimedSigner }: FoundSignature, width: number): readonly string[] {
  const claim = claimedSigner === undefined || validity === 'valid' ? '' : ` It says that it is by ${claimedSigner}.`;
  return [
    `  ${validity.padEnd(9)}  ${kinds[kind]}, ${toPlainLine(location)}`,
    ...wrap(toPlainLine(`${reason}.${claim}`), width - 13).map((line) => `             ${line}`),
  ];
}
