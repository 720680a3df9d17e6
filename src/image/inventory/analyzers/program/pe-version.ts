import type { Parsed } from '../../../../foundation/base/result.ts';
import type { PeLayout } from '../../../../foundation/formats/pe-layout.ts';
import { parsePeLayout } from '../../../../foundation/formats/pe-layout.ts';
import type { PeVersion } from '../../../../foundation/formats/pe-version-resource.ts';
import { parsePeVersion } from '../../../../foundation/formats/pe-version-resource.ts';
import type { AnalyzedPackage, AnalyzedRecords } from '../../analyzer.ts';
import type { ProgramAnalyzer, ProgramFile, ProgramReader } from '../../program-analyzer.ts';
import type { Found } from '../../stream-search.ts';
import { StreamSearch } from '../../stream-search.ts';

/**
 * Assemblies of .NET, and programs of Windows, by their version resource. Those of Windows itself are left out: its build stands for them. An assembly is taken for the NuGet package of its name, which most are; where
 * a deps.json says which packages a program has, that counts.
 *
 * @see https://learn.microsoft.com/dotnet/standard/assembly/names
 */
export const analyzer: ProgramAnalyzer = {
  id: 'pe-version',
  version: 1,
  scope: 'file',
  open,
};

/** With its terminator; before it stand three numbers, of which the first is the length of it all. */
const KEY = Buffer.from('VS_VERSION_INFO\0', 'utf16le');
const BEFORE_KEY = 6;
/** What is searched for: a short part of the key. */
const PROBE = KEY.subarray(0, 6);
const OF_WINDOWS = /^(?:Files\/)?Windows\//i;
const VERSION = /^v?(\d{1,9}(?:\.\d{1,9}){1,3}(?:-[0-9A-Za-z.-]{1,100})?)(?:\+[0-9A-Za-z.+-]{0,200})?$/;

function open(file: ProgramFile): ProgramReader | undefined {
  if (file.format !== 'pe' || OF_WINDOWS.test(file.path) || file.path.endsWith('.resources.dll')) return undefined;
  const layout = parsePeLayout(file.head);
  return layout?.resources === undefined ? undefined : new VersionReader(file.path, layout, layout.resources);
}

class VersionReader implements ProgramReader {
  readonly #path: string;
  readonly #isManaged: boolean;
  readonly #start: number;
  readonly #end: number;
  readonly #search = new StreamSearch([{ bytes: PROBE, before: BEFORE_KEY, after: KEY.length, take: (found) => this.#take(found) }]);
  #version: PeVersion | undefined;

  constructor(path: string, layout: PeLayout, resources: { readonly offset: number; readonly sizeBytes: number }) {
    this.#path = path;
    this.#isManaged = layout.isManaged;
    this.#start = resources.offset;
    this.#end = resources.offset + resources.sizeBytes;
  }

  read(bytes: Uint8Array): boolean {
    this.#search.read(bytes);
    return this.#version === undefined;
  }

  finish(): Parsed<AnalyzedRecords> {
    this.#search.end();
    const found = this.#version === undefined ? undefined : toPackage(this.#version, this.#path, this.#isManaged);
    return { value: found === undefined ? {} : { packages: [found] }, problems: [] };
  }

  /** A program may carry others, with resources of their own: only the one in its own counts. */
  #take({ bytes, start, offset }: Found): number {
    if (this.#version !== undefined || start < BEFORE_KEY || offset < this.#start || offset >= this.#end) return 0;
    if (!KEY.equals(bytes.subarray(start, start + KEY.length))) return 0;
    const first = start - BEFORE_KEY;
    const length = (bytes[first] ?? 0) | ((bytes[first + 1] ?? 0) << 8);
    if (bytes.length - first < length && bytes.length < start + length) return length - BEFORE_KEY;
    this.#version = parsePeVersion(bytes.subarray(first));
    return 0;
  }
}

function toPackage({ strings, productVersion }: PeVersion, path: string, isManaged: boolean): AnalyzedPackage | undefined {
  const product = strings.get('ProductName') ?? '';
  if (/Windows\S? Operating System/i.test(product)) return undefined;
  const version = [strings.get('ProductVersion'), strings.get('FileVersion'), productVersion]
    .map((text) => VERSION.exec(text?.replaceAll(/, ?/g, '.') ?? '')?.[1])
    .find((text) => text !== undefined && !/^[0.]+$/.test(text));
  if (version === undefined) return undefined;
  const fileName = path.slice(path.lastIndexOf('/') + 1).replace(/\.(?:dll|exe)$/i, '');
  // A single-file program and a host that was renamed have the name that they were built with inside.
  const name = isManaged ? (strings.get('InternalName') ?? '').replace(/\.(?:dll|exe)$/i, '') || fileName : (product || fileName).toLowerCase();
  return name === '' || name.length > 200 ? undefined : { type: isManaged ? 'nuget' : 'generic', name, version };
}
