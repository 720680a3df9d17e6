import type { Parsed } from '../../../../foundation/base/result.ts';
import { toStrings, toText } from '../../../../foundation/formats/json.ts';
import { parseToml, toTables } from '../../../../foundation/formats/toml.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isBelow, isNamed } from '../../file-path.ts';
import { PackageList, unreadable } from '../../package-list.ts';

/** Cargo's lock files. Packages without a source are folders of the project. What is for development only is not told. @see https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html */
export const analyzer: Analyzer = {
  id: 'cargo-lock',
  version: 1,
  scope: 'database',
  // Crates in Cargo's cache and vendored ones have lock files of their own, which nobody builds by.
  names: ['Cargo.lock'],
  wants: (path) => isNamed(path, 'Cargo.lock') && !path.includes('/registry/src/') && !isBelow(path, 'vendor'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseToml(file.bytes);
  if (reason !== undefined) return unreadable(`Cargo's lock file cannot be read: ${reason}`);
  const list = new PackageList('cargo', 'declared');
  for (const table of toTables(value['package'])) {
    if (toText(table['source']) === undefined) continue;
    // A dependency is a name, with version and source when there are several of that name.
    const dependencies = toStrings(table['dependencies']).map((dependency) => dependency.split(' ', 1)[0] ?? '');
    list.add(toText(table['name']), toText(table['version']), { dependencies });
  }
  return list.result();
}
