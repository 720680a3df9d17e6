import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, manual, quote } from '../words.ts';

/** Dart's pub. @see https://dart.dev/tools/pub/pubspec */
export const upgrade: PackageUpgrade = {
  id: 'pub',
  types: ['pub'],
  name: /^[A-Za-z_][A-Za-z0-9_]{0,100}$/,
  version: /^\d[0-9A-Za-z.+-]{0,100}$/,
  remediations,
};

function remediations({ package: { name }, fixedVersion }: FixablePackage): readonly Remediation[] {
  return [
    command(
      `dart pub upgrade ${quote(name)}`,
      `Run it in the project: it takes the newest version of ${name} that pubspec.yaml allows (of Flutter: flutter pub upgrade)`,
    ),
    manual(
      `If that is still older than ${fixedVersion}, ask for ^${fixedVersion} in pubspec.yaml, or under dependency_overrides when another package holds it back.`,
    ),
  ];
}
