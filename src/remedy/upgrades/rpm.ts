import type { Remediation } from '../../foundation/model/finding.ts';
import type { Distro } from '../../foundation/model/image.ts';
import type { InstalledPackage } from '../../foundation/model/package.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, isSafe, manual, quote, quoteAlways } from '../words.ts';

/** dnf, yum, zypper or tdnf, whichever the distribution has. @see https://rpm-software-management.github.io/rpm/manual/spec.html */
export const upgrade: PackageUpgrade = {
  id: 'rpm',
  types: ['rpm'],
  name: /^[A-Za-z0-9_][A-Za-z0-9._+-]{0,200}$/,
  version: /^(?:\d{1,10}:)?[A-Za-z0-9][A-Za-z0-9._+~^]{0,100}(?:-[A-Za-z0-9][A-Za-z0-9._+~^]{0,100})?$/,
  remediations,
};

type Manager = 'dnf' | 'yum' | 'zypper' | 'tdnf';

/** First major version that has dnf; those before have yum. What is not listed has dnf. Amazon Linux was 2018.03 and earlier, then 2, then 2023. */
const firstWithDnf: ReadonlyMap<string, number> = new Map([
  ...['rhel', 'centos', 'ol', 'rocky', 'almalinux', 'scientific', 'eurolinux', 'cloudlinux', 'virtuozzo'].map((id) => [id, 8] as const),
  ['amzn', 2022],
  ['alinux', 3],
]);
/** What has tdnf in its images, even where dnf is to be had too. */
const withTdnf: ReadonlySet<string> = new Set(['photon', 'azurelinux', 'mariner']);

function remediations({ package: installed, fixedVersion, distro }: FixablePackage): readonly Remediation[] {
  const manager = managerOf(distro);
  const exact = namesVersion(installed) ? upgradeExactly(manager, installed.name, fixedVersion.replace(/^0:/, '')) : [];
  return [upgradeToNewest(manager, installed.name, fixedVersion, distro), ...exact, ...aboutModule(installed), ...aboutDistro(distro)];
}

function managerOf(distro: Distro | undefined): Manager {
  const id = distro?.id.toLowerCase() ?? '';
  if ([id, ...(distro?.idLike ?? [])].some((like) => /^(?:sles|sled|suse|opensuse|sle[-_])/.test(like))) return 'zypper';
  if (withTdnf.has(id)) return 'tdnf';
  return Number.parseInt(distro?.versionId ?? '', 10) < (firstWithDnf.get(id) ?? 0) ? 'yum' : 'dnf';
}

const newestLines: Readonly<Record<Manager, string>> = {
  dnf: 'dnf upgrade -y',
  yum: 'yum update -y',
  zypper: 'zypper --non-interactive update',
  tdnf: 'tdnf update -y',
};

function upgradeToNewest(manager: Manager, name: string, fixedVersion: string, distro: Distro | undefined): Remediation {
  const description = `Upgrades ${name} to the newest version that the repositories have; the flaw is gone from ${fixedVersion} on`;
  const minimal =
    distro === undefined ? 'where there is no dnf: yum, zypper or tdnf' : `in a minimal image, which has no dnf: microdnf update -y ${name}`;
  return command(`${newestLines[manager]} ${quote(name)}`, manager === 'dnf' ? `${description} (${minimal})` : description);
}

/** dnf and yum take `bind-libs-32:9.16.23-18.el9`, epoch within. tdnf is asked for the newest alone. */
function upgradeExactly(manager: Manager, name: string, version: string): readonly Remediation[] {
  const exactly = `Upgrades ${name} to exactly ${version}`;
  switch (manager) {
    case 'dnf':
      return [command(`dnf upgrade -y ${quote(`${name}-${version}`)}`, exactly)];
    case 'yum':
      return [command(`yum update-to -y ${quote(`${name}-${version}`)}`, exactly)];
    case 'zypper':
      return [
        command(
          `zypper --non-interactive install ${quoteAlways(`${name}>=${version}`)}`,
          `Upgrades ${name}, and fails when ${version} is not to be had`,
        ),
      ];
    case 'tdnf':
      return [];
  }
}

/** The fixed version may be the source's: it can only be asked for where the binary package is numbered like its source, whose file name has no epoch. */
function namesVersion({ version, sourcePackage }: InstalledPackage): boolean {
  return sourcePackage === undefined || withoutEpoch(sourcePackage.version) === withoutEpoch(version);
}

function withoutEpoch(version: string): string {
  return version.replace(/^\d+:/, '');
}

/** Upgrades stay within the enabled stream: `nodejs:18:8060020220523155437:ad008a3a`. */
function aboutModule({ name, modularityLabel }: InstalledPackage): readonly Remediation[] {
  const [module = '', stream = ''] = modularityLabel?.split(':') ?? [];
  const word = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,100}$/;
  if (!isSafe(module, word) || !isSafe(stream, word)) return [];
  return [
    manual(
      `${name} is of the module stream ${module}:${stream}, and upgrades stay in it. If that stream has no fix, move to a newer one: "dnf module list ${module}" shows them, "dnf module switch-to ${module}:STREAM" changes over.`,
    ),
  ];
}

function aboutDistro(distro: Distro | undefined): readonly Remediation[] {
  const id = distro?.id.toLowerCase();
  if (id === 'rhel') {
    return [
      manual(
        'Without a subscription a build reaches the repositories of UBI alone. If the newer package is in another one, build on a subscribed host or with its entitlement, or take a newer tag of the base image.',
      ),
    ];
  }
  if (id === 'centos' && Number.parseInt(distro?.versionId ?? '', 10) <= 8) {
    return [manual('CentOS 8 and earlier get no more updates, and their mirrors are closed. Move the image to a release that is maintained.')];
  }
  return [];
}
