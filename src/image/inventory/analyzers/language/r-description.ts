import type { Parsed } from '../../../../foundation/base/result.ts';
import { parseDeb822 } from '../../../../foundation/formats/deb822.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { listNames } from '../../dependencies.ts';
import { isNamed } from '../../file-path.ts';
import { PackageList } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');
const FIELDS: ReadonlySet<string> = new Set(['package', 'version', 'license', 'depends', 'imports', 'linkingto']);

/** Packages in a library of R, those that R itself brings too: the DESCRIPTION of each. @see https://cran.r-project.org/doc/manuals/r-release/R-exts.html#The-DESCRIPTION-file */
export const analyzer: Analyzer = {
  id: 'r-description',
  version: 1,
  scope: 'file',
  names: ['DESCRIPTION'],
  wants: (path) => isNamed(path, 'DESCRIPTION') && isInLibrary(path),
  analyze,
};

/** Right below R's own `library`, a `site-library`, or one of a version and platform: `renv/library/R-4.3/x86_64-pc-linux-gnu/dplyr`. */
function isInLibrary(path: string): boolean {
  const library = path.split('/').at(-3) ?? '';
  return library.endsWith('library') || (path.includes('library/') && /^(?:\d|R-\d|x86_64-|aarch64-|arm64-)/.test(library));
}

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, problems } = parseDeb822(decoder.decode(file.bytes), FIELDS);
  const list = new PackageList('cran', 'installed');
  for (const { message, line } of problems) list.problem(message, line);
  const fields = value[0]?.fields ?? new Map<string, string>();
  const license = fields.get('license')?.replaceAll(/\s+/g, ' ').trim();
  const needed = ['depends', 'imports', 'linkingto'].flatMap((field) => listNames(fields.get(field)));
  if (!fields.has('package') || !fields.has('version')) list.problem(`the package has no ${fields.has('package') ? 'version' : 'name'}`);
  list.add(fields.get('package'), fields.get('version'), {
    licenses: license === undefined ? [] : [license],
    dependencies: needed.filter((name) => name !== 'R'),
  });
  return list.result();
}
