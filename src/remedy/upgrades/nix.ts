import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, manual } from '../words.ts';

/** Nix: versions are those of the collection that the image is built from. @see https://nix.dev/manual/nix/stable/command-ref/new-cli/nix3-flake-update */
export const upgrade: PackageUpgrade = {
  id: 'nix',
  types: ['nix'],
  name: /^[A-Za-z0-9_+][A-Za-z0-9_.+=-]{0,200}$/,
  version: /^\d[A-Za-z0-9_.+-]{0,200}$/,
  remediations,
};

function remediations({ package: { name }, fixedVersion }: FixablePackage): readonly Remediation[] {
  return [
    command(
      'nix flake update nixpkgs',
      `Run it in the flake that builds the image, and build it again: a newer nixpkgs has ${name} ${fixedVersion} or later`,
    ),
    manual(
      `Without a flake: "nix-channel --update", or pin a newer nixpkgs, and build again. If its branch has no ${fixedVersion} yet, an overlay can bring it in.`,
    ),
  ];
}
