/** Words that a POSIX shell reads as they are. A leading `-` or `~` would mean something to a program or the shell. */
const plainWord = /^[A-Za-z0-9_@%+=:,./][A-Za-z0-9_@%+=:,./~-]*$/;
/** Control characters, line ends and invisible characters that change how a line is read or shown. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/**
 * Returns `word` as one word of a POSIX shell: as it is when it is plain, else in single quotes. Undefined when it cannot be shown safely on one line: control characters, line ends, and characters that reorder text.
 * It guards against the shell, not against the program: a word that begins with `-` is still an option.
 * @see POSIX.1-2024 Shell Command Language 2.2.2
 */
export function quoteWord(word: string): string | undefined {
  if (unprintable.test(word)) return undefined;
  return plainWord.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
