import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, manual, quote } from '../words.ts';

/** Swift's package manager, which knows a package by the last part of its address. @see https://www.swift.org/documentation/package-manager/ */
export const upgrade: PackageUpgrade = {
  id: 'swift',
  types: ['swift'],
  name: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}(?::\d{1,5})?(?:\/[A-Za-z0-9_~+][A-Za-z0-9_.~+-]{0,200}){0,10}$/,
  version: /^\d[0-9A-Za-z.+-]{0,100}$/,
  remediations,
};

function remediations({ package: { name }, fixedVersion }: FixablePackage): readonly Remediation[] {
  const identity = name.split('/').at(-1) ?? name;
  return [
    command(
      `swift package resolve ${quote(identity)} --version ${quote(fixedVersion)}`,
      `Run it in the project: it sets ${identity} to ${fixedVersion} in Package.resolved`,
    ),
    manual(`If that is refused, raise the requirement on ${identity} to from: "${fixedVersion}" in Package.swift and run "swift package update".`),
  ];
}
