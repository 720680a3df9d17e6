import type { FixStatus, Remediation } from '../foundation/model/finding.ts';
import type { Distro } from '../foundation/model/image.ts';
import { isSystemType, type InstalledPackage, type PackageType } from '../foundation/model/package.ts';
import { quoteWord } from './shell-quote.ts';

export interface VulnerablePackage {
  readonly package: InstalledPackage;
  /** First version without the flaw, as the advisory states it: for deb and apk of the *source* package. Absent when there is none. */
  readonly fixedVersion?: string;
  readonly status: FixStatus;
  readonly distro?: Distro;
}

/** What a name and a version of each package manager look like. Anything else came from a broken or hostile database and goes into no command. */
const grammars = {
  // Debian Policy 5.6.1 and 5.6.12
  deb: { name: /^[a-z0-9][a-z0-9+.-]{0,200}$/, version: /^(?:\d{1,10}:)?[0-9][A-Za-z0-9.+~-]{0,200}$/ },
  // apk-tools doc/apk-package.5 and apk-v2.5
  apk: { name: /^[A-Za-z0-9_][A-Za-z0-9._+-]{0,200}$/, version: /^[0-9][A-Za-z0-9._~-]{0,200}$/ },
  // https://docs.npmjs.com/cli/configuring-npm/package-json#name, without those that begin with `-`: npm would take them for an option
  npm: { name: /^(?:@[a-z0-9~_-][a-z0-9._~-]{0,200}\/)?[a-zA-Z0-9~_][a-zA-Z0-9._~-]{0,213}$/, version: /^[0-9][0-9A-Za-z.+-]{0,200}$/ },
  // PEP 508 and PEP 440
  pypi: { name: /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?$/, version: /^(?:\d{1,10}!)?[0-9][0-9A-Za-z.+_-]{0,200}$/ },
} as const satisfies Readonly<Partial<Record<PackageType, { readonly name: RegExp; readonly version: RegExp }>>>;

/** Of package managers that have no command of their own here: what may stand in a sentence. */
const plainGrammar = { name: /^[A-Za-z0-9@_][A-Za-z0-9@._/:+-]{0,300}$/, version: /^[A-Za-z0-9][A-Za-z0-9.:_+~-]{0,200}$/ };

/**
 * Returns what puts a vulnerable package right, best first: a command for the image's build, or prose when there is no fixed version or the names are not fit for a shell.
 * Every word from the image is checked against its package manager's own grammar, and quoted.
 */
export function remediationsFor(vulnerable: VulnerablePackage): readonly Remediation[] {
  const { package: installed, fixedVersion, status, distro } = vulnerable;
  if (fixedVersion === undefined) return [withoutFix(installed, status, distro)];
  const grammar = grammarOf(installed.type);
  if (!isSafe(installed.name, grammar.name) || !isSafe(fixedVersion, grammar.version)) {
    return [
      {
        kind: 'manual',
        text: 'Update the package with its package manager. Its name or version is not one that belongs into a command, so none is given.',
      },
    ];
  }
  switch (installed.type) {
    case 'deb':
      return upgradeDeb(installed, fixedVersion);
    case 'apk':
      return upgradeApk(installed, fixedVersion);
    case 'npm':
      return upgradeNpm(installed, fixedVersion);
    case 'pypi':
      return upgradePypi(installed, fixedVersion);
    default:
      return [
        {
          kind: 'manual',
          text: `Raise ${installed.name} to ${fixedVersion} or later where the build installs it, and build the image again.`,
        },
      ];
  }
}

function grammarOf(type: PackageType): { readonly name: RegExp; readonly version: RegExp } {
  return type in grammars ? grammars[type as keyof typeof grammars] : plainGrammar;
}

/** The grammar is the lock; that the shell would also take the word as one is the second one. */
function isSafe(word: string, grammar: RegExp): boolean {
  return grammar.test(word) && quoteWord(word) !== undefined;
}

function quote(word: string): string {
  return quoteWord(word) ?? "''";
}

/**
 * The fixed version is the source's. Debian's binary packages mostly carry it too, and then it can be named; where they don't (gcc-12-base of gcc-defaults), a version that no repository has
 * would make apt fail, and the newest one is asked for.
 */
function upgradeDeb(installed: InstalledPackage, fixedVersion: string): readonly Remediation[] {
  const upgrade = 'apt-get update && apt-get install -y --only-upgrade';
  const newest: Remediation = {
    kind: 'command',
    text: `${upgrade} ${quote(installed.name)}`,
    description: `Upgrades ${installed.name} to the newest version of the release; the flaw is gone from ${sourceName(installed)} ${fixedVersion} on`,
  };
  const sameVersion = installed.sourcePackage === undefined || installed.sourcePackage.version === installed.version;
  if (!sameVersion) return [newest];
  return [
    {
      kind: 'command',
      text: `${upgrade} ${quote(`${installed.name}=${fixedVersion}`)}`,
      description: `Upgrades ${installed.name} to exactly ${fixedVersion}`,
    },
    newest,
  ];
}

/** Subpackages of apk always have their origin's version. `>=` takes what the repository has now, for Alpine keeps no older version. */
function upgradeApk(installed: InstalledPackage, fixedVersion: string): readonly Remediation[] {
  return [
    {
      kind: 'command',
      text: `apk add --no-cache --upgrade ${quoteAlways(`${installed.name}>=${fixedVersion}`)}`,
      description: `Upgrades ${installed.name}, and fails when ${fixedVersion} is not to be had`,
    },
    {
      kind: 'command',
      text: `apk upgrade --no-cache ${quote(installed.name)}`,
      description: `Upgrades ${installed.name} to the newest version of the release`,
    },
  ];
}

