import type { SystemFact } from './system-fact.ts';

interface Secdb {
  readonly packages: readonly { readonly pkg: { readonly name: string; readonly secfixes: Readonly<Record<string, readonly string[]>> } }[];
}

/** Alpine's secdb: fixed versions, each with the flaws it fixed; 0 for what never was one. An id may have others and a note behind it. */
export function readAlpine(json: string): readonly SystemFact[] {
  return (JSON.parse(json) as Secdb).packages.flatMap(({ pkg }) =>
    Object.entries(pkg.secfixes)
      .filter(([fixed]) => fixed !== '0')
      .flatMap(([fixed, texts]) => texts.map((text) => ({ packageName: pkg.name, id: idIn(text), fixed }))),
  );
}

function idIn(text: string): string {
  const [id = ''] = /CVE-\d{4}-\d{4,}/.exec(text) ?? /^\S+/.exec(text) ?? [];
  return id;
}
