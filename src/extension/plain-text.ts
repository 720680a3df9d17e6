/** Text that came from an image, an engine or a registry goes through here before VS Code draws it where it reads more than letters. */

/** Returns `text` without icons: `$(name)` in a label or in the status bar would draw one. */
export function withoutIcons(text: string): string {
  return text.replaceAll(/\$+(?=\()/g, '');
}

/** Returns `text` without links: `[words](command:…)` in a notification would be one, and run the command. */
export function withoutLinks(text: string): string {
  return text.replaceAll(/\](?=\()/g, '] ');
}
