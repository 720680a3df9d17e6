import type { Analyzer } from '../../analyzer.ts';
import { readSoftwareHive } from '../../windows-registry.ts';

/** Where a base layer has the part of the registry that tells of software, as layers name it and as Windows does. */
const SOFTWARE = /^(?:hives\/software_base|windows\/system32\/config\/software)$/i;

/** The registry of Windows: its build, the updates that are installed, and the programs that can be uninstalled. */
export const analyzer: Analyzer = {
  id: 'windows-registry',
  version: 2,
  scope: 'database',
  isUnique: true,
  names: ['software', 'software_base'],
  wants: (path) => SOFTWARE.test(path),
  analyze: ({ bytes }) => readSoftwareHive(bytes),
};
