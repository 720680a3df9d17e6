import type { Fix, LintDiagnostic } from '../../foundation/model/diagnostic.ts';
import type { TextEdit, TextPosition, TextRange } from '../../foundation/model/text-range.ts';
import { parseDockerfile } from '../syntax/parse.ts';
import { insertAt } from './queries/edits.ts';
import { imagePins, type ImagePin } from './queries/image-pins.ts';

/** What is asked of a server: the digest of an image, or the SHA-256 of a file. */
export type LookUpSubject = { readonly kind: 'image'; readonly reference: string } | { readonly kind: 'file'; readonly url: string };

/** An edit that is whole once its subject was looked up. */
export interface LookUp {
  readonly subject: LookUpSubject;
  /** Of the image's name, or of what was reported. */
  readonly range: TextRange;
  /** What it mends; undefined for an image that no rule reports. */
  readonly diagnostic: LintDiagnostic | undefined;
  /** With `placeholder` where the answer goes. */
  readonly edits: readonly TextEdit[];
  readonly placeholder: string;
}

/** Something that only a server could tell, but that must not be asked, or whose answer has no right place. */
export interface RefusedLookUp {
  readonly range: TextRange;
  readonly diagnostic: LintDiagnostic | undefined;
  /** The image's name, or undefined for a file. */
  readonly reference: string | undefined;
  readonly reason: string;
}

export interface FoundLookUps {
  readonly lookUps: readonly LookUp[];
  readonly refused: readonly RefusedLookUp[];
}

/** Rules that report an image for having no digest. */
const IMAGE_RULES: ReadonlySet<string> = new Set(['PL1001', 'PL1002', 'PL1003', 'PL1008']);
const DIGEST_PLACEHOLDER = 'DIGEST';

/** Returns what can be looked up for a Dockerfile with these diagnostics, images first. Pure: nothing is asked here. */
export function findLookUps(text: string, diagnostics: readonly LintDiagnostic[]): FoundLookUps {
  const lookUps: LookUp[] = [];
  const refused: RefusedLookUp[] = [];
  for (const pin of imagePins(parseDockerfile(text))) {
    const diagnostic = diagnostics.find(({ ruleId, range }) => IMAGE_RULES.has(ruleId) && isWithin(range, pin.range));
    const found = pinLookUp(pin, diagnostic);
    if ('reason' in found) refused.push(found);
    else lookUps.push(found);
  }
  for (const diagnostic of diagnostics) {
    for (const { lookUp, edits } of diagnostic.fixes.filter(hasLookUp)) {
      const { range } = diagnostic;
      if ('refused' in lookUp) refused.push({ range, diagnostic, reference: undefined, reason: lookUp.refused });
      else lookUps.push({ subject: { kind: 'file', url: lookUp.url }, range, diagnostic, edits, placeholder: lookUp.placeholder });
    }
  }
  return { lookUps, refused };
}

/** Returns the edits with the answer in them: a digest (`sha256:…`) for an image, 64 hex digits for a file. */
export function fillIn({ edits, placeholder }: LookUp, answer: string): readonly TextEdit[] {
  return edits.map(({ range, newText }) => ({ range, newText: newText.replaceAll(placeholder, () => answer) }));
}

function pinLookUp({ range, reference, place }: ImagePin, diagnostic: LintDiagnostic | undefined): LookUp | RefusedLookUp {
  if ('refused' in place) return { range, diagnostic, reference, reason: place.refused };
  const edits = [insertAt(place.at, `@${DIGEST_PLACEHOLDER}`)];
  return { subject: { kind: 'image', reference }, range, diagnostic, edits, placeholder: DIGEST_PLACEHOLDER };
}

function hasLookUp(fix: Fix): fix is Fix & Required<Pick<Fix, 'lookUp'>> {
  return fix.lookUp !== undefined;
}

function isWithin(inner: TextRange, outer: TextRange): boolean {
  return comparePositions(outer.start, inner.start) <= 0 && comparePositions(inner.end, outer.end) <= 0;
}

function comparePositions(a: TextPosition, b: TextPosition): number {
  return a.line - b.line || a.character - b.character;
}
