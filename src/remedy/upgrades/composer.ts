import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, quote, quoteAlways } from '../words.ts';

/** Composer. @see https://getcomposer.org/doc/04-schema.md#name */
export const upgrade: PackageUpgrade = {
  id: 'composer',
  types: ['composer'],
  name: /^[A-Za-z0-9][A-Za-z0-9_.-]{0,100}\/[A-Za-z0-9][A-Za-z0-9_.-]{0,100}$/,
  version: /^v?\d[0-9A-Za-z.+-]{0,100}$/,
  remediations,
};

function remediations({ package: { name }, fixedVersion }: FixablePackage): readonly Remediation[] {
  return [
    command(
      `composer update ${quote(name)} --with-dependencies`,
      `Run it in the project: it takes the newest version of ${name} that composer.json allows`,
    ),
    command(
      `composer require ${quoteAlways(`${name}:^${fixedVersion.replace(/^v/, '')}`)} --update-with-all-dependencies`,
      `Asks for ${fixedVersion} or later in composer.json, where the first one leaves it older`,
    ),
  ];
}
