import type { Parsed } from '../../foundation/base/result.ts';
import { parsePythonMetadata } from '../../foundation/formats/python-metadata.ts';
import type { AnalyzedFile, AnalyzedRecords } from './analyzer.ts';
import { PackageList, unreadable } from './package-list.ts';

const decoder = new TextDecoder('utf-8');

/** Returns the distribution that a METADATA or PKG-INFO file describes: both are of one format. */
export function analyzePythonMetadata(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { name, version, license, dependencies } = parsePythonMetadata(decoder.decode(file.bytes));
  if (name === undefined || version === undefined) return unreadable(`the distribution's metadata has no ${name === undefined ? 'name' : 'version'}`);
  const list = new PackageList('pypi', 'installed');
  list.add(name, version, { licenses: license === undefined ? [] : [license], dependencies });
  return list.result();
}
