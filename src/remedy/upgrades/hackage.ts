import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, fileNameOf, manual, quoteAlways } from '../words.ts';

/** Haskell's Cabal and Stack. @see https://cabal.readthedocs.io/en/stable/cabal-project-description-file.html */
export const upgrade: PackageUpgrade = {
  id: 'hackage',
  types: ['hackage'],
  name: /^[A-Za-z0-9][A-Za-z0-9-]{0,100}$/,
  version: /^\d{1,20}(?:\.\d{1,20}){0,20}$/,
  remediations,
};

function remediations({ package: installed, fixedVersion }: FixablePackage): readonly Remediation[] {
  const { name } = installed;
  if (fileNameOf(installed) === 'stack.yaml.lock') {
    return [
      manual(
        `Add ${name}-${fixedVersion} to extra-deps in stack.yaml, or move to a newer resolver that has it, and run "stack build": it writes the lock file anew.`,
      ),
    ];
  }
  return [
    command(
      `cabal update && cabal freeze ${quoteAlways(`--constraint=${name}>=${fixedVersion}`)}`,
      `Run it in the project, and build it again: it writes versions into cabal.project.freeze with ${name} ${fixedVersion} or later`,
    ),
    manual(`If no plan is found, a bound in a .cabal file holds it back: raise it there. A library that comes with GHC is replaced by a newer GHC.`),
  ];
}
