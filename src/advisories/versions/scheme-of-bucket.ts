import type { VersionScheme } from './scheme.ts';
import { schemes } from './schemes.generated.ts';

/** What a bucket's name begins with, and the scheme its versions follow. */
const schemeIds: readonly (readonly [prefix: string, schemeId: string])[] = [
  ['alpine ', 'apk'],
  ['debian ', 'dpkg'],
  ['ubuntu ', 'dpkg'],
  ['npm::', 'semver'],
  ['pip::', 'pep440'],
];

/** Returns the scheme of the versions in 'debian 12', 'alpine edge', 'npm::…'; undefined for a platform that is not matched. */
export function schemeOfBucket(bucket: string): VersionScheme | undefined {
  const schemeId = schemeIds.find(([prefix]) => bucket.startsWith(prefix))?.[1];
  return schemes.find((scheme) => scheme.id === schemeId);
}
