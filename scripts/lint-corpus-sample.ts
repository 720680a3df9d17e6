import { createHash } from 'node:crypto';
import type { LintDiagnostic } from '../src/foundation/model/diagnostic.ts';
import type { CorpusFile } from './lint-corpus-files.ts';

/** A diagnostic and the file it is of. */
export interface Sighting {
  readonly file: CorpusFile;
  readonly diagnostic: LintDiagnostic;
}

/**
 * Returns `count` sightings spread over rules: one of each rule in turn, and of a rule one of each source in turn, so that a rule that speaks often does not drown the others.
 * Which ones depends on nothing but the seed and the sightings: one that a mended rule no longer reports is replaced, the rest stays.
 */
export function chooseSample(sightings: readonly Sighting[], count: number, seed: string): readonly Sighting[] {
  const shuffled = sightings
    .map((sighting) => ({ sighting, key: orderKey(sighting, seed) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ sighting }) => sighting);
  const byRule = [...groupBy(shuffled, ({ diagnostic }) => diagnostic.ruleId).values()].map((ofRule) =>
    inTurn([...groupBy(ofRule, ({ file }) => file.source).values()]),
  );
  return inTurn(byRule)
    .slice(0, count)
    .toSorted((a, b) => (a.diagnostic.ruleId < b.diagnostic.ruleId ? -1 : a.diagnostic.ruleId > b.diagnostic.ruleId ? 1 : 0));
}

function orderKey({ file, diagnostic: { ruleId, range } }: Sighting, seed: string): string {
  const place = [seed, ruleId, file.source, file.path, range.start.line, range.start.character].join('\0');
  return createHash('sha256').update(place).digest('hex');
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(items, keyOf);
}

/** The first of each list, then the second of each, … */
function inTurn<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}

/** Returns the sighting as text: where, what is said, the lines around it with the underlined words marked. */
export function describeSighting({ file, diagnostic }: Sighting, context: number): string {
  const { start, end } = diagnostic.range;
  const lines = file.text.split('\n');
  const excerpt: string[] = [];
  for (let line = Math.max(0, start.line - context); line <= Math.min(lines.length - 1, end.line + context); line++) {
    const text = (lines[line] ?? '').replace(/\r$/, '');
    excerpt.push(`${String(line + 1).padStart(5)} | ${text}`);
    if (line < start.line || line > end.line) continue;
    const from = line === start.line ? start.character : text.length - text.trimStart().length;
    const to = line === end.line ? end.character : text.length;
    excerpt.push(`      | ${text.slice(0, from).replaceAll(/[^\t]/g, ' ')}${'^'.repeat(Math.max(1, to - from))}`);
  }
  const fixes = diagnostic.fixes.map(({ safety, title }) => `      fix (${safety}): ${title}`);
  return [
    `${diagnostic.ruleId} ${diagnostic.severity} ${file.source} ${file.path}:${start.line + 1}`,
    `      ${diagnostic.message}`,
    ...fixes,
    ...excerpt,
  ].join('\n');
}
