import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyExceptions } from '../../../../src/advisories/exceptions/apply.ts';
import { digest, exceptionsOf, image, lodash, openssl, part, read, vulnerability } from './findings.ts';

const findings = [vulnerability('CVE-2024-1', openssl), vulnerability('CVE-2024-1', lodash)];

function bom(vulnerabilities: readonly unknown[], components: readonly unknown[] = []): object {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    metadata: { timestamp: '2026-01-01T00:00:00Z', supplier: { name: 'Example' } },
    components,
    vulnerabilities,
  };
}

function ignoredOf(ref: string, state = 'not_affected', components: readonly unknown[] = []): readonly string[] {
  return part(exceptionsOf(bom([{ id: 'CVE-2024-1', analysis: { state }, affects: [{ ref }] }], components)), findings).ignored;
}

test('what is affected is a component, a link to one, or a package URL', () => {
  const components = [
    { type: 'library', 'bom-ref': 'a', components: [{ type: 'library', 'bom-ref': 'b', purl: 'pkg:npm/lodash' }] },
    { type: 'container', 'bom-ref': 'image', name: 'web', version: digest },
  ];
  assert.equal(ignoredOf('b', 'not_affected', components).length, 1);
  assert.equal(ignoredOf('image', 'not_affected', components).length, 2);
  assert.equal(ignoredOf('pkg:npm/lodash').length, 1);
  assert.equal(ignoredOf('urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#pkg%3Anpm%2Flodash%404.17.20').length, 1);
  for (const ref of ['a', 'c', '__proto__', 'urn:cdx:x/1#%', '']) assert.equal(ignoredOf(ref, 'not_affected', components).length, 0, ref);
});

test('a state says whether it stays', () => {
  const lengths = ['resolved', 'resolved_with_pedigree', 'false_positive', 'not_affected', 'exploitable', 'in_triage'].map(
    (state) => ignoredOf('pkg:npm/lodash', state).length,
  );
  assert.deepEqual(lengths, [1, 1, 1, 1, 0, 0]);
  assert.match(read(bom([{ id: 'CVE-2024-1', analysis: { state: 'fine' }, affects: [{ ref: lodash }] }])).notices.join(''), /state/);
});

test('it says who says so, and why; a vulnerability without an analysis says nothing', () => {
  const analysis = { state: 'not_affected', justification: 'code_not_reachable', detail: 'Only used in tests', lastUpdated: '2026-01-03T00:00:00Z' };
  const exceptions = exceptionsOf(
    bom([
      { id: 'CVE-2024-1', affects: [{ ref: openssl }] },
      { id: 'GHSA-1', references: [{ id: 'CVE-2024-1' }], analysis, affects: [{ ref: lodash }] },
    ]),
  );
  const { ignored } = applyExceptions({ findings, packages: [], image, exceptions, today: '2026-01-15' });
  assert.deepEqual(
    ignored.map(({ by }) => by),
    [
      {
        kind: 'vex',
        source: 'vex.json',
        status: 'not_affected',
        reason: 'Only used in tests',
        justification: 'code_not_reachable',
        author: 'Example',
        timestamp: '2026-01-03T00:00:00Z',
      },
    ],
  );
});
