/** Returns the milliseconds that a Retry-After header asks for: a number of seconds, or a date. Undefined when it is absent or says neither. @see RFC 9110, 10.2.3 */
export function toRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
