import { MAX_PACKAGE_NAME_LENGTH } from '../../../../foundation/base/limits.ts';
import type { Analyzer } from '../../analyzer.ts';

const NUSPEC = /^programdata\/chocolatey\/lib\/[^/]+\/[^/]+\.nuspec$/i;
/** The manifest's own fields come first; a long description may follow. */
const MAX_READ = 64 * 1024;

/**
 * Programs that Chocolatey installed on Windows. Its packages look like NuGet's and are none: the same name means another thing there, so they are reported as programs and matched with no library's advisories.
 * @see https://docs.chocolatey.org/en-us/create/create-packages/
 */
export const analyzer: Analyzer = {
  id: 'chocolatey',
  version: 1,
  scope: 'file',
  names: ['*.nuspec'],
  wants: (path) => NUSPEC.test(path),
  analyze: ({ bytes }) => {
    const text = new TextDecoder().decode(bytes.subarray(0, MAX_READ));
    const metadata = text.slice(Math.max(text.indexOf('<metadata'), 0));
    const [name, version] = [elementOf(metadata, 'id'), elementOf(metadata, 'version')];
    if (name === undefined || version === undefined) return { value: {}, problems: [{ message: 'it has no id and version' }] };
    return { value: { packages: [{ type: 'generic', name, version }] }, problems: [] };
  },
};

/** Returns the text of the first element of that name. Its content has no markup, and neither has a name or a version entities. */
function elementOf(xml: string, name: string): string | undefined {
  const start = xml.indexOf(`<${name}>`);
  const end = start < 0 ? -1 : xml.indexOf(`</${name}>`, start);
  if (end < 0) return undefined;
  const text = xml.slice(start + name.length + 2, end).trim();
  return text === '' || text.length > MAX_PACKAGE_NAME_LENGTH || /[<&\u0000-\u001f]/.test(text) ? undefined : text;
}
