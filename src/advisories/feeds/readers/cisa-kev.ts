import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import { isObject, objectsIn, readJsonDocument, textOf, unreadable } from '../documents.ts';
import type { AdvisoryFeed } from '../feed.ts';

/** CISA's catalogue of vulnerabilities known to be exploited: `{ vulnerabilities: [{ cveID, dateAdded }] }`. @see https://www.cisa.gov/known-exploited-vulnerabilities-catalog */
export const feed: AdvisoryFeed = {
  id: 'cisa-kev',
  source: { name: 'CISA KEV', url: 'https://www.cisa.gov/known-exploited-vulnerabilities-catalog', licence: 'CC0-1.0' },
  wants: (name) => /(?:^|\/)known_exploited_vulnerabilities\.json$/.test(name),
  *read(file) {
    const { value, problems } = readJsonDocument(file);
    if (problems.length > 0) yield { value: [], problems };
    for (const entry of isObject(value) ? objectsIn(value.vulnerabilities) : []) {
      const id = textOf(entry.cveID);
      const kevAddedAt = textOf(entry.dateAdded);
      if (id === undefined || kevAddedAt === undefined || Number.isNaN(Date.parse(kevAddedAt)))
        yield unreadable(file, 'an entry without cveID or dateAdded');
      else yield { value: [{ kind: 'vulnerability', id: toAdvisoryId(id), detail: { kevAddedAt } }], problems: [] };
    }
  },
};
