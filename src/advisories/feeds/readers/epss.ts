import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { AdvisoryFeed } from '../feed.ts';

/** FIRST's exploit prediction scores: lines of `cve,epss,percentile` (or with semicolons), comments behind '#', perhaps a header. @see https://www.first.org/epss/data_stats */
export const feed: AdvisoryFeed = {
  id: 'epss',
  source: { name: 'EPSS', url: 'https://www.first.org/epss/', licence: 'free use with attribution to FIRST' },
  wants: (name) => /epss[^/]*\.csv$/i.test(name),
  *read(file) {
    const lines = new TextDecoder().decode(file.bytes).split('\n');
    for (const [index, line] of lines.entries()) {
      const [id = '', probabilityText, percentileText] = line.trim().split(/[,;]/);
      if (id === '' || id.startsWith('#') || id === 'cve') continue;
      const probability = toShare(probabilityText);
      const percentile = toShare(percentileText);
      if (!id.startsWith('CVE-') || probability === undefined || percentile === undefined) {
        yield { value: [], problems: [{ message: `${file.name}: not a score`, line: index + 1 }] };
        continue;
      }
      yield { value: [{ kind: 'vulnerability', id: toAdvisoryId(id), detail: { epss: { probability, percentile } } }], problems: [] };
    }
  },
};

function toShare(text: string | undefined): number | undefined {
  const number = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return number >= 0 && number <= 1 ? number : undefined;
}
