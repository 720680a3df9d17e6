import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { manual } from '../words.ts';

/** The applications that Erlang/OTP and Elixir consist of: they come with the runtime alone. @see https://www.erlang.org/doc/system/versions */
export const upgrade: PackageUpgrade = {
  id: 'otp',
  types: ['otp'],
  name: /^[A-Za-z][A-Za-z0-9_@]{0,100}$/,
  version: /^(?:OTP-)?\d[0-9A-Za-z.+-]{0,100}$/,
  remediations,
};

const ofElixir: ReadonlySet<string> = new Set(['eex', 'elixir', 'ex_unit', 'iex', 'logger', 'mix']);

function remediations({ package: { name }, fixedVersion }: FixablePackage): readonly Remediation[] {
  const runtime = ofElixir.has(name) ? 'Elixir' : 'Erlang/OTP';
  return [
    manual(
      `${name} is part of ${runtime}: take a newer ${runtime} base image, one that has ${name} ${fixedVersion} or later, and build the release again, which carries the runtime inside.`,
    ),
  ];
}
