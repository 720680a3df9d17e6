import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, fileNameOf, manual, quote } from '../words.ts';

/** Hex, with Elixir's Mix or Erlang's rebar3. @see https://hex.pm/docs/publish */
export const upgrade: PackageUpgrade = {
  id: 'hex',
  types: ['hex'],
  name: /^[A-Za-z0-9_][A-Za-z0-9_@.]{0,100}$/,
  version: /^\d[0-9A-Za-z.+-]{0,100}$/,
  remediations,
};

function remediations({ package: installed, fixedVersion }: FixablePackage): readonly Remediation[] {
  const { name } = installed;
  const [line, file] = fileNameOf(installed) === 'rebar.lock' ? ['rebar3 upgrade', 'rebar.config'] : ['mix deps.update', 'mix.exs'];
  return [
    command(
      `${line} ${quote(name)}`,
      `Run it in the project, and build the release again: it takes the newest version of ${name} that ${file} allows`,
    ),
    manual(`If that is still older than ${fixedVersion}, raise ${name} to ${fixedVersion} in ${file}, or the package that holds it back.`),
  ];
}
