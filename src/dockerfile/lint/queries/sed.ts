/** How much of a script in front of a place is looked at for the `s` command it stands in. */
const MAX_SCRIPT = 200;

/** True inside the first half of sed's `s/old/new/`: such a text is taken out of a file, not put into one. */
export function isSearchedFor(text: string, index: number): boolean {
  return /(?:^|[\s;'"{}\d$])s([/|#,@])(?:(?!\1)[^\n])*$/.test(text.slice(Math.max(0, index - MAX_SCRIPT), index));
}
