import type { Remediation } from '../../foundation/model/finding.ts';
import type { InstalledPackage } from '../../foundation/model/package.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, fileNameOf, isSafe, manual, quote } from '../words.ts';

const grammar = /^(?:@[a-z0-9~_-][a-z0-9._~-]{0,200}\/)?[a-zA-Z0-9~_][a-zA-Z0-9._~-]{0,213}$/;
const globalTree = /^(?:usr\/(?:local\/)?lib|opt\/[^/]{1,100}\/lib|usr\/local\/share|root\/\.nvm\/.{1,200}\/lib)\/node_modules\//;

/** npm, pnpm, Yarn and Bun. Names without those that begin with `-`: npm would take them for an option. @see https://docs.npmjs.com/cli/configuring-npm/package-json#name */
export const upgrade: PackageUpgrade = {
  id: 'npm',
  types: ['npm'],
  name: grammar,
  version: /^[0-9][0-9A-Za-z.+-]{0,200}$/,
  remediations,
};

function remediations({ package: installed, fixedVersion }: FixablePackage): readonly Remediation[] {
  const byLockFile = installed.declaredOnly === true ? upgradeInLockFile(installed.name, fixedVersion, fileNameOf(installed)) : undefined;
  if (byLockFile !== undefined) return byLockFile;
  const path = installed.files[0] ?? '';
  const isNested = path.split('node_modules/').length > 2;
  if (globalTree.test(path)) return isNested ? upgradeOwner(installed, fixedVersion, path) : upgradeGlobal(installed.name, fixedVersion);
  return isNested ? upgradeNested(installed.name, fixedVersion) : upgradeInProject(installed.name, fixedVersion);
}

function upgradeGlobal(name: string, fixedVersion: string): readonly Remediation[] {
  return [command(`npm install -g ${quote(`${name}@${fixedVersion}`)}`, `Installs ${name} ${fixedVersion} globally`)];
}

function upgradeInProject(name: string, fixedVersion: string): readonly Remediation[] {
  return [
    command(
      `npm install ${quote(`${name}@${fixedVersion}`)}`,
      'Run it in the project: it changes package.json and the lock file, which the build then copies',
    ),
    manual(`If ${name} is not in the project's own package.json, something else asks for it: "npm ls ${name}" says what.`),
  ];
}

function upgradeOwner(installed: InstalledPackage, fixedVersion: string, path: string): readonly Remediation[] {
  const owner = ownerOf(path);
  if (owner === undefined || !isSafe(owner, grammar)) return [manual(`Upgrade the global package that brings ${installed.name} in.`)];
  return [
    command(`npm install -g ${quote(`${owner}@latest`)}`, `${installed.name} comes inside ${owner}: only a newer ${owner} brings ${fixedVersion}`),
    manual(`Or delete ${owner} from the image if the application does not need it to run.`),
  ];
}

function upgradeNested(name: string, fixedVersion: string): readonly Remediation[] {
  return [
    command(`npm update ${quote(name)}`, 'Run it in the project: it takes the newest version that what asks for it allows'),
    manual(`If that is still older than ${fixedVersion}, add "overrides": { ${pin(name, fixedVersion)} } to package.json and run npm install.`),
  ];
}

/** Returns the name of the outermost package in `…/node_modules/npm/node_modules/tar/package.json`: npm. */
function ownerOf(path: string): string | undefined {
  const parts = path.slice(path.indexOf('node_modules/') + 'node_modules/'.length).split('/');
  return parts[0]?.startsWith('@') === true ? `${parts[0]}/${parts[1] ?? ''}` : parts[0];
}

/** Undefined for npm's own lock files. */
function upgradeInLockFile(name: string, fixedVersion: string, lockFile: string): readonly Remediation[] | undefined {
  const newest = 'Run it in the project: it takes the newest version that what asks for it allows';
  const still = `If that is still older than ${fixedVersion}, add`;
  switch (lockFile) {
    case 'pnpm-lock.yaml':
      return [
        command(`pnpm update ${quote(name)}`, newest),
        manual(
          `${still} the override ${pin(name, fixedVersion)} to pnpm-workspace.yaml ("pnpm": { "overrides" } in package.json before pnpm 10) and run pnpm install.`,
        ),
      ];
    case 'yarn.lock':
      return [
        command(`yarn up -R ${quote(name)}`, `${newest} (Yarn 2 and later)`),
        command(`yarn upgrade ${quote(name)}`, `${newest} (Yarn 1, for what package.json names)`),
        manual(`${still} "resolutions": { ${pin(name, fixedVersion)} } to package.json and run yarn install.`),
      ];
    case 'bun.lock':
      return [
        command(`bun update ${quote(name)}`, newest),
        manual(`${still} "overrides": { ${pin(name, fixedVersion)} } to package.json and run bun install.`),
      ];
    default:
      return undefined;
  }
}

function pin(name: string, fixedVersion: string): string {
  return `${JSON.stringify(name)}: ${JSON.stringify(`^${fixedVersion}`)}`;
}
