/** Longest text shown in one cell of a list, and in one block of a detail; in UTF-16 units. */
const MAX_CELL_TEXT = 240;
const MAX_BLOCK_TEXT = 20_000;

/**
 * Code points that show nothing or move their neighbours, from and to inclusive. A package name that holds one wants to look like another; tab and line feed are not among them.
 * @see Unicode TR36, CVE-2021-42574
 */
const DECEPTIVE_RANGES: readonly (readonly [from: number, to: number])[] = [
  [0x0, 0x8], // C0 controls
  [0xb, 0x1f],
  [0x7f, 0x9f], // DEL, C1 controls
  [0xad, 0xad], // soft hyphen
  [0x34f, 0x34f], // combining grapheme joiner
  [0x61c, 0x61c], // Arabic letter mark
  [0x115f, 0x1160], // Hangul fillers
  [0x17b4, 0x17b5], // Khmer inherent vowels
  [0x180b, 0x180f], // Mongolian selectors
  [0x200b, 0x200f], // zero-width letters, directional marks
  [0x2028, 0x202e], // line and paragraph separators, directional embeddings and overrides
  [0x2060, 0x206f], // word joiner, invisible operators, directional isolates
  [0x3164, 0x3164], // Hangul filler
  [0xfe00, 0xfe0f], // variation selectors
  [0xfeff, 0xfeff], // byte order mark
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb], // interlinear annotation
  [0x1d173, 0x1d17a], // musical format controls
  [0xe0000, 0xe0fff], // tag letters, variation selectors supplement
];

const DECEPTIVE = new RegExp(`[${DECEPTIVE_RANGES.map(([from, to]) => `\\u{${from.toString(16)}}-\\u{${to.toString(16)}}`).join('')}]`, 'gu');

/** Returns `text` with every letter that hides or reorders made visible as ⟨U+202E⟩; tabs and line feeds stay. */
export function neutralise(text: string): string {
  return text.toWellFormed().replaceAll('\r\n', '\n').replace(DECEPTIVE, showCodePoint);
}

/** True when `text` holds letters that {@link neutralise} would show: what is seen is not what would be pasted. */
export function isDeceptive(text: string): boolean {
  return neutralise(text) !== text.replaceAll('\r\n', '\n');
}

/** Returns `text` for one line of a list: neutralised, white space collapsed, cut with an ellipsis. */
export function toCellText(text: string, maxLength: number = MAX_CELL_TEXT): string {
  // Cut before the work: a name may be megabytes long.
  const shown = neutralise(text.slice(0, maxLength + 1).replaceAll(/\s+/g, ' ')).trim();
  return text.length > maxLength ? `${shown.slice(0, maxLength)}…` : shown;
}

/** Returns `text` for a block that wraps: neutralised, its lines kept, cut with a note of how many letters are left out. */
export function toBlockText(text: string, maxLength: number = MAX_BLOCK_TEXT): { readonly text: string; readonly leftOut: number } {
  const kept = text.slice(0, maxLength);
  return { text: neutralise(kept).trim(), leftOut: text.length - kept.length };
}

function showCodePoint(letter: string): string {
  const hex = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `⟨U+${hex}⟩`;
}

/** Returns a digest short enough to compare by eye: 12 hex digits, without the algorithm. */
export function shortenDigest(digest: string): string {
  return digest.slice(digest.indexOf(':') + 1).slice(0, 12);
}

/** Returns bytes in decimal units, as Docker prints them: 117 MB. */
export function formatBytes(sizeBytes: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  let value = Math.max(0, sizeBytes);
  let unit = 0;
  // 999.5 would be shown as 1000 of its unit.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const fractionDigits = value < 9.95 && unit > 0 ? 1 : 0;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[unit] ?? 'byte',
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: fractionDigits,
  }).format(value);
}

export function formatCount(count: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(count);
}

/** Returns an ISO 8601 instant as a date with the time of day where `withTime`; the text itself when it is none. */
export function formatInstant(iso: string, locale: string, withTime: boolean): string {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) return toCellText(iso);
  return new Intl.DateTimeFormat(locale, withTime ? { dateStyle: 'medium', timeStyle: 'short' } : { dateStyle: 'medium', timeZone: 'UTC' }).format(
    instant,
  );
}

/** Returns whole days between an ISO 8601 instant and `nowMs`; undefined when it is none. Never negative. */
export function ageInDays(iso: string, nowMs: number): number | undefined {
  const instant = Date.parse(iso);
  return Number.isNaN(instant) ? undefined : Math.max(0, Math.floor((nowMs - instant) / 86_400_000));
}

/** Returns the tag when Intl knows how to read it, else English: a wrong tag must not stop the page. */
export function toLocale(tag: string | undefined): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/**
 * Returns a history entry as the Dockerfile line it came from, as far as it can be told: `/bin/sh -c #(nop)  CMD ["sh"]` is `CMD ["sh"]`, `RUN /bin/sh -c apt-get update # buildkit` is `RUN apt-get update`.
 */
export function toInstruction(createdBy: string): string {
  const text = createdBy
    .slice(0, MAX_BLOCK_TEXT)
    .trim()
    .replace(/\s*# buildkit$/, '');
  const classic = /^\/bin\/sh -c #\(nop\)\s+/.exec(text);
  if (classic !== null) return text.slice(classic[0].length);
  if (text.startsWith('/bin/sh -c ')) return `RUN ${text.slice('/bin/sh -c '.length)}`;
  if (text.startsWith('RUN /bin/sh -c ')) return `RUN ${text.slice('RUN /bin/sh -c '.length)}`;
  return text;
}
