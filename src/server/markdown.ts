/** ASCII punctuation, all of which CommonMark lets a backslash precede. @see https://spec.commonmark.org/0.31.2/#backslash-escapes */
const PUNCTUATION = /[!-/:-@[-`{-~]/g;
const RUN_OF_BACKTICKS = /`+/g;
const CODE_SPAN = /(`[^`]+`)/;

/** Returns `text` as Markdown that shows exactly it, on one line: whatever it says becomes no link, image, markup or HTML. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(PUNCTUATION, '\\$&');
}

/** Returns a rule's prose as Markdown: `code` in backticks stays code, everything else is shown as written. */
export function proseToMarkdown(text: string): string {
  return text
    .split(CODE_SPAN)
    .map((part, i) => (i % 2 === 1 ? part : escapeMarkdown(part)))
    .join('');
}

/** Returns a fenced block whose fence is longer than any run of backticks in `text`, so the text cannot end it. */
export function fencedBlock(language: string, text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(RUN_OF_BACKTICKS), (match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}
