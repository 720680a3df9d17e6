import type { Parsed } from '../../foundation/base/result.ts';
import { parsePythonMetadata } from '../../foundation/formats/python-metadata.ts';
import type { AnalyzedFile, AnalyzedRecords } from './analyzer.ts';

const decoder = new TextDecoder('utf-8');

/** Returns the distribution that a METADATA or PKG-INFO file describes: both are of one format. */
export function analyzePythonMetadata(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { name, version, license } = parsePythonMetadata(decoder.decode(file.bytes));
  if (name === undefined || version === undefined) {
    return { value: {}, problems: [{ message: `the distribution's metadata has no ${name === undefined ? 'name' : 'version'}` }] };
  }
  return { value: { packages: [{ type: 'pypi', name, version, ...(license !== undefined && { licenses: [license] }) }] }, problems: [] };
}
