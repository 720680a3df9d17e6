import { isJsonObject, toText, type JsonObject } from '../../foundation/formats/json.ts';

interface NpmName {
  readonly name: string;
  /** Undefined when it is a place (a repository, an archive, a folder) and not a version. */
  readonly version: string | undefined;
}

/** Returns the name and version of `alias` when its version is `npm:other@1.2.3`, else of itself. */
export function toNpmName(alias: string, version: string): NpmName {
  if (!version.startsWith('npm:')) return { name: alias, version: isNpmVersion(version) ? version : undefined };
  const target = splitNpmId(version.slice('npm:'.length));
  return target ?? { name: alias, version: undefined };
}

/** Returns the parts of `name@1.2.3` and `@scope/name@1.2.3`; undefined when it is not of that form. */
export function splitNpmId(id: string): NpmName | undefined {
  const at = id.indexOf('@', 1);
  if (at < 0) return undefined;
  const version = id.slice(at + 1);
  return { name: id.slice(0, at), version: isNpmVersion(version) ? version : undefined };
}

/** True for what begins as a version does; false for `git+ssh://…`, `file:…`, `https://…`, `workspace:…`. */
function isNpmVersion(text: string): boolean {
  const digit = text.charCodeAt(0);
  return digit >= 0x30 && digit <= 0x39 && !text.includes('/') && !text.includes(':');
}

/** Returns the licences that a manifest names: an SPDX expression, or as in old ones an object with a `type`, or an array of either, or all that below `licenses`. */
export function toNpmLicenses(manifest: JsonObject): readonly string[] {
  const stated = [manifest['license'], manifest['licenses']].flat();
  return stated.flatMap((item: unknown) => (isJsonObject(item) ? (toText(item['type']) ?? toText(item['name'])) : toText(item)) ?? []);
}
