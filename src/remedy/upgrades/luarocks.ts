import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, quote } from '../words.ts';

/** LuaRocks. A name may have its author before it. @see https://github.com/luarocks/luarocks/wiki/install */
export const upgrade: PackageUpgrade = {
  id: 'luarocks',
  types: ['luarocks'],
  name: /^(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,100}\/)?[A-Za-z0-9_][A-Za-z0-9_.-]{0,100}$/,
  version: /^[A-Za-z0-9][A-Za-z0-9._+-]{0,100}$/,
  remediations,
};

function remediations({ package: { name }, fixedVersion }: FixablePackage): readonly Remediation[] {
  return [command(`luarocks install ${quote(name)} ${quote(fixedVersion)}`, `Installs ${name} ${fixedVersion} in place of the old one`)];
}
