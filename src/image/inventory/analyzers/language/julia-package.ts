import type { Parsed } from '../../../../foundation/base/result.ts';
import { parseToml } from '../../../../foundation/formats/toml.ts';
import { toText } from '../../../../foundation/formats/json.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isNamed } from '../../file-path.ts';
import { PackageList, toNames, unreadable } from '../../package-list.ts';

/** Packages that Julia installed: the project file of each, in `packages/<name>/<slug>` of a depot. @see https://pkgdocs.julialang.org/v1/glossary/ */
export const analyzer: Analyzer = {
  id: 'julia-package',
  version: 1,
  scope: 'file',
  names: ['Project.toml', 'JuliaProject.toml'],
  wants: (path) => (isNamed(path, 'Project.toml') || isNamed(path, 'JuliaProject.toml')) && isInDepot(path),
  analyze,
};

/** A slug has five letters and digits, four in old depots. */
function isInDepot(path: string): boolean {
  const [folder, , slug = ''] = path.split('/').slice(-4);
  return folder === 'packages' && /^[A-Za-z0-9]{4,5}$/.test(slug);
}

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseToml(file.bytes);
  if (reason !== undefined) return unreadable(`the project file of a Julia package cannot be read: ${reason}`);
  const list = new PackageList('julia', 'installed');
  list.add(toText(value['name']), toText(value['version']), { dependencies: toNames(value['deps']) });
  return list.result();
}
