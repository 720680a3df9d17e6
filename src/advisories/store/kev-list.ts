import type { AdvisoryId } from '../../foundation/model/brand.ts';
import { compareText } from '../../foundation/base/order.ts';

/** Where a list that lies beside the database came from. */
export interface ListOrigin {
  /** Address or file. */
  readonly source: string;
  /** ISO 8601: when its publisher made it; '' when it does not say. */
  readonly publishedAt: string;
  /** The server's mark of this very edition, to ask whether there is a newer one. */
  readonly etag?: string;
}

/** CISA's list of vulnerabilities known to be exploited, as far as scans use it. */
export interface KevList {
  readonly origin: ListOrigin;
  /** ISO dates on which they were listed. */
  readonly addedAt: ReadonlyMap<AdvisoryId, string>;
}

const FORMAT = 1;

/** Returns the text of the file that keeps a list: the same list gives the same text. */
export function formatKevList({ origin, addedAt }: KevList): string {
  const exploited = Object.fromEntries([...addedAt].sort(([a], [b]) => compareText(a, b)));
  return `${JSON.stringify({ format: FORMAT, ...origin, exploited })}\n`;
}

/** Returns the list of such a file, undefined when it is none. */
export function parseKevList(text: string): KevList | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null) return undefined;
  const { format, exploited, ...origin } = json as Readonly<Record<string, unknown>>;
  const parsed = parseListOrigin(origin);
  if (format !== FORMAT || parsed === undefined || typeof exploited !== 'object' || exploited === null) return undefined;
  const dates = Object.entries(exploited).filter((entry): entry is [AdvisoryId, string] => typeof entry[1] === 'string');
  return { origin: parsed, addedAt: new Map(dates) };
}

/** Returns where a list came from, undefined when the JSON does not say. */
export function parseListOrigin(json: unknown): ListOrigin | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { source, publishedAt, etag } = json as Readonly<Record<string, unknown>>;
  if (typeof source !== 'string' || typeof publishedAt !== 'string') return undefined;
  return { source, publishedAt, ...(typeof etag === 'string' && { etag }) };
}
