import { toPlainLine } from '../evidence/report/sanitize.ts';
import type { AdvisoriesUsed } from '../foundation/model/report.ts';
import type { Terminal } from './output.ts';

const DAY_MS = 86_400_000;
/** Younger ones are told only when asked for. */
const OLD_DAYS = 7;

/** Tells what a scan was made against and how old that is: when it is old, or always. */
export function tellAge(
  { source, builtAt }: AdvisoriesUsed,
  { always }: { readonly always: boolean },
  terminal: Pick<Terminal, 'note'>,
  now: Date = new Date(),
): void {
  const built = Date.parse(builtAt);
  if (Number.isNaN(built)) {
    if (always && source !== 'none') terminal.note(toPlainLine(`advisories: ${source}; when they were built is not known`));
    return;
  }
  const days = Math.floor((now.getTime() - built) / DAY_MS);
  if (!always && days < OLD_DAYS && days >= -1) return;
  // A clock that is wrong makes everything look young.
  const age = days < -1 ? 'in the future, by the clock of this machine' : days < 1 ? 'today' : formatAge(days);
  terminal.note(
    toPlainLine(`advisories: ${source}, built ${builtAt.slice(0, 10)} (${age})${days >= OLD_DAYS ? '; newer ones: plimsoll db update' : ''}`),
  );
}

/** Returns "1 day ago", "7 days ago". */
export function formatAge(days: number): string {
  return days === 1 ? '1 day ago' : `${days} days ago`;
}
