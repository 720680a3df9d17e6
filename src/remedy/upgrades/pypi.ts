import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, fileNameOf, manual, quote, quoteAlways } from '../words.ts';

/** pip, and the tools that lock for it. @see PEP 508 and PEP 440 */
export const upgrade: PackageUpgrade = {
  id: 'pypi',
  types: ['pypi'],
  name: /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?$/,
  version: /^(?:\d{1,10}!)?[0-9][0-9A-Za-z.+_-]{0,200}$/,
  remediations,
};

function remediations({ package: installed, fixedVersion }: FixablePackage): readonly Remediation[] {
  const { name } = installed;
  const byLockFile = installed.declaredOnly === true ? upgradeInLockFile(name, fixedVersion, fileNameOf(installed)) : undefined;
  if (byLockFile !== undefined) return byLockFile;
  // Debian's own Python packages lie in dist-packages; pip must not write there.
  if (installed.files[0]?.startsWith('usr/lib/python3/dist-packages/') === true) {
    return [
      manual(
        `${name} was installed by apt as python3-${name.toLowerCase()}: upgrade that, or install ${name} ${fixedVersion} with pip into a virtual environment.`,
      ),
    ];
  }
  return [
    command(
      `pip install --no-cache-dir --upgrade ${quoteAlways(`${name}>=${fixedVersion}`)}`,
      `Installs ${name} ${fixedVersion} or later; raise it in the requirements file too, or the next build brings the old one back`,
    ),
  ];
}

/** Undefined for requirements files, which pip itself installs from. */
function upgradeInLockFile(name: string, fixedVersion: string, lockFile: string): readonly Remediation[] | undefined {
  const newest = 'Run it in the project: it takes the newest version that pyproject.toml allows';
  const still = manual(
    `If that is still older than ${fixedVersion}, the project or another package holds it back: ask for ${name} >= ${fixedVersion} in its own file.`,
  );
  switch (lockFile) {
    case 'poetry.lock':
      return [command(`poetry update ${quote(name)}`, newest), still];
    case 'pdm.lock':
      return [command(`pdm update ${quote(name)}`, newest), still];
    case 'Pipfile.lock':
      return [command(`pipenv update ${quote(name)}`, 'Run it in the project: it takes the newest version that the Pipfile allows'), still];
    case 'uv.lock':
      return [
        command(`uv lock --upgrade-package ${quote(`${name}==${fixedVersion}`)}`, `Run it in the project: it locks exactly ${fixedVersion}`),
        still,
      ];
    default:
      if (!/^pylock(?:\..+)?\.toml$/.test(lockFile)) return undefined;
      return [manual(`Ask for ${name} >= ${fixedVersion} in the project, and have the tool that wrote the lock file write it anew.`)];
  }
}
