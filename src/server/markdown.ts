/** ASCII punctuation, all of which CommonMark lets a backslash precede. @see https://spec.commonmark.org/0.31.2/#backslash-escapes */
const PUNCTUATION = /[!-/:-@[-`{-~]/g;
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
