import type { VersionScheme } from './scheme.ts';

/** One event of a range in the OSV schema; it has one of the four. */
export interface OsvEvent {
  readonly introduced?: string;
  readonly fixed?: string;
  readonly lastAffected?: string;
  readonly limit?: string;
}

/**
 * Returns the ranges that the events of one OSV range describe, as expressions that isInRange reads: ['<1.2.3', '>=2.0, <=2.4']. Events may come in any order; `introduced` '0' is the beginning of
 * time; without an end a range is open; nothing at or above the highest `limit` is in any. Each event must be of a SEMVER or ECOSYSTEM range: commits have no order.
 * @see https://ossf.github.io/osv-schema/#evaluation
 */
export function toRangeExpressions(scheme: VersionScheme, events: readonly OsvEvent[]): readonly string[] {
  const limit = highest(
    scheme,
    events.flatMap((event) => event.limit ?? []),
  );
  const expressions: string[] = [];
  let from: string | undefined;
  for (const event of sortEvents(scheme, events)) {
    if (event.introduced !== undefined) {
      from ??= event.introduced;
      continue;
    }
    const end = event.fixed !== undefined ? `<${event.fixed}` : event.lastAffected !== undefined ? `<=${event.lastAffected}` : undefined;
    if (end === undefined || from === undefined) continue;
    expressions.push(toExpression(from, end, limit));
    from = undefined;
  }
  return from === undefined ? expressions : [...expressions, toExpression(from, undefined, limit)];
}

function toExpression(from: string, end: string | undefined, limit: string | undefined): string {
  const bounds = [from === '0' ? undefined : `>=${from}`, end, limit === undefined || limit === '*' ? undefined : `<${limit}`];
  const written = bounds.filter((bound) => bound !== undefined);
  return written.length === 0 ? '>=0' : written.join(', ');
}

/** By version, the beginning of time first; of two events at one version the one written first goes first. */
function sortEvents(scheme: VersionScheme, events: readonly OsvEvent[]): readonly OsvEvent[] {
  return events.toSorted((a, b) => {
    const [left, right] = [versionOf(a), versionOf(b)];
    return Number(b.introduced === '0') - Number(a.introduced === '0') || scheme.compare(left, right);
  });
}

function versionOf(event: OsvEvent): string {
  return event.introduced ?? event.fixed ?? event.lastAffected ?? event.limit ?? '0';
}

function highest(scheme: VersionScheme, versions: readonly string[]): string | undefined {
  return versions.includes('*') ? '*' : versions.toSorted((a, b) => scheme.compare(b, a))[0];
}
