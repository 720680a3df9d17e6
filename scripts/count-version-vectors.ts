/**
 * Writes docs/versions.md: how many of the published facts on version order each scheme passes. Run it where the shared test data is, after a scheme or the data changed:
 * `node scripts/count-version-vectors.ts`.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { evaluateRange } from '../src/advisories/versions/range.ts';
import { schemes } from '../src/advisories/versions/schemes.generated.ts';
import type { VersionScheme } from '../src/advisories/versions/scheme.ts';
import { sharedData } from '../test/support/shared-data.ts';
import { exceptionTo, isKept, knownExceptions, readVectors, vectorFiles } from '../test/support/version-vectors.ts';

const out = path.join(import.meta.dirname, '..', 'docs', 'versions.md');

function main(): void {
  if (sharedData('vectors/versions') === undefined)
    throw new Error('docs/versions.md was not written: the shared test data is absent (set PLIMSOLL_TEST_DATA)');
  writeFileSync(out, render());
  console.log(`wrote ${out}`);
}

function render(): string {
  const rows = schemes.map(toRow);
  const [total, passed, excepted] = [0, 1, 2].map((column) => rows.reduce((sum, row) => sum + (row.counts?.[column] ?? 0), 0));
  return `# Version schemes

How each ecosystem orders its versions. Written by \`node scripts/count-version-vectors.ts\`; do not edit. Counted on ${new Date().toISOString().slice(0, 10)}, from vectors/versions of the shared
test data (sha256 of the files, one after the other: \`${digestOfVectors()}\`).

A fact is a line \`a < b\`, \`a = b\` or \`a > b\`, asked both ways round. The exceptions are listed in \`test/support/version-vectors.ts\`, each line with its reason; one that holds after all makes the
tests fail. A scheme without published facts is tested by its own table and by the laws of a total order.

| scheme | facts | pass | exceptions |
| --- | ---: | ---: | ---: |
${rows.map(({ id, counts }) => `| ${id} | ${counts?.join(' | ') ?? '– | – | –'} |`).join('\n')}
| **all** | **${total}** | **${passed}** | **${excepted}** |

## Why there are exceptions

${Object.entries(knownExceptions).flatMap(toReasons).join('\n')}

## Ranges

${countRanges()}
`;
}

function toRow(scheme: VersionScheme): { id: string; counts: readonly [number, number, number] | undefined } {
  const facts = (vectorFiles[scheme.id] ?? []).flatMap(readVectors);
  if (facts.length === 0) return { id: scheme.id, counts: undefined };
  const broken = facts.filter((fact) => !isKept(scheme, fact));
  const failing = broken.find((fact) => exceptionTo(scheme, fact) === undefined);
  if (failing !== undefined) throw new Error(`${scheme.id} does not hold ${JSON.stringify(failing)}`);
  return { id: scheme.id, counts: [facts.length, facts.length - broken.length, broken.length] };
}

function toReasons([id, exceptions]: readonly [string, Readonly<Record<string, string>>]): readonly string[] {
  const reasons = [...new Set(Object.values(exceptions))];
  return reasons.map((reason) => `- ${id}, ${Object.values(exceptions).filter((other) => other === reason).length}: ${reason}.`);
}

/** Of the versions that npm leaves out of a range, pre-releases are no fact on advisories. */
function countRanges(): string {
  const semver = schemes.find((scheme) => scheme.id === 'semver');
  const tables = JSON.parse(readFileSync(sharedData('vectors/versions/derived/node-semver-fixtures.json') ?? '', 'utf8')) as Record<
    string,
    [string, string][]
  >;
  const included = tables['range-include'] ?? [];
  const excluded = (tables['range-exclude'] ?? []).filter(([, version]) => /^v?\d+\.\d+\.\d+$/.test(version));
  const holding = included.filter(([range, version]) => semver !== undefined && evaluateRange(semver, version, range) === true).length;
  const notHolding = excluded.filter(([range, version]) => semver !== undefined && evaluateRange(semver, version, range) !== true).length;
  return `node-semver's tables: ${holding} of ${included.length} versions are in their range, ${notHolding} of ${excluded.length} releases are not in theirs.`;
}

function digestOfVectors(): string {
  const hash = createHash('sha256');
  const names = new Set(Object.values(vectorFiles).flatMap((files) => files.map((file) => file.split('#', 1)[0] ?? '')));
  for (const name of [...names].sort()) hash.update(readFileSync(sharedData(`vectors/versions/${name}`) ?? ''));
  return hash.digest('hex').slice(0, 16);
}

main();
