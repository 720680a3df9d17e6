import type { VulnerabilityDetail } from '../../store/record.ts';
import { readCsv } from '../csv.ts';
import { cveOf, cweIdsIn, toDate, toRating, toScoreRating } from '../facts.ts';
import type { AdvisoryFeed } from '../feed.ts';
import { piecesOf } from '../feed.ts';

/**
 * What CISA adds to CVE records, as a table with tabs: cve, published, state, cvss3, vector, source, cwe, ssvc, kev. `source` says whose rating it is: 'adp' is CISA's, 'cna' that of whoever gave out the
 * id. `ssvc` is exploitation/automatable/technical impact: 'none/yes/total'. Rejected CVEs give nothing.
 * @see https://github.com/cisagov/vulnrichment
 */
export const feed: AdvisoryFeed = {
  id: 'vulnrichment',
  source: { name: 'CISA Vulnrichment', url: 'https://github.com/cisagov/vulnrichment', licence: 'CC0-1.0' },
  wants: (name) => /(?:^|\/)vulnrichment[^/]*\.tsv$/.test(name),
  *read(file) {
    for (const { fields, line } of readCsv(piecesOf(file), '\t')) {
      if (fields[0] === 'cve') continue;
      const id = cveOf(fields[0] ?? '');
      if (id === undefined || fields.length < COLUMNS) yield { value: [], problems: [{ message: `${file.name}: not a row on a CVE`, line }] };
      else if (fields[2] !== 'REJECTED') yield { value: [{ kind: 'vulnerability', id, detail: toDetail(fields) }], problems: [] };
    }
  },
};

const COLUMNS = 8;

function toDetail([, published, , score, vector, source, cwe, ssvc, kev]: readonly string[]): VulnerabilityDetail {
  const rater = source === 'adp' ? 'cisa' : 'cna';
  const rating = toRating(vector, rater) ?? toScoreRating(score, rater);
  const cweIds = cweIdsIn(cwe?.split(/[,;|\s]+/));
  const publishedAt = toDate(published);
  const kevAddedAt = /^\d{4}-\d{2}-\d{2}$/.exec(kev ?? '')?.[0];
  return {
    ...(rating !== undefined && { ratings: [rating] }),
    ...(cweIds.length > 0 && { cweIds }),
    ...toSsvc(ssvc),
    ...(kevAddedAt !== undefined && toDate(kevAddedAt) !== undefined && { kevAddedAt }),
    ...(publishedAt !== undefined && { publishedAt }),
  };
}

function toSsvc(text = ''): Pick<VulnerabilityDetail, 'ssvc'> {
  const [, exploitation, automatable, technicalImpact] = /^(none|poc|active)\/(yes|no)\/(partial|total)$/.exec(text.toLowerCase()) ?? [];
  if (exploitation === undefined) return {};
  return {
    ssvc: {
      exploitation: exploitation as 'none' | 'poc' | 'active',
      automatable: automatable === 'yes',
      technicalImpact: technicalImpact as 'partial' | 'total',
    },
  };
}
