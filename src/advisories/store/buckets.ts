/** Where a bucket's advisories come from: `id` as it stands in ratings ('debian', 'ghsa'), `name` as its publisher calls it. */
export interface BucketSource {
  readonly id: string;
  readonly name: string;
}

const distributions: Readonly<Record<string, string>> = {
  debian: 'Debian Security Tracker',
  ubuntu: 'Ubuntu CVE Tracker',
  alpine: 'Alpine Secdb',
};

/** Ids of the language sources by how their name begins, in the order in which they are believed when two tell of one vulnerability. */
const languageSources: readonly (readonly [prefix: string, id: string])[] = [
  ['GitHub Security Advisory', 'ghsa'],
  ['PyPA Advisory Database', 'pypa'],
  ['Open Source Vulnerability', 'osv'],
  ['GitLab Advisory Database', 'glad'],
];

/** Returns the source of 'debian 12' or 'npm::GitHub Security Advisory npm'; of a bucket nobody knows, its own name. */
export function bucketSource(bucket: string): BucketSource {
  const language = /^[^:]*::(.*)$/.exec(bucket)?.[1];
  if (language !== undefined) return { id: languageSources.find(([prefix]) => language.startsWith(prefix))?.[1] ?? language, name: language };
  const platform = bucket.split(' ', 1)[0] ?? bucket;
  return { id: platform, name: distributions[platform] ?? platform };
}

/** Returns 0 for the language source that is believed first; sources nobody knows come last. */
export function bucketRank(bucket: string): number {
  const { id } = bucketSource(bucket);
  const rank = languageSources.findIndex(([, known]) => known === id);
  return rank < 0 ? languageSources.length : rank;
}
