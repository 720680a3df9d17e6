/** Returns the parts of `HTTP-Message-6.44`, `Foo-v1.2.3`, `Bar-1.0-TRIAL`: a version begins with a digit or with `v` and one. Undefined when there is none. */
export function splitDistribution(text: string): { readonly name: string; readonly version: string } | undefined {
  for (let dash = text.indexOf('-'); dash > 0; dash = text.indexOf('-', dash + 1)) {
    const version = text.slice(dash + 1);
    if (/^v?\d[\w.]*(?:-TRIAL\d*)?$/.test(version)) return { name: text.slice(0, dash), version };
  }
  return undefined;
}
