import type { Remediation } from '../../foundation/model/finding.ts';
import type { InstalledPackage } from '../../foundation/model/package.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, isSafe, manual, quote } from '../words.ts';

const version = /^\d[0-9A-Za-z.-]{0,100}$/;

/** Bundler, and gem itself for what is installed for all. @see https://guides.rubygems.org/specification-reference/#name */
export const upgrade: PackageUpgrade = {
  id: 'gem',
  types: ['gem'],
  name: /^[A-Za-z0-9_][A-Za-z0-9._-]{0,200}$/,
  version,
  remediations,
};

/** Where Bundler installs: into a project, or where the official image of Ruby has it. */
const bundled = /(?:^|\/)vendor\/(?:bundle|cache)\/|^usr\/local\/bundle\//;

function remediations({ package: installed, fixedVersion }: FixablePackage): readonly Remediation[] {
  const path = installed.files[0] ?? '';
  if (installed.declaredOnly === true || bundled.test(path)) return upgradeWithBundler(installed.name, fixedVersion);
  return path.includes('/specifications/default/') ? upgradeDefault(installed.name, fixedVersion) : upgradeGlobal(installed, fixedVersion);
}

function upgradeWithBundler(name: string, fixedVersion: string): readonly Remediation[] {
  return [
    command(
      `bundle update ${quote(name)} --conservative`,
      `Run it in the project: it raises ${name} in the lock file, and nothing that others need too`,
    ),
    manual(`If that is still older than ${fixedVersion}, ask for ${name} >= ${fixedVersion} in the Gemfile, or raise the gem that holds it back.`),
  ];
}

/** Ruby brings it along, and gem refuses to remove it. */
function upgradeDefault(name: string, fixedVersion: string): readonly Remediation[] {
  return [
    command(
      `gem install ${quote(name)} -v ${quote(fixedVersion)}`,
      `Installs ${name} ${fixedVersion} beside the one that came with Ruby, which stays in the image`,
    ),
    manual(`${name} is part of Ruby: a newer Ruby base image is what replaces the old one.`),
  ];
}

function upgradeGlobal(installed: InstalledPackage, fixedVersion: string): readonly Remediation[] {
  const { name } = installed;
  const install = `gem install ${quote(name)} -v ${quote(fixedVersion)}`;
  if (!isSafe(installed.version, version)) return [command(install, `Installs ${name} ${fixedVersion}; uninstall the old version then`)];
  return [
    command(
      `${install} && gem uninstall ${quote(name)} -v ${quote(installed.version)} --executables --ignore-dependencies`,
      `Installs ${name} ${fixedVersion} and removes ${installed.version}, which would stay beside it`,
    ),
  ];
}
