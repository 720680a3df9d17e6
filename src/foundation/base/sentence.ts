/** Returns a message as a sentence of its own: with a capital letter, unless it begins with a name or a piece of code, and with a full stop. */
export function toSentence(message: string): string {
  const begun = message.replace(/^[a-z]+(?= )/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
  return /[\p{L}\p{N})\]"”'’]$/u.test(begun) ? `${begun}.` : begun;
}
