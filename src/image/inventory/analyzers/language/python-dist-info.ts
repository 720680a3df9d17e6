import type { Analyzer } from '../../analyzer.ts';
import { analyzePythonMetadata } from '../../python-package.ts';

/** Python distributions installed from wheels: the METADATA of each. */
export const analyzer: Analyzer = {
  id: 'python-dist-info',
  version: 2,
  scope: 'file',
  names: ['METADATA'],
  wants: (path) => path.endsWith('.dist-info/METADATA'),
  analyze: analyzePythonMetadata,
};
