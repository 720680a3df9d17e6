import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, manual, quote, whereToRun } from '../words.ts';

/** Cargo. @see https://doc.rust-lang.org/cargo/commands/cargo-update.html */
export const upgrade: PackageUpgrade = {
  id: 'cargo',
  types: ['cargo'],
  name: /^[A-Za-z0-9_][A-Za-z0-9_-]{0,100}$/,
  version: /^\d[0-9A-Za-z.+-]{0,200}$/,
  remediations,
};

function remediations({ package: installed, fixedVersion }: FixablePackage): readonly Remediation[] {
  const { name } = installed;
  return [
    command(
      `cargo update -p ${quote(name)} --precise ${quote(fixedVersion)}`,
      `${whereToRun(installed)}, and build it again: it sets ${name} to ${fixedVersion} in Cargo.lock`,
    ),
    manual(
      `If Cargo refuses, a Cargo.toml asks for an older one: raise ${name} to ${fixedVersion} there, or the package that needs it ("cargo tree -i ${name}" says which).`,
    ),
  ];
}
