import { majorMinorOf, type Family } from '../family.ts';
import { rpmSourceLookUp } from '../source-package.ts';

/**
 * Azure Linux, and CBL-Mariner as it was called before, by Microsoft's OVAL definitions and VEX documents.
 *
 * - Filed under source packages with versions of sources. The definitions write epoch 0 for every package, and VEX documents none: versions are compared without. A release is major and minor: 3.0, 2.0.
 * - A definition without a patch says that the package is affected; one that is not applicable says nothing.
 * - Packages say `Microsoft Corporation`; those of others are not looked up. Microsoft's other repositories say the same, but use names that are not in the definitions.
 * - Microsoft publishes no table of ends in the form that others do: none is told.
 * - Severity: the definition's, else NVD's.
 *
 * @see https://github.com/microsoft/AzureLinuxVulnerabilityData
 */
export const family: Family = {
  id: 'azure',
  covers: ({ id }) => id === 'azurelinux' || id === 'mariner',
  plan(distro) {
    const release = majorMinorOf(distro);
    if (release === undefined) return undefined;
    const bucket = `${distro.id === 'mariner' ? 'CBL-Mariner' : 'Azure Linux'} ${release}`;
    return {
      packageTypes: ['rpm'],
      buckets: [bucket],
      vendors: ['Microsoft'],
      lookUp: (installed) => [{ ...rpmSourceLookUp(bucket, installed), ignoresEpoch: true }],
    };
  },
};
