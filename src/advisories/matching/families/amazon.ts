import { majorOf, type Family } from '../family.ts';

const streams: readonly string[] = ['2', '2022', '2023'];

/**
 * Amazon Linux, by its security center (ALAS).
 *
 * - Filed under binary packages. Four streams that share nothing: 1 (whose releases are dated, 2018.03), 2, 2022 (which became 2023 before it was finished) and 2023.
 * - Packages of Amazon's say `Amazon Linux` or `Amazon.com`, and some nothing; those of others are not looked up.
 * - Severity: the advisory's (important is high, medium is medium), else NVD's.
 *
 * @see https://alas.aws.amazon.com/
 */
export const family: Family = {
  id: 'amazon',
  covers: ({ id }) => id === 'amzn',
  plan(distro) {
    const major = majorOf(distro);
    if (major === undefined) return undefined;
    const stream = streams.includes(major) ? major : '1';
    const bucket = `amazon linux ${stream}`;
    return {
      packageTypes: ['rpm'],
      buckets: [bucket],
      release: { distribution: 'amazon', version: stream },
      vendors: ['Amazon'],
      lookUp: ({ name: packageName, version }) => [{ bucket, packageName, version }],
    };
  },
};
