import { cveOf } from '../facts.ts';
import type { AdvisoryFeed } from '../feed.ts';
import { piecesOf } from '../feed.ts';
import { readLines } from '../text.ts';

/** FIRST's exploit prediction scores: lines of `cve,epss,percentile` (or with semicolons), comments behind '#', perhaps a header. @see https://www.first.org/epss/data_stats */
export const feed: AdvisoryFeed = {
  id: 'epss',
  source: { name: 'EPSS', url: 'https://www.first.org/epss/', licence: 'free use with attribution to FIRST' },
  wants: (name) => /epss[^/]*\.csv$/i.test(name),
  *read(file) {
    for (const { text, number } of readLines(piecesOf(file))) {
      const [word = '', probabilityText, percentileText] = text.trim().split(/[,;]/);
      if (word === '' || word.startsWith('#') || word === 'cve') continue;
      const id = word.startsWith('CVE-') ? cveOf(word) : undefined;
      const probability = toShare(probabilityText);
      const percentile = toShare(percentileText);
      if (id === undefined || probability === undefined || percentile === undefined) {
        yield { value: [], problems: [{ message: `${file.name}: not a score`, line: number }] };
        continue;
      }
      yield { value: [{ kind: 'vulnerability', id, detail: { epss: { probability, percentile } } }], problems: [] };
    }
  },
};

function toShare(text: string | undefined): number | undefined {
  const number = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return number >= 0 && number <= 1 ? number : undefined;
}
