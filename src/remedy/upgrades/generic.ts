import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, isSafe, manual, placeOf, quote } from '../words.ts';

/** Programs that no package manager of the image recorded. Names are as people write them, and stand in sentences: a command's words are checked apart. */
export const upgrade: PackageUpgrade = {
  id: 'generic',
  types: ['generic'],
  name: /^[A-Za-z0-9][A-Za-z0-9 ._+@/():-]{0,200}$/,
  version: /^v?\d[0-9A-Za-z._+~-]{0,100}$/,
  remediations,
};

/** What names a package in a command. */
const word = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}$/;
const THEME = 'wordpress-theme/';
const chocolatey = /^programdata\/chocolatey\/lib\//i;

function remediations(vulnerable: FixablePackage): readonly Remediation[] {
  return [...byCommand(vulnerable), byHand(vulnerable)];
}

/** Programs that have an updater of their own. */
function byCommand({ package: installed, fixedVersion }: FixablePackage): readonly Remediation[] {
  const { name } = installed;
  const version = quote(fixedVersion);
  const inWordpress = 'Run it in the folder of WordPress (as root with --allow-root)';
  if (name === 'wordpress') return [command(`wp core update --version=${version}`, `${inWordpress}: it installs ${fixedVersion}`)];
  const theme = name.startsWith(THEME) ? name.slice(THEME.length) : '';
  if (isSafe(theme, word))
    return [command(`wp theme update ${quote(theme)} --version=${version}`, `${inWordpress}: it installs ${theme} ${fixedVersion}`)];
  if (!chocolatey.test(installed.files[0] ?? '') || !isSafe(name, word)) return [];
  return [command(`choco upgrade ${quote(name)} --version=${version} -y`, `Upgrades ${name} to ${fixedVersion} with Chocolatey`)];
}

function byHand({ package: installed, fixedVersion }: FixablePackage): Remediation {
  const place = placeOf(installed);
  const what = `${installed.name}${place === undefined ? '' : `, which lies at ${place}`}`;
  return manual(
    `No package manager of the image installed ${what}: take a base image that has ${fixedVersion} or later, or raise the version where the build copies or downloads it.`,
  );
}
