/**
 * Characters that a terminal obeys instead of showing (C0, DEL, C1), that end a line unseen (U+2028, U+2029), that have no width, or that reorder what is around them: a package name could
 * otherwise erase the line above it, or show other text than a reader's clipboard gets.
 * @see https://www.unicode.org/reports/tr9/ · CVE-2021-42574
 */
const unsafe = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}/gu;

/** Returns text from an image as one line that a terminal shows and nothing more: tabs and line ends become a space, every other control character `\u{…}`. */
export function toPlainLine(text: string): string {
  return text.replaceAll(unsafe, (character) => (/[\t\n\r]/.test(character) ? ' ' : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`));
}

/** Characters that XML 1.0 cannot hold even escaped, and lone surrogates. @see https://www.w3.org/TR/xml/#charsets */
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufdd0-\ufdef\ufffe\uffff]|\p{Cs}/gu;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Returns text as it may stand in HTML or XML, inside an element or a quoted attribute. Characters neither can hold become U+FFFD. */
export function escapeMarkup(text: string): string {
  return text.replaceAll(notXml, '\ufffd').replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** Returns the address when a reader can follow it without harm (http or https), else undefined. `javascript:` and `data:` run in the page that shows them. */
export function toSafeUrl(raw: string): string | undefined {
  if (!/^https?:\/\//i.test(raw) || !URL.canParse(raw)) return undefined;
  return new URL(raw).href;
}
