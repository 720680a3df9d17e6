import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, fileNameOf, quoteAlways } from '../words.ts';

/** R. @see https://cran.r-project.org/doc/manuals/r-release/R-exts.html#The-DESCRIPTION-file */
export const upgrade: PackageUpgrade = {
  id: 'cran',
  types: ['cran'],
  name: /^[A-Za-z][A-Za-z0-9.]{0,100}$/,
  version: /^\d{1,20}(?:[.-]\d{1,20}){1,10}$/,
  remediations,
};

function remediations({ package: installed, fixedVersion }: FixablePackage): readonly Remediation[] {
  const { name } = installed;
  if (fileNameOf(installed) === 'renv.lock') {
    return [
      rscript(
        `renv::install("${name}@${fixedVersion}"); renv::snapshot()`,
        `Run it in the project: it installs ${name} ${fixedVersion} and writes it into renv.lock`,
      ),
    ];
  }
  return [
    rscript(`install.packages("${name}")`, `Installs the newest ${name}; the flaw is gone from ${fixedVersion} on`),
    rscript(`remotes::install_version("${name}", version = "${fixedVersion}")`, `Installs exactly ${fixedVersion} (needs the package remotes)`),
  ];
}

function rscript(code: string, description: string): Remediation {
  return command(`Rscript -e ${quoteAlways(code)}`, description);
}
