/** Builds of one version that fix things at different releases, so that their versions say nothing of each other. */
export type BuildVariant = 'normal' | 'fips' | 'ksplice';

/**
 * Returns which build a version is, as the version itself says: Oracle's ksplice packages have a part `ksplice1`, its FIPS packages end in `_fips`, Ubuntu's have `fips`
 * followed by a number (`1.1.1f-1ubuntu2.fips.2.8`, `5.4.0-1026.30+fips1`).
 * @see https://linux.oracle.com/errata/ (ELSA-2021-9112: openssl 10:1.1.1k-…_fips)
 */
export function buildVariant(version: string): BuildVariant {
  const lower = version.toLowerCase();
  if (/(?:^|[.:~-])ksplice\d/.test(lower)) return 'ksplice';
  return /(?:_fips$|[.+~-]fips[.\d])/.test(lower) ? 'fips' : 'normal';
}
