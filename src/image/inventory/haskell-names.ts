/** Returns the parts of `text-2.0.2`, `base-4.18.0.0-inplace`, `HTTP-4000.3.16-1a2b3c`: the version has only digits and dots. Undefined when there is none. */
export function splitHaskellId(id: string): { readonly name: string; readonly version: string } | undefined {
  const parts = id.slice(0, 1024).split('-');
  const index = parts.findIndex((part, place) => place > 0 && /^\d+(?:\.\d+)*$/.test(part));
  return index < 0 ? undefined : { name: parts.slice(0, index).join('-'), version: parts[index] ?? '' };
}
