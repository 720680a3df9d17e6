import { findRelease, type ReleaseDates } from '../../foundation/model/release-dates.ts';

/** That a distribution's release gets no more fixes from its makers. */
export interface EndOfLife {
  /** 'Debian 10', 'Windows Server 10.0.17763' */
  readonly name: string;
  /** YYYY-MM-DD, the last day with fixes for everybody. */
  readonly endedAt: string;
  /** YYYY-MM-DD, the last day with fixes for those who pay, when there is such a service: 'ELTS', 'Ubuntu Pro'. */
  readonly paidUntil?: string;
  /** Where the date stands. */
  readonly source: string;
}

/** Which release of which distribution in the table of dates. */
export interface ReleaseKey {
  readonly distribution: string;
  readonly version: string;
}

/** Returns whether a release is past its last day, undefined when it is not, or when its dates are not known. */
export function endOfLifeOf(key: ReleaseKey | undefined, now: Date): EndOfLife | undefined {
  const found = key === undefined ? undefined : findRelease(key.distribution, key.version);
  if (found === undefined || !hasEnded(found.release.endsAt, now)) return undefined;
  const { distribution, release } = found;
  return {
    name: nameOf(distribution, release),
    endedAt: release.endsAt,
    ...(release.paidUntil !== undefined && !hasEnded(release.paidUntil, now) && { paidUntil: release.paidUntil }),
    source: distribution.source,
  };
}

function nameOf(distribution: ReleaseDates, release: { readonly version: string }): string {
  return `${distribution.name} ${release.version}`;
}

/** The last day counts in full. */
function hasEnded(date: string, now: Date): boolean {
  return date < now.toISOString().slice(0, 10);
}
