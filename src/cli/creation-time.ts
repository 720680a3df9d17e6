import { UsageError } from './arguments.ts';

/** The last second of the year 9999: later ones no format can write. */
const LATEST_SECONDS = 253_402_300_799;

/**
 * Returns the time that documents give as their own: that of SOURCE_DATE_EPOCH (seconds since 1970), with which the same image gives the same bytes each time, else now.
 * @throws {UsageError} when it is set, but no such number
 * @see https://reproducible-builds.org/specs/source-date-epoch/
 */
export function creationTime(environment: NodeJS.ProcessEnv = process.env): Date {
  const text = environment.SOURCE_DATE_EPOCH ?? '';
  if (text === '') return new Date();
  const seconds = /^\d{1,12}$/.test(text) ? Number(text) : Infinity;
  if (seconds > LATEST_SECONDS) throw new UsageError(`SOURCE_DATE_EPOCH is a number of seconds since 1970; not '${text.slice(0, 40)}'`);
  return new Date(seconds * 1000);
}
