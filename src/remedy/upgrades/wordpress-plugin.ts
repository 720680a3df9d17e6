import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, manual, quote } from '../words.ts';

/** Plugins of WordPress, by its own command line. @see https://developer.wordpress.org/cli/commands/plugin/update/ */
export const upgrade: PackageUpgrade = {
  id: 'wordpress-plugin',
  types: ['wordpress-plugin'],
  name: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}$/,
  version: /^\d[0-9A-Za-z._-]{0,100}$/,
  remediations,
};

function remediations({ package: { name }, fixedVersion }: FixablePackage): readonly Remediation[] {
  return [
    command(
      `wp plugin update ${quote(name)} --version=${quote(fixedVersion)}`,
      `Run it in the folder of WordPress (as root with --allow-root): it installs ${name} ${fixedVersion}`,
    ),
    manual(`Where the build copies or downloads the plugin, raise ${name} to ${fixedVersion} there.`),
  ];
}
