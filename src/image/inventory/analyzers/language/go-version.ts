import { toStdlibVersion } from '../../../../foundation/formats/go-build-info.ts';
import type { AnalyzedFile, Analyzer } from '../../analyzer.ts';

/** The file `VERSION` at the root of an installation of Go: `go1.22.1`, and since Go 1.21 the time of the release on a second line. */
export const analyzer: Analyzer = {
  id: 'go-version',
  version: 1,
  scope: 'file',
  names: ['VERSION'],
  wants: (path) => path.endsWith('/VERSION'),
  analyze: (file) => {
    const version = readVersion(file);
    return { value: version === undefined ? {} : { packages: [{ type: 'generic', name: 'go', version }] }, problems: [] };
  },
};

const decoder = new TextDecoder();

/** Any folder may have a file of this name: only one that says so is Go's. */
function readVersion({ bytes }: AnalyzedFile): string | undefined {
  const [line = ''] = decoder.decode(bytes.subarray(0, 200)).split(/\r?\n/, 1);
  return /^(?:devel )?go\d/.test(line) ? toStdlibVersion(line) : undefined;
}
