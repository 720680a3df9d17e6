import type { Analyzer } from '../../analyzer.ts';
import { analyzePythonMetadata } from '../../python-package.ts';

/** Python distributions installed by setuptools or distutils: `x.egg-info` as a file or a folder, or the EGG-INFO inside an unpacked egg. */
export const analyzer: Analyzer = {
  id: 'python-egg-info',
  version: 2,
  scope: 'file',
  names: ['*.egg-info', 'PKG-INFO'],
  wants: (path) => path.endsWith('.egg-info') || path.endsWith('.egg-info/PKG-INFO') || path.endsWith('.egg/EGG-INFO/PKG-INFO'),
  analyze: analyzePythonMetadata,
};
