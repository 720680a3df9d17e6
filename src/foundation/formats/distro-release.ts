/**
 * The files that named a distribution before os-release did, and still do in images without one: a line such as `CentOS Linux release 7.9.2009 (Core)`, the assignments of lsb-release, a CPE name, or a version
 * alone. They say less than os-release, so the ids are those that os-release would have.
 *
 * @see https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/lsbrelease.html
 * @see https://cpe.mitre.org/specification/
 */
import { parseOsRelease } from './os-release.ts';

export interface DistroRelease {
  /** As ID in os-release. */
  readonly id: string;
  /** As the file writes it; empty when it names a release without a number. */
  readonly versionId: string;
  readonly codename?: string;
}

/** How the line begins, in lower case, and whose it is. The longer of two that begin alike is first. */
const LINE_BEGINNINGS: readonly (readonly [string, string])[] = [
  ['almalinux', 'almalinux'],
  ['amazon linux', 'amzn'],
  ['centos', 'centos'],
  ['enterprise linux enterprise linux', 'ol'],
  ['fedora', 'fedora'],
  ['gentoo', 'gentoo'],
  ['oracle linux', 'ol'],
  ['red hat enterprise linux', 'rhel'],
  ['rocky linux', 'rocky'],
  ['scientific linux', 'scientific'],
];

/** Returns what `NAME release VERSION (codename)` names; undefined for a distribution that is not known to be written so. */
export function parseReleaseLine(text: string): DistroRelease | undefined {
  const line = firstLine(text);
  const id = LINE_BEGINNINGS.find(([beginning]) => line.toLowerCase().startsWith(beginning))?.[1];
  const version = / release (\d[\w.]*)/.exec(line)?.[1];
  if (id === undefined) return undefined;
  return version === undefined ? undefined : { id, versionId: version };
}

/** The names in the first line of photon-release, mariner-release and azurelinux-release, whose versions continue with the date of a build. */
const BUILD_LINES: readonly (readonly [string, string])[] = [
  ['VMware Photon', 'photon'],
  ['CBL-Mariner', 'mariner'],
  ['Microsoft Azure Linux', 'azurelinux'],
];

/** Returns what `VMware Photon OS 4.0` or `CBL-Mariner 2.0.20220426` name: the first two numbers are the release. */
export function parseBuildLine(text: string): DistroRelease | undefined {
  const line = firstLine(text);
  const id = BUILD_LINES.find(([beginning]) => line.startsWith(beginning))?.[1];
  const versionId = / (\d+\.\d+)/.exec(line)?.[1];
  return id === undefined || versionId === undefined ? undefined : { id, versionId };
}

/** Returns what SuSE-release names: a line with the name, then VERSION and, of the enterprise ones, PATCHLEVEL. */
export function parseSuseRelease(text: string): DistroRelease | undefined {
  const line = firstLine(text);
  const version = /^VERSION = (\d[\d.]*)/m.exec(text)?.[1];
  const patchLevel = /^PATCHLEVEL = (\d+)/m.exec(text)?.[1] ?? '0';
  if (version === undefined) return undefined;
  if (line.startsWith('openSUSE')) return { id: 'opensuse', versionId: version };
  if (!line.startsWith('SUSE Linux Enterprise')) return undefined;
  return { id: line.includes('Desktop') ? 'sled' : 'sles', versionId: patchLevel === '0' ? version : `${version}.${patchLevel}` };
}

/** Returns what lsb-release names: DISTRIB_ID, DISTRIB_RELEASE and DISTRIB_CODENAME. */
export function parseLsbRelease(text: string): DistroRelease | undefined {
  const { value } = parseOsRelease(text);
  const id = value.get('DISTRIB_ID')?.toLowerCase();
  const codename = value.get('DISTRIB_CODENAME');
  if (!id || !/^[a-z][\w.-]*$/.test(id)) return undefined;
  const release = value.get('DISTRIB_RELEASE') ?? '';
  return { id, versionId: /^\d/.test(release) ? release : '', ...(codename && { codename }) };
}

/** Vendors and products of CPE names. */
const CPE_IDS: Readonly<Partial<Record<string, string>>> = {
  'almalinux:almalinux': 'almalinux',
  'amazon:amazon_linux': 'amzn',
  'amazon:linux': 'amzn',
  'centos:centos': 'centos',
  'centos:linux': 'centos',
  'fedoraproject:fedora': 'fedora',
  'oracle:linux': 'ol',
  'redhat:enterprise_linux': 'rhel',
  'rocky:rocky': 'rocky',
  'scientificlinux:scientificlinux': 'scientific',
};

/** Returns what the CPE name of an operating system names: `cpe:/o:centos:linux:6:GA`, `cpe:2.3:o:amazon:amazon_linux:2`. */
export function parseReleaseCpe(text: string): DistroRelease | undefined {
  const [, vendor = '', product = '', version = ''] = /^cpe:(?:\/|2\.3:)o:([^:]*):([^:]*):([^:]*)/.exec(firstLine(text)) ?? [];
  const id = Object.hasOwn(CPE_IDS, `${vendor}:${product}`) ? CPE_IDS[`${vendor}:${product}`] : undefined;
  return id === undefined || !/^\d[\w.]*$/.test(version) ? undefined : { id, versionId: version };
}

/** Returns what a file that holds a version alone names: `12.5`, `3.20.3`; of Debian before a release `trixie/sid`. */
export function parseReleaseVersion(id: string, text: string): DistroRelease | undefined {
  const version = text.trim();
  // Releases of Debian are named by their first number; the second counts its updates.
  if (/^\d[\w.]*$/.test(version)) return { id, versionId: id === 'debian' ? (version.split('.')[0] ?? version) : version };
  const codename = /^([a-z]+)(?:\/sid)?$/.exec(version)?.[1];
  return codename === undefined ? undefined : { id, versionId: '', codename };
}

const BUSYBOX_MARK = new TextEncoder().encode('BusyBox v');
const LONGEST_VERSION = 16;

/** Returns the version that the program busybox says of itself, where it is all there is of a distribution. */
export function findBusyboxRelease(program: Uint8Array): DistroRelease | undefined {
  const [first = 0] = BUSYBOX_MARK;
  for (let at = program.indexOf(first); at >= 0; at = program.indexOf(first, at + 1)) {
    if (!BUSYBOX_MARK.every((byte, index) => program[at + index] === byte)) continue;
    const start = at + BUSYBOX_MARK.length;
    const version = /^\d[\d.]*\d/.exec(String.fromCharCode(...program.subarray(start, start + LONGEST_VERSION)))?.[0];
    if (version !== undefined) return { id: 'busybox', versionId: version };
  }
  return undefined;
}

function firstLine(text: string): string {
  const start = text.trimStart();
  const end = start.indexOf('\n');
  return (end < 0 ? start : start.slice(0, end)).trim();
}
