import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ImagePath } from '../../src/foundation/model/brand.ts';
import type { AnalyzedRecords, Analyzer } from '../../src/image/inventory/analyzer.ts';
import type { Parsed } from '../../src/foundation/base/result.ts';
import { AnalyzerIndex } from '../../src/image/inventory/analyzer-index.ts';

const encoder = new TextEncoder();

/** Returns what `analyzer` makes of a file, which it must want. */
export function analyzeText(analyzer: Analyzer, path: string, content: string | Uint8Array): Parsed<AnalyzedRecords> {
  assertWants(analyzer, [path], []);
  return analyzer.analyze({ path: path as ImagePath, bytes: typeof content === 'string' ? encoder.encode(content) : content });
}

/** Returns `name version` of each package, and the messages of problems. */
export function summarize({ value, problems }: Parsed<AnalyzedRecords>): readonly string[] {
  return [...(value.packages ?? []).map(({ name, version }) => `${name} ${version}`), ...problems.map(({ message }) => `! ${message}`)];
}

/** Asserts which paths an analyzer wants and which it leaves. */
export function assertWants(analyzer: Analyzer, wanted: readonly string[], left: readonly string[]): void {
  const index = new AnalyzerIndex([analyzer]);
  for (const path of wanted) {
    assert.equal(analyzer.wants(path as ImagePath), true, path);
    assert.deepEqual(index.candidates(path), [analyzer], `its names leave out ${path}`);
  }
  for (const path of left) assert.equal(analyzer.wants(path as ImagePath), false, path);
}

/** Asserts that an analyzer returns for `sample` cut at every place, with any byte changed, and for any bytes at all. */
export function assertSurvives(analyzer: Analyzer, path: string, sample: string | Uint8Array): void {
  const bytes = typeof sample === 'string' ? encoder.encode(sample) : sample;
  const analyze = (content: Uint8Array): void => {
    const { value, problems } = analyzer.analyze({ path: path as ImagePath, bytes: content });
    for (const { name, version } of value.packages ?? []) assert.ok(name !== '' && version !== '');
    for (const { message } of problems) assert.ok(message.length < 1000);
  };
  for (let length = 0; length <= bytes.length; length++) analyze(bytes.subarray(0, length));
  fc.assert(
    fc.property(fc.nat(Math.max(0, bytes.length - 1)), fc.nat(255), (place, byte) => {
      analyze(bytes.with(place, byte));
    }),
    { numRuns: 200 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (content) => {
      analyze(content);
    }),
    { numRuns: 200 },
  );
}