const globalTree = /^(?:usr\/(?:local\/)?lib|opt\/[^/]{1,100}\/lib|usr\/local\/share|root\/\.nvm\/.{1,200}\/lib)\/node_modules\//;

function upgradeNpm(installed: InstalledPackage, fixedVersion: string): readonly Remediation[] {
  const path = installed.files[0] ?? '';
  const depth = path.split('node_modules/').length - 1;
  const isGlobal = globalTree.test(path);
  if (depth <= 1) {
    const target = quote(`${installed.name}@${fixedVersion}`);
    return isGlobal
      ? [{ kind: 'command', text: `npm install -g ${target}`, description: `Installs ${installed.name} ${fixedVersion} globally` }]
      : [
          {
            kind: 'command',
            text: `npm install ${target}`,
            description: 'Run it in the project: it changes package.json and the lock file, which the build then copies',
          },
          {
            kind: 'manual',
            text: `If ${installed.name} is not in the project's own package.json, something else asks for it: "npm ls ${installed.name}" says what.`,
          },
        ];
  }
  const owner = ownerOf(path);
  if (isGlobal) {
    return owner !== undefined && isSafe(owner, grammars.npm.name)
      ? [
          {
            kind: 'command',
            text: `npm install -g ${quote(`${owner}@latest`)}`,
            description: `${installed.name} comes inside ${owner}: only a newer ${owner} brings ${fixedVersion}`,
          },
          { kind: 'manual', text: `Or delete ${owner} from the image if the application does not need it to run.` },
        ]
      : [{ kind: 'manual', text: `Upgrade the global package that brings ${installed.name} in.` }];
  }
  return [
    {
      kind: 'command',
      text: `npm update ${quote(installed.name)}`,
      description: 'Run it in the project: it takes the newest version that what asks for it allows',
    },
    {
      kind: 'manual',
      text: `If that is still older than ${fixedVersion}, add "overrides": { ${JSON.stringify(installed.name)}: ${JSON.stringify(`^${fixedVersion}`)} } to package.json and run npm install.`,
    },
  ];
}

/** Returns the name of the outermost package in `…/node_modules/npm/node_modules/tar/package.json`: npm. */
function ownerOf(path: string): string | undefined {
  const parts = path.slice(path.indexOf('node_modules/') + 'node_modules/'.length).split('/');
  return parts[0]?.startsWith('@') === true ? `${parts[0]}/${parts[1] ?? ''}` : parts[0];
}

function upgradePypi(installed: InstalledPackage, fixedVersion: string): readonly Remediation[] {
  const path = installed.files[0] ?? '';
  // Debian's own Python packages lie in dist-packages; pip must not write there.
  if (path.startsWith('usr/lib/python3/dist-packages/')) {
    return [
      {
        kind: 'manual',
        text: `${installed.name} was installed by apt as python3-${installed.name.toLowerCase()}: upgrade that, or install ${installed.name} ${fixedVersion} with pip into a virtual environment.`,
      },
    ];
  }
  return [
    {
      kind: 'command',
      text: `pip install --no-cache-dir --upgrade ${quoteAlways(`${installed.name}>=${fixedVersion}`)}`,
      description: `Installs ${installed.name} ${fixedVersion} or later; raise it in the requirements file too, or the next build brings the old one back`,
    },
  ];
}

/** `>` must be quoted; said apart from quote() because a reader of the command should see that it always is. */
function quoteAlways(word: string): string {
  return `'${word.replaceAll("'", '')}'`;
}

function withoutFix(installed: InstalledPackage, status: FixStatus, distro: Distro | undefined): Remediation {
  return { kind: 'manual', text: `${statusText(status, distro)} ${alternatives(installed)}` };
}

function statusText(status: FixStatus, distro: Distro | undefined): string {
  const maintainer = distro === undefined ? 'its maintainers' : `the maintainers of ${releaseName(distro)}`;
  switch (status) {
    case 'will-not-fix':
      return `No fix will come: ${maintainer} decided against one, mostly because the flaw is minor or hard to reach.`;
    case 'end-of-life':
      return distro === undefined
        ? 'No fix will come: this version is no longer maintained. Move to a maintained one.'
        : `No fix will come: ${releaseName(distro)} is no longer maintained. Move to a newer base image.`;
    case 'under-investigation':
      return `There is no fix yet: ${maintainer} are still looking into it.`;
    case 'fixed':
    case 'affected':
    case 'unknown':
      return 'There is no fixed version yet.';
  }
}

function alternatives(installed: InstalledPackage): string {
  const vulnerable = isSafe(installed.name, grammarOf(installed.type).name) ? installed.name : 'the package';
  if (!isSystemType(installed.type)) return `Replace ${vulnerable}, or check whether the application reaches the flawed code at all.`;
  return `Leave ${vulnerable} out if nothing in the image needs it, or use a smaller base image that has it not.`;
}

function releaseName(distro: Distro): string {
  // os-release is a file of the image: only what a release's name is made of.
  const name = `${distro.id} ${distro.versionId}`.replaceAll(/[^A-Za-z0-9 ._-]/g, '').trim();
  return name === '' ? 'this distribution' : name.slice(0, 60);
}

function sourceName(installed: InstalledPackage): string {
  const name = installed.sourcePackage?.name ?? installed.name;
  return isSafe(name, grammars.deb.name) ? name : 'its source';
}
