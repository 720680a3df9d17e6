/** Releases by code name. @see https://wiki.ubuntu.com/Releases */
const releases: Readonly<Record<string, string>> = {
  trusty: '14.04',
  xenial: '16.04',
  bionic: '18.04',
  focal: '20.04',
  groovy: '20.10',
  hirsute: '21.04',
  impish: '21.10',
  jammy: '22.04',
  kinetic: '22.10',
  lunar: '23.04',
  mantic: '23.10',
  noble: '24.04',
  oracular: '24.10',
  plucky: '25.04',
  questing: '25.10',
  resolute: '26.04',
};

/** A release's bucket and, of an archive that is not open to all, the service that it belongs to. */
export interface UbuntuPlace {
  readonly bucket: string;
  readonly service?: string;
}

/** The archives of Ubuntu Pro that packages of an image can be from. Others are for robots, clouds and devices. */
const services = new Set(['esm-infra', 'esm-apps', 'fips', 'fips-updates', 'fips-preview']);

/**
 * Returns the place that 'jammy', 'esm-apps/jammy' or 'trusty/esm' stands for: the open archive of a release, or one of Ubuntu Pro's. Undefined for other archives, and for releases before
 * 14.04.
 */
export function ubuntuPlace(name: string): UbuntuPlace | undefined {
  const [first = '', second] = name.split('/');
  const [codename, service] = second === undefined ? [first, undefined] : second === 'esm' ? [first, 'esm-infra'] : [second, first];
  const release = Object.hasOwn(releases, codename) ? releases[codename] : undefined;
  if (release === undefined || (service !== undefined && !services.has(service))) return undefined;
  return { bucket: `ubuntu ${release}`, ...(service !== undefined && { service }) };
}
