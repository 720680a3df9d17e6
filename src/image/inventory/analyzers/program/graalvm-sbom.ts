import { constants, gunzipSync } from 'node:zlib';
import { MAX_PROGRAM_COMPONENTS, MAX_PROGRAM_LIST_BYTES, MAX_PROGRAM_SBOM_BYTES } from '../../../../foundation/base/limits.ts';
import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson, toText } from '../../../../foundation/formats/json.ts';
import type { AnalyzedPackage, AnalyzedRecords } from '../../analyzer.ts';
import type { ProgramAnalyzer, ProgramReader } from '../../program-analyzer.ts';
import type { Found } from '../../stream-search.ts';
import { StreamSearch } from '../../stream-search.ts';

/**
 * Programs that GraalVM compiled from Java with its bill of materials in them: CycloneDX JSON, compressed with gzip. The symbol that names its place stands at the end of the file, so it is known by how it begins.
 *
 * @see https://www.graalvm.org/latest/security-guide/native-image/sbom/
 */
export const analyzer: ProgramAnalyzer = {
  id: 'graalvm-sbom',
  version: 1,
  scope: 'file',
  open: () => new SbomReader(),
};

/** The magic number, the only method there is, and no optional fields. */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0]);
const PROBE_BYTES = 512;
const FIRST_TRY_BYTES = 64 * 1024;
/** How often one program is unpacked, which may hold many compressed files that begin like JSON. */
const MAX_TRIES = 32;

class SbomReader implements ProgramReader {
  readonly #search = new StreamSearch([{ bytes: GZIP_HEADER, before: 0, after: PROBE_BYTES, take: (found) => this.#take(found) }]);
  #packages: readonly AnalyzedPackage[] | undefined;
  #tries = 0;

  read(bytes: Uint8Array): boolean {
    this.#search.read(bytes);
    return this.#packages === undefined;
  }

  finish(): Parsed<AnalyzedRecords> {
    this.#search.end();
    return { value: this.#packages === undefined ? {} : { packages: this.#packages }, problems: [] };
  }

  #take({ bytes }: Found): number {
    if (this.#packages !== undefined || this.#tries > MAX_TRIES) return 0;
    if (bytes.length <= PROBE_BYTES && !beginsJson(bytes)) return 0;
    this.#tries++;
    const whole = unpack(bytes);
    if (whole === undefined)
      return bytes.length >= MAX_PROGRAM_LIST_BYTES ? 0 : Math.min(MAX_PROGRAM_LIST_BYTES, Math.max(FIRST_TRY_BYTES, 4 * bytes.length));
    this.#packages = listComponents(whole);
    return 0;
  }
}

function beginsJson(bytes: Uint8Array): boolean {
  try {
    const start = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 128 * PROBE_BYTES }).toString('latin1', 0, 1000);
    return start.startsWith('{') && start.includes('"bomFormat"');
  } catch {
    return false;
  }
}

/** Returns what is packed; undefined when it does not end in these bytes. */
function unpack(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_PROGRAM_SBOM_BYTES });
  } catch {
    return undefined;
  }
}

/** Returns the components that are of Maven; undefined when it is no such document. */
function listComponents(bytes: Uint8Array): readonly AnalyzedPackage[] | undefined {
  const { value } = parseJson(bytes);
  if (!isJsonObject(value) || value['bomFormat'] !== 'CycloneDX' || !Array.isArray(value['components'])) return undefined;
  const packages: AnalyzedPackage[] = [];
  for (const component of value['components'].slice(0, MAX_PROGRAM_COMPONENTS) as readonly unknown[]) {
    if (!isJsonObject(component)) continue;
    const group = toText(component['group']);
    const name = toText(component['name']);
    const version = toText(component['version']);
    if (group && name && version && toText(component['purl'])?.startsWith('pkg:maven/') !== false)
      packages.push({ type: 'maven', name: `${group}:${name}`, version });
  }
  return packages;
}
