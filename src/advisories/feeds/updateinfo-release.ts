import { suseRelease } from './suse-products.ts';

/** The release that an update is for, and the paid service that it belongs to, if any. */
export interface UpdatedRelease {
  readonly bucket: string;
  readonly service?: string;
  /** Amazon Linux 2 has some packages in several versions at the same time, each with updates of its own: what is older than this is of another line. */
  readonly since?: string;
}

/** What tells of an update which release it is for, most reliable first. */
export interface UpdateMarks {
  readonly id: string;
  /** Its release and its collections' names: 'Fedora 41', 'F41', 'Rocky Linux 9', 'almalinux-9-for-x86_64-appstream-rpms'. */
  readonly words: readonly string[];
  /** '1.el9_4', '2.fc41': the release fields of its packages. */
  readonly packageReleases: readonly string[];
  /** Of the file, as mirrors lay them out: 'pub/rocky/9/AppStream/x86_64/os/repodata/…'. */
  readonly path: string;
}

/** Returns the release that an update is for; undefined when nothing tells, 'not-a-system' for what is for no distribution's own packages (EPEL, containers, Flatpaks). */
export function releaseOfUpdate(marks: UpdateMarks): UpdatedRelease | 'not-a-system' | undefined {
  const { id } = marks;
  if (/^FEDORA-(?:EPEL|CONTAINER|FLATPAK)-/.test(id)) return 'not-a-system';
  if (id.startsWith('FEDORA-')) return numbered('fedora', marks, [/^Fedora (\d+)/, /^F(\d+)M?$/], /\.fc(\d+)/, /\/updates\/(?:testing\/)?(\d+)\//);
  if (/^AL[SBE]A-/.test(id))
    return numbered('alma', marks, [/^AlmaLinux (\d+)/i, /^almalinux-(\d+)-/], /\.(?:module_)?el(\d+)/, /\/almalinux\/(\d+)/);
  if (/^R[LX][SBE]A-/.test(id))
    return numbered('rocky', marks, [/^Rocky Linux (\d+)/i, /^rocky-linux-(\d+)-/], /\.(?:module\+)?el(\d+)/, /\/rocky\/(\d+)/);
  if (/^EL[SBE]A-/.test(id)) return numbered('Oracle Linux', marks, [/^Oracle Linux (\d+)/i, /^ol(\d+)_/], /\.(?:module\+)?el(\d+)/, /\/OL(\d+)\//);
  if (id.startsWith('ALAS')) return amazonOfUpdate(id);
  if (id.startsWith('BRSA-')) return { bucket: 'bottlerocket' };
  return /^(?:open)?SUSE-/.test(id) ? suseOfUpdate(marks) : undefined;
}

function numbered(family: string, marks: UpdateMarks, inWords: readonly RegExp[], inRelease: RegExp, inPath: RegExp): UpdatedRelease | undefined {
  const [release] = [
    ...marks.words.flatMap((word) => inWords.flatMap((pattern) => pattern.exec(word)?.[1] ?? [])),
    ...marks.packageReleases.flatMap((text) => inRelease.exec(text)?.[1] ?? []),
    ...(inPath.exec(`/${marks.path}`)?.slice(1) ?? []),
  ];
  return release === undefined ? undefined : { bucket: `${family} ${release}` };
}

/** 'ALAS-2018-1', 'ALAS2-2018-939', 'ALAS2023LIVEPATCH-2023-1'; and of a line of Amazon Linux 2's extras 'ALAS2KERNEL-5.15-2022-1', 'ALAS2PHP8.0-2023-2'. */
function amazonOfUpdate(id: string): UpdatedRelease | undefined {
  const [, release, line] = /^ALAS(2023|2022|2)?(?:[A-Z][A-Z_-]*?-?(\d[\w.]*)?[A-Z]*)?-\d{4}-\d+$/.exec(id) ?? [];
  if (!/^ALAS.*-\d{4}-\d+$/.test(id)) return undefined;
  return { bucket: `amazon linux ${release ?? '1'}`, ...(release === '2' && line !== undefined && { since: line }) };
}

/**
 * SUSE's ids name the product: 'SUSE-SLE-Module-Basesystem-15-SP4-2023-1234', 'SUSE-SLE-Product-SLES-15-SP3-LTSS-2024-12', 'SUSE-SLE-Micro-5.3-2023-1', 'openSUSE-SLE-15.4-2022-55',
 * 'openSUSE-Leap-Micro-5.2-2022-7', and those of Leap alone only a year: there the path tells.
 */
function suseOfUpdate({ id, words, path }: UpdateMarks): UpdatedRelease | undefined {
  const named = words.flatMap((word) => suseRelease(word) ?? [])[0];
  if (named !== undefined) return named;
  const micro = /^(open)?SUSE-(?:SUSE-MicroOS|SLE-Micro|SL-Micro|Leap-Micro)-(\d+\.\d+)-/.exec(id);
  if (micro !== null) return { bucket: `${micro[1] === undefined ? 'SUSE Linux Enterprise Micro' : 'openSUSE Leap Micro'} ${micro[2] ?? ''}` };
  const leap =
    /^openSUSE-(?:SLE|Leap)-(\d+\.\d+)-/.exec(id)?.[1] ?? (id.startsWith('openSUSE-') ? /\/leap\/(\d+\.\d+)\//.exec(`/${path}`)?.[1] : undefined);
  if (leap !== undefined) return { bucket: `openSUSE Leap ${leap}` };
  if (id.startsWith('openSUSE-')) return /\/tumbleweed\//.test(`/${path}`) ? { bucket: 'openSUSE Tumbleweed' } : undefined;
  const [, major = '', pack, point, service] =
    /^SUSE-SLE\b[A-Za-z-]*-(\d+)(?:-SP(\d+)|\.(\d+))?(?:-(LTSS|ESPOS|BCL|TERADATA))?-\d{4}-\d+$/.exec(id) ?? [];
  if (major === '') return undefined;
  const minor = pack ?? point;
  return {
    bucket: `SUSE Linux Enterprise ${minor === undefined ? major : `${major}.${minor}`}`,
    ...(service !== undefined && { service: service.toLowerCase() }),
  };
}
