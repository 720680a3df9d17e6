import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { manual } from '../words.ts';

/** Conan, of C and C++. @see https://docs.conan.io/2/reference/conanfile/attributes.html#name */
export const upgrade: PackageUpgrade = {
  id: 'conan',
  types: ['conan'],
  name: /^[a-z0-9_][a-z0-9_+.-]{1,100}$/,
  version: /^[A-Za-z0-9_][A-Za-z0-9_+.-]{0,100}$/,
  remediations,
};

function remediations({ package: { name }, fixedVersion }: FixablePackage): readonly Remediation[] {
  const reference = `${name}/${fixedVersion}`;
  return [
    manual(
      `Ask for ${reference} in conanfile.txt or conanfile.py, with override=True when another package needs it, have the lock file written anew ("conan lock create . --lockfile=''"), and build again.`,
    ),
  ];
}
