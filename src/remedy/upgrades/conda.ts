import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, isSafe, manual, quote, quoteAlways } from '../words.ts';

/** conda and mamba. @see https://docs.conda.io/projects/conda-build/en/stable/resources/package-spec.html */
export const upgrade: PackageUpgrade = {
  id: 'conda',
  types: ['conda'],
  name: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,100}$/,
  version: /^(?:\d{1,5}!)?[A-Za-z0-9][A-Za-z0-9._+]{0,100}$/,
  remediations,
};

function remediations({ package: installed, fixedVersion }: FixablePackage): readonly Remediation[] {
  const { name } = installed;
  const environment = environmentOf(installed.files[0] ?? '');
  return [
    command(
      `conda install -y ${environment === undefined ? '' : `-n ${quote(environment)} `}${quoteAlways(`${name}>=${fixedVersion}`)}`,
      `Installs ${name} ${fixedVersion} or later${environment === undefined ? '' : ` into the environment ${environment}`} (mamba and micromamba take the same words)`,
    ),
    manual(
      `Where the build makes the environment from an environment.yml, ask for ${name}>=${fixedVersion} there, or the next build brings the old one back.`,
    ),
  ];
}

/** Returns `web` of `opt/conda/envs/web/conda-meta/…`; undefined of the base environment, and of a folder whose name is not fit for a command. */
function environmentOf(path: string): string | undefined {
  const name = /(?:^|\/)envs\/([^/]{1,100})\/conda-meta\//.exec(path)?.[1];
  return name !== undefined && isSafe(name, /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,100}$/) ? name : undefined;
}
