import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/vulnrichment.ts';
import { readFeed } from '../read-feed.ts';

const header = 'cve\tpublished\tstate\tcvss3\tvector\tsource\tcwe\tssvc\tkev';
const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';

function read(...rows: readonly string[]): ReturnType<typeof readFeed> {
  return readFeed(feed, 'vulnrichment.tsv', [header, ...rows].join('\n'));
}

test("reads CISA's rating, weakness, decision and date of exploitation", () => {
  assert.deepEqual(read(`CVE-1999-0006\t1999-09-29\tPUBLISHED\t9.8\t${vector}\tadp\tCWE-121\tactive/yes/total\t2024-05-01`), {
    records: [
      {
        kind: 'vulnerability',
        id: 'CVE-1999-0006',
        detail: {
          ratings: [{ cvssVector: vector, score: 9.8, source: 'cisa' }],
          cweIds: ['CWE-121'],
          ssvc: { exploitation: 'active', automatable: true, technicalImpact: 'total' },
          kevAddedAt: '2024-05-01',
          publishedAt: '1999-09-29T00:00:00.000Z',
        },
      },
    ],
    problems: [],
  });
});

test('words in any case, empty cells, rejected CVEs, rows that are none', () => {
  const [found] = read('CVE-2024-1\t\tPUBLISHED\t\t\tcna\t\tPoC/No/Partial\t').records;
  assert.deepEqual(found?.kind === 'vulnerability' && found.detail, {
    ssvc: { exploitation: 'poc', automatable: false, technicalImpact: 'partial' },
  });
  assert.deepEqual(read('CVE-2024-1\t\tREJECTED\t\t\t\t\t\t'), { records: [], problems: [] });
  assert.equal(read('no CVE', 'CVE-2024-1\tcut').problems.length, 2);
});
