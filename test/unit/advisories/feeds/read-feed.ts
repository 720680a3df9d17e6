import type { AdvisoryFeed } from '../../../../src/advisories/feeds/feed.ts';
import type { AdvisoryRecord } from '../../../../src/advisories/store/record.ts';

/** Returns everything a feed makes of one file. */
export function readFeed(
  feed: AdvisoryFeed,
  name: string,
  content: string | Uint8Array,
): { records: readonly AdvisoryRecord[]; problems: readonly string[] } {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const items = [...feed.read({ name, bytes })];
  return { records: items.flatMap((item) => item.value), problems: items.flatMap((item) => item.problems.map((problem) => problem.message)) };
}
