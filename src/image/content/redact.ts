/** Returns what may be shown of a secret: its first 3 characters and its length. A secret of 6 characters or fewer shows no character, for 3 would be half of it. */
export function redactSecret(secret: string): string {
  const shown = secret.length > 6 ? secret.slice(0, 3) : '';
  return `${shown}… (${secret.length} characters)`;
}
