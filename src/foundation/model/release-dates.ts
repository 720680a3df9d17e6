import { releaseTables } from './release-dates.data.ts';

/** The releases of one distribution, and how long each gets security fixes. */
export interface ReleaseDates {
  /** 'debian', 'rhel', 'centos-stream', 'windows' … */
  readonly id: string;
  readonly name: string;
  /** Where its makers state the dates. */
  readonly source: string;
  /** Newest first. */
  readonly releases: readonly ReleaseDate[];
}

export interface ReleaseDate {
  /** '12', '22.04', '15.5'; of Windows '10.0.20348'. */
  readonly version: string;
  /** YYYY-MM-DD, the last day with fixes for everybody. */
  readonly endsAt: string;
  /** In lower case: 'bookworm', 'jammy', 'ltsc2022'. */
  readonly codename?: string;
  /** YYYY-MM-DD, the last day with fixes for those who pay for them. */
  readonly paidUntil?: string;
}

const distributions: ReadonlyMap<string, ReleaseDates> = new Map(
  releaseTables.map(({ lines, ...distribution }) => [distribution.id, { ...distribution, releases: lines.split('\n').map(parseLine) }]),
);

/** Returns the releases of a distribution. @throws {Error} when the table has no such distribution: a slip in the program */
export function releasesOf(id: string): ReleaseDates {
  const found = distributions.get(id);
  if (found === undefined) throw new Error(`no release dates of ${id}`);
  return found;
}

/** Returns one release, undefined when the table does not have it: it may be too new, or have no end yet. */
export function findRelease(id: string, version: string): { readonly distribution: ReleaseDates; readonly release: ReleaseDate } | undefined {
  const distribution = releasesOf(id);
  const release = distribution.releases.find((candidate) => candidate.version === version);
  return release && { distribution, release };
}

function parseLine(line: string): ReleaseDate {
  const [version = '', endsAt = '', codename = '-', paidUntil] = line.trim().split(' ');
  return { version, endsAt, ...(codename !== '-' && { codename }), ...(paidUntil !== undefined && { paidUntil }) };
}
