import type { SystemFact } from './system-fact.ts';

/** One definition of an OVAL file, as text. */
export interface Definition {
  readonly title: string;
  readonly text: string;
}

export function definitionsOf(oval: string): readonly Definition[] {
  return [...oval.matchAll(/<definition [\s\S]*?<\/definition>/g)].map(([text]) => ({
    text,
    title: /<title>([\s\S]*?)<\/title>/.exec(text)?.[1] ?? '',
  }));
}

/** The CVEs that a definition refers to. */
export function cvesOf({ text }: Definition): readonly string[] {
  return [...new Set([...text.matchAll(/CVE-\d{4}-\d{4,}/g)].map(([id]) => id))];
}

/** What the comments of criteria say: `openssl is earlier than 1:3.0.7-25.el9`. */
export function commentedFixes({ text }: Definition): readonly (readonly [packageName: string, version: string])[] {
  return [...text.matchAll(/comment="(?:Package )?(\S+) (?:DPKG )?is earlier than ([^\s",]+)/g)].map(([, name = '', version = '']) => [
    name,
    version,
  ]);
}

/** What the tests behind criteria say, for files without comments. */
export function testedFixes(oval: string): (definition: Definition) => readonly (readonly [packageName: string, version: string])[] {
  const names = new Map(
    [...oval.matchAll(/<[\w-]*:?rpminfo_object id="([^"]+)"[^>]*>\s*<[\w-]*:?name>([^<]+)</g)].map(([, id = '', name = '']) => [id, name]),
  );
  const versions = new Map(
    [...oval.matchAll(/<[\w-]*:?rpminfo_state id="([^"]+)"[\s\S]*?<\/[\w-]*:?rpminfo_state>/g)].flatMap(([text, id = '']) => {
      const version = /operation="less than">([^<]+)</.exec(text)?.[1];
      return version === undefined ? [] : [[id, version] as const];
    }),
  );
  const tests = new Map(
    [...oval.matchAll(/<[\w-]*:?rpminfo_test [^>]*id="([^"]+)"[\s\S]*?object_ref="([^"]+)"[\s\S]*?state_ref="([^"]+)"/g)].map(
      ([, id = '', object = '', state = '']) => [id, [object, state] as const],
    ),
  );
  return ({ text }) =>
    [...text.matchAll(/test_ref="([^"]+)"/g)].flatMap(([, id = '']) => {
      const [object, state] = tests.get(id) ?? ['', ''];
      const [name, version] = [names.get(object), versions.get(state)];
      return name === undefined || version === undefined ? [] : [[name, version] as const];
    });
}

/** Every flaw with every package of a definition. */
export function crossed(ids: readonly string[], fixes: readonly (readonly [packageName: string, version: string])[]): readonly SystemFact[] {
  return ids.flatMap((id) => fixes.map(([packageName, version]) => ({ packageName, id, fixed: version.trim().replace(/^0:\s*/, '') })));
}
