import type { Fact } from './reading.ts';

interface Group {
  readonly status: string;
  readonly packages: readonly string[];
  readonly issues: readonly string[];
  readonly affected: string;
  readonly fixed?: string | null;
}

/** Returns what the groups of Arch Linux's tracker say: found in a version, and fixed in another where it is. */
export function readArch(json: string): readonly Fact[] {
  const document = JSON.parse(json) as Group | readonly Group[];
  return [document]
    .flat()
    .filter(({ status }) => status !== 'Not affected')
    .flatMap(({ packages, issues, affected, fixed }) =>
      packages.flatMap((packageName) => issues.map((id): Fact => ({ packageName, id, from: affected, ...(typeof fixed === 'string' && { fixed }) }))),
    );
}
