import { MAX_MODULE_FOLDERS } from '../../foundation/base/limits.ts';
import type { Purl } from '../../foundation/model/brand.ts';
import type { InstalledPackage } from '../../foundation/model/package.ts';

const FOLDER = 'node_modules';
const MANIFEST = '/package.json';

/** The packages in one node_modules folder, by the name of each one's folder in it: the name that others ask for it by, an alias too. */
export type ModuleFolder = ReadonlyMap<string, Purl>;

/** The node_modules folders of an image. */
export class ModuleFolders {
  readonly #folders = new Map<string, Map<string, Purl>>();

  constructor(packages: readonly InstalledPackage[]) {
    for (const { type, files, purl, declaredOnly } of packages) {
      const [file] = files;
      if (type !== 'npm' || declaredOnly === true || file?.endsWith(MANIFEST) !== true) continue;
      const start = file.lastIndexOf(`${FOLDER}/`);
      if (start < 0) continue;
      const end = start + FOLDER.length;
      const folder = file.slice(0, end);
      const modules = this.#folders.get(folder) ?? new Map<string, Purl>();
      modules.set(file.slice(end + 1, -MANIFEST.length), purl);
      this.#folders.set(folder, modules);
    }
  }

  /**
   * Returns the folders in which Node.js looks for what the package with this manifest requires: its own node_modules, then those of the folders around it, nearest first. Of more than MAX_MODULE_FOLDERS the nearest.
   * @see https://nodejs.org/api/modules.html#loading-from-node_modules-folders
   */
  around(manifest: string): readonly ModuleFolder[] {
    const found: ModuleFolder[] = [];
    let end = manifest.lastIndexOf('/');
    for (let level = 0; level < MAX_MODULE_FOLDERS; level++) {
      const modules = this.#folders.get(end < 0 ? FOLDER : `${manifest.slice(0, end)}/${FOLDER}`);
      if (modules !== undefined) found.push(modules);
      if (end <= 0) break;
      end = manifest.lastIndexOf('/', end - 1);
    }
    return found;
  }
}
