import type { Analyzer } from '../../analyzer.ts';
import { readSoftwareHive } from '../../windows-registry.ts';

const SOFTWARE_DELTA = /^hives\/software_delta$/i;

/** What a layer changes in the registry of Windows: a newer build, further updates and programs. Each layer's changes count, not only those of the last. */
export const analyzer: Analyzer = {
  id: 'windows-registry-delta',
  version: 2,
  scope: 'addition',
  isUnique: true,
  names: ['software_delta'],
  wants: (path) => SOFTWARE_DELTA.test(path),
  analyze: ({ bytes }) => readSoftwareHive(bytes, true),
};
