/**
 * Returns whether an image reference is among those that an allowlist pattern names: 'registry/path', with a last '*' for what stands in that folder, or a last '**' for all below it. A pattern without a
 * wildcard that names the repository but neither tag nor digest is 'maybe': the documents do not say.
 */
export function matchesPattern(pattern: string, reference: string): 'yes' | 'no' | 'maybe' {
  if (pattern.endsWith('**')) return reference.startsWith(pattern.slice(0, -2)) ? 'yes' : 'no';
  if (pattern.endsWith('*')) {
    const start = pattern.slice(0, -1);
    return reference.startsWith(start) && !reference.slice(start.length).includes('/') ? 'yes' : 'no';
  }
  if (reference === pattern) return 'yes';
  return reference.startsWith(`${pattern}:`) || reference.startsWith(`${pattern}@`) ? 'maybe' : 'no';
}
