import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, manual, quoteAlways } from '../words.ts';

/** Julia's Pkg. @see https://pkgdocs.julialang.org/v1/api/ */
export const upgrade: PackageUpgrade = {
  id: 'julia',
  types: ['julia'],
  name: /^[A-Za-z_][A-Za-z0-9_]{0,100}$/,
  version: /^\d[0-9A-Za-z.+-]{0,100}$/,
  remediations,
};

function remediations({ package: installed, fixedVersion }: FixablePackage): readonly Remediation[] {
  const { name } = installed;
  const julia = installed.declaredOnly === true ? 'julia --project -e' : 'julia -e';
  return [
    command(
      `${julia} ${quoteAlways(`using Pkg; Pkg.update("${name}"; mode=PKGMODE_MANIFEST)`)}`,
      `Takes the newest ${name} that what needs it allows; the flaw is gone from ${fixedVersion} on`,
    ),
    command(
      `${julia} ${quoteAlways(`using Pkg; Pkg.add(name="${name}", version="${fixedVersion}")`)}`,
      `Asks for exactly ${fixedVersion}, and fails when another package does not allow it`,
    ),
    manual(`A bound under [compat] in Project.toml may hold ${name} back: raise it there.`),
  ];
}
