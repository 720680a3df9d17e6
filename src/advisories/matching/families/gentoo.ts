import type { Family } from '../family.ts';

/**
 * Gentoo, by its security advisories (GLSA).
 *
 * - Filed under category and name, `dev-libs/openssl`, with ranges of versions: vulnerable ones, and unaffected ones, which go before. Slots share a name and are told apart by ranges.
 * - It rolls: one bucket, no end.
 * - Severity: the advisory's, else NVD's.
 *
 * @see https://www.gentoo.org/support/security/vulnerability-treatment-policy.html
 * @see https://wiki.gentoo.org/wiki/GLSA
 */
export const family: Family = {
  id: 'gentoo',
  covers: ({ id }) => id === 'gentoo',
  plan: () => ({
    packageTypes: ['portage'],
    buckets: ['gentoo'],
    lookUp: ({ name: packageName, version }) => [{ bucket: 'gentoo', packageName, version }],
  }),
};
