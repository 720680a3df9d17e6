import type { AdvisoryStore } from '../advisories/store/store.ts';
import { languagePrefix } from '../advisories/matching/platform.ts';
import { schemeOfBucket } from '../advisories/versions/scheme-of-bucket.ts';
import { applicationPackageTypes } from '../foundation/model/package.ts';

/** What a database has records of. */
export interface AdvisoryCoverage {
  /** As the database names them: 'debian 12', 'Red Hat'. */
  readonly distributions: readonly string[];
  /** Types of packages: 'npm', 'golang'; an ecosystem of none of them as the database names it. */
  readonly languages: readonly string[];
  /** Distributions and types of packages that every full database covers, and this one does not. */
  readonly lacks: readonly string[];
}

/** Beginnings of the names of distributions that every full database has releases of. */
const everywhere = ['alma', 'alpine', 'amazon linux', 'debian', 'Oracle Linux', 'Red Hat', 'rocky', 'SUSE Linux Enterprise', 'ubuntu'] as const;

/** Returns what a database has records of, by the names of its buckets. */
export function coverageOf(store: AdvisoryStore): AdvisoryCoverage {
  const buckets = store.buckets('');
  // Made here: that takes milliseconds, and a scan, which loads this file too, never asks.
  const { compare } = new Intl.Collator('en', { numeric: true });
  const ecosystems = new Set(buckets.flatMap((bucket) => /^(.+?::)/.exec(bucket)?.[1] ?? []));
  const typeOf = new Map(applicationPackageTypes.map((type) => [languagePrefix(type), type]));
  const distributions = buckets.filter((bucket) => !bucket.includes('::') && schemeOfBucket(bucket) !== undefined);
  return {
    distributions: distributions.toSorted(compare),
    languages: [...ecosystems].map((prefix) => typeOf.get(prefix) ?? prefix.slice(0, -2)).toSorted(compare),
    lacks: [
      ...everywhere.filter((name) => !distributions.some((bucket) => bucket === name || bucket.startsWith(`${name} `))),
      ...applicationPackageTypes.filter((type) => {
        const prefix = languagePrefix(type);
        return prefix !== undefined && !ecosystems.has(prefix);
      }),
    ],
  };
}

/** Returns it for people: 'debian 11, 12 · npm; nothing on alpine, …'. */
export function describeCoverage({ distributions, languages, lacks }: AdvisoryCoverage): string {
  const releases = new Map<string, string[]>();
  for (const bucket of distributions) {
    const [, family = bucket, release] = /^(.+) (\S*\d\S*|edge|rawhide|sid)$/.exec(bucket) ?? [];
    const known = releases.get(family) ?? [];
    releases.set(family, release === undefined ? known : [...known, release]);
  }
  const families = [...releases].map(([family, known]) => `${family} ${known.join(', ')}`.trim());
  return `${[...families, ...languages].join(' · ') || 'nothing'}; nothing on ${lacks.join(', ')}`;
}
