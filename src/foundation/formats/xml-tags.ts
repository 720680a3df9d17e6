/** Longest tag that is looked into, in UTF-16 units. */
const LONGEST_TAG = 8192;
const ATTRIBUTE = /([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Yields the attributes of each element called `name`, in order, comments aside. For files that are a plain list of elements; nothing is said of what is around them. */
export function* xmlTagsOf(text: string, name: string): Generator<ReadonlyMap<string, string>, void, undefined> {
  for (let start = text.indexOf('<'); start >= 0; start = text.indexOf('<', start + 1)) {
    if (text.startsWith('!--', start + 1)) {
      const end = text.indexOf('-->', start + 4);
      if (end < 0) return;
      start = end;
      continue;
    }
    const after = start + 1 + name.length;
    if (!text.startsWith(name, start + 1) || !/[\s/>]/.test(text[after] ?? '')) continue;
    const end = text.indexOf('>', after);
    if (end < 0) return;
    if (end - after <= LONGEST_TAG) yield toAttributes(text.slice(after, end));
    start = end;
  }
}

function toAttributes(tag: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single] of tag.matchAll(ATTRIBUTE)) {
    const value = (double ?? single ?? '').replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, entity: string) => ENTITIES[entity] ?? '');
    attributes.set(name, value);
  }
  return attributes;
}
