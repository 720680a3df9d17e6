import type { Parsed } from '../../../../foundation/base/result.ts';
import { parsePythonMetadata } from '../../../../foundation/formats/python-metadata.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';

const decoder = new TextDecoder('utf-8');

/** Python distributions installed by setuptools or distutils: `x.egg-info` as a file or a folder, or the EGG-INFO inside an unpacked egg. */
export const analyzer: Analyzer = {
  id: 'python-egg-info',
  version: 1,
  scope: 'file',
  wants: (path) => path.endsWith('.egg-info') || path.endsWith('.egg-info/PKG-INFO') || path.endsWith('.egg/EGG-INFO/PKG-INFO'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { name, version, license } = parsePythonMetadata(decoder.decode(file.bytes));
  if (name === undefined || version === undefined)
    return { value: {}, problems: [{ message: `the distribution's metadata has no ${name === undefined ? 'name' : 'version'}` }] };
  return { value: { packages: [{ type: 'pypi', name, version, ...(license !== undefined && { licenses: [license] }) }] }, problems: [] };
}
