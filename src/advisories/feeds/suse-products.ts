/** A release of a SUSE system, as its bucket is called, and the paid service that its product is the name of: 'ltss', 'espos', 'bcl' … */
export interface SuseRelease {
  readonly bucket: string;
  readonly service?: string;
}

/**
 * Returns the system that a product of SUSE is or belongs to: 'SUSE Linux Enterprise Module for Basesystem 15 SP4' is a part of SLE 15.4, and 'SUSE Linux Enterprise Server 12 SP5-LTSS' is
 * the service for it after its time; the Package Hub is what openSUSE adds to a service pack. Undefined for what is no system (SUSE Manager, Storage) and for openSUSE before Leap.
 * @see https://www.suse.com/lifecycle/
 */
export function suseRelease(product: string): SuseRelease | undefined {
  if (/\bSUSE Manager\b|^SUSE Linux Enterprise Storage\b/.test(product)) return undefined;
  if (product.startsWith('openSUSE Tumbleweed')) return { bucket: 'openSUSE Tumbleweed' };
  const [, leap, leapRelease = ''] = /^openSUSE (Leap(?: Micro)?) (\d+\.\d+)/.exec(product) ?? [];
  if (leap !== undefined) return { bucket: `openSUSE ${leap} ${leapRelease}` };
  const micro = /^SUSE (?:Linux Enterprise Micro|Linux Micro)(?: for \S+)? (\d+\.\d+)/.exec(product)?.[1];
  if (micro !== undefined) return { bucket: `SUSE Linux Enterprise Micro ${micro}` };
  const [, major, point = '', pack = '', service = ''] =
    /^SUSE (?:Linux Enterprise|Package Hub)\b.*? (\d+)(?:\.(\d+)|(?: |-)SP(\d+))?(?:[- ](LTSS|ESPOS|BCL|TERADATA|CLIENT-TOOLS)\b.*)?$/.exec(
      product,
    ) ?? [];
  if (major === undefined) return undefined;
  const minor = point || pack;
  const named = /\b(LTSS|ESPOS)\b/.exec(product)?.[1] ?? service;
  return { bucket: `SUSE Linux Enterprise ${minor === '' ? major : `${major}.${minor}`}`, ...(named !== '' && { service: named.toLowerCase() }) };
}

/** Returns the systems of several products, each once; that a service has a fix does not count where everybody has it. */
export function suseReleases(products: readonly string[]): readonly SuseRelease[] {
  const releases = products.flatMap((product) => suseRelease(product) ?? []);
  const open = new Set(releases.filter(({ service }) => service === undefined).map(({ bucket }) => bucket));
  const distinct = new Map(
    releases
      .filter(({ bucket, service }) => service === undefined || !open.has(bucket))
      .map((release) => [`${release.bucket}|${release.service ?? ''}`, release]),
  );
  return [...distinct.values()];
}
