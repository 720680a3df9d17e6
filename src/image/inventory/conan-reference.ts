/** Returns the name and version of `zlib/1.2.13@user/channel#revision%time:package`; undefined when it is not of that form. @see https://docs.conan.io/2/reference/conanfile/attributes.html */
export function splitConanReference(reference: string): { readonly name: string; readonly version: string } | undefined {
  const [, name, version] = /^([\w+.-]+)\/([\w+.~-]+)(?:$|[@#:%])/.exec(reference.slice(0, 1024)) ?? [];
  return name === undefined || version === undefined ? undefined : { name, version };
}
