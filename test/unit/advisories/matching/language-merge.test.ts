import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { groupByVulnerability } from '../../../../src/advisories/matching/language-merge.ts';
import type { Candidate } from '../../../../src/advisories/matching/language-merge.ts';
import type { AdvisoryRecord } from '../../../../src/advisories/store/record.ts';
import { toAdvisoryId } from '../../../../src/foundation/model/brand.ts';
import { storeOf, vulnerability } from '../../../support/memory-store.ts';

function record(id: string, ...aliases: readonly string[]): Candidate {
  return {
    bucket: 'npm::a source',
    id: toAdvisoryId(id),
    advisory: { vulnerableVersions: ['<2'], ...(aliases.length > 0 && { vendorIds: aliases }) },
  };
}

/** Returns each group as 'id = alias alias: record record'. */
function group(candidates: readonly Candidate[], known: readonly AdvisoryRecord[] = []): readonly string[] {
  return groupByVulnerability(candidates, storeOf(known)).map(
    ({ id, aliases, records }) => `${id} = ${aliases.join(' ')}: ${records.map((member) => member.id).join(' ')}`,
  );
}

test('records under one id are one vulnerability', () => {
  assert.deepEqual(group([record('CVE-1'), record('CVE-2'), record('CVE-1', 'GHSA-1')]), ['CVE-1 = GHSA-1: CVE-1 CVE-1', 'CVE-2 = : CVE-2']);
});

test('a record that names a CVE goes by it', () => {
  assert.deepEqual(group([record('GHSA-1', 'CVE-1')]), ['CVE-1 = GHSA-1: GHSA-1']);
  assert.deepEqual(group([record('GHSA-1', 'CVE-1'), record('CVE-1', 'PYSEC-1')]), ['CVE-1 = GHSA-1 PYSEC-1: GHSA-1 CVE-1']);
});

test('aliases are followed through other records, either way round', () => {
  assert.deepEqual(group([record('PYSEC-1', 'GHSA-1'), record('CVE-1', 'GHSA-1')]), ['CVE-1 = GHSA-1 PYSEC-1: PYSEC-1 CVE-1']);
  assert.deepEqual(group([record('RUSTSEC-1'), record('GHSA-1', 'RUSTSEC-1'), record('GO-1', 'GHSA-1'), record('GO-2')]), [
    'RUSTSEC-1 = GHSA-1 GO-1: RUSTSEC-1 GHSA-1 GO-1',
    'GO-2 = : GO-2',
  ]);
});

test('aliases are followed through the store', () => {
  const known = [vulnerability('PYSEC-1', { aliases: [toAdvisoryId('GHSA-1')] }), vulnerability('GHSA-1', { aliases: [toAdvisoryId('CVE-1')] })];
  assert.deepEqual(group([record('PYSEC-1'), record('CVE-1')], known), ['CVE-1 = GHSA-1 PYSEC-1: PYSEC-1 CVE-1']);
});

test('two CVEs stay two, whatever goes by both', () => {
  assert.deepEqual(group([record('CVE-1', 'GHSA-1'), record('CVE-2', 'GHSA-1')]), ['CVE-1 = GHSA-1: CVE-1', 'CVE-2 = GHSA-1: CVE-2']);
  assert.deepEqual(group([record('GHSA-1', 'CVE-1', 'CVE-2')]), ['CVE-1 = CVE-2 GHSA-1: GHSA-1', 'CVE-2 = CVE-1 GHSA-1: GHSA-1']);
  assert.deepEqual(group([record('CVE-1', 'GHSA-1'), record('CVE-2', 'GHSA-1'), record('PYSEC-1', 'GHSA-1')]), [
    'CVE-1 = GHSA-1 PYSEC-1: CVE-1 PYSEC-1',
    'CVE-2 = GHSA-1 PYSEC-1: CVE-2 PYSEC-1',
  ]);
});

test('a ring of aliases ends, and so does a chain without end', () => {
  const ring = [vulnerability('A-1', { aliases: [toAdvisoryId('A-2')] }), vulnerability('A-2', { aliases: [toAdvisoryId('A-1')] })];
  assert.deepEqual(group([record('A-1')], ring), ['A-1 = A-2: A-1']);
  const chain = Array.from({ length: 1000 }, (_, index) => vulnerability(`A-${index}`, { aliases: [toAdvisoryId(`A-${index + 1}`)] }));
  const store = storeOf(chain);
  assert.equal(groupByVulnerability([record('A-0')], store)[0]?.aliases.length, 16);
  assert.equal(store.asked.detail, 16);
});

test('withdrawn records are left out', () => {
  assert.deepEqual(group([record('GHSA-1', 'GHSA-2'), record('GHSA-2')], [vulnerability('GHSA-1', { withdrawn: true })]), ['GHSA-2 = : GHSA-2']);
});

test('every record is in a group, every CVE in exactly one, whatever the order', () => {
  const id = fc.tuple(fc.constantFrom('CVE', 'GHSA', 'PYSEC'), fc.integer({ min: 1, max: 4 })).map(([kind, number]) => `${kind}-${number}`);
  const records = fc.array(fc.tuple(id, fc.uniqueArray(id, { maxLength: 3 })), { maxLength: 8 });
  fc.assert(
    fc.property(records, (pairs) => {
      const candidates = pairs.map(([own, aliases]) => record(own, ...aliases));
      const groups = groupByVulnerability(candidates, storeOf([]));
      assert.ok(candidates.every((candidate) => groups.some(({ records: members }) => members.includes(candidate))));
      assert.equal(new Set(groups.map((one) => one.id)).size, groups.length);
      const membersOf = (ordered: readonly Candidate[]) =>
        groupByVulnerability(ordered, storeOf([]))
          .map((one) => candidates.map((candidate) => Number(one.records.includes(candidate))).join(''))
          .sort();
      assert.deepEqual(membersOf([...candidates].reverse()), membersOf(candidates));
    }),
  );
});
