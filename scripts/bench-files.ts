/** The files of the synthetic images: what images hold, in the shares that they hold it in, from a seed. */
import type { TarFile } from '../test/support/tar-builder.ts';

/** Bytes that all contents are cut from. */
const POOL_BYTES = 32 * 1024 * 1024;
const HUGE_FILE_BYTES = 100_000_000;
const ELF_HEADER = Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 62, 0, 1);

const words =
  'const return import export function value index string buffer module config error callback promise default require length object'.split(' ');

/** Returns the layers of an image of `count` files and about `bytes` bytes, the same for the same numbers: a system, libraries, two Node applications, a Python one, documents, pictures, models, and a top layer of changes. */
export function syntheticLayers(count: number, bytes: number): readonly Iterable<TarFile>[] {
  const pools = makePools();
  const makers = [systemFiles, libraryFiles, nodeFiles, nodeFiles, pythonFiles, documentFiles, pictureFiles];
  const shares = [0.02, 0.04, 0.25, 0.2, 0.14, 0.25, 0.1];
  const layers = makers.map((maker, index) => {
    const files = Math.round(count * (shares[index] ?? 0));
    return { [Symbol.iterator]: () => maker(new Contents(pools, index + 1), files, `${index}`) };
  });
  const small = layers.reduce((sum, layer) => sum + sizeOf(layer), 0);
  const models = { [Symbol.iterator]: () => hugeFiles(new Contents(pools, 100), bytes - small) };
  const changes = { [Symbol.iterator]: () => changedFiles(new Contents(pools, 101)) };
  return [...layers, models, changes];
}

function sizeOf(files: Iterable<TarFile>): number {
  let size = 0;
  for (const { content } of files) size += 512 + Math.ceil((content?.length ?? 0) / 512) * 512;
  return size;
}

interface Pools {
  readonly text: Uint8Array;
  readonly noise: Uint8Array;
}

function makePools(): Pools {
  const random = createRandom(7);
  const noise = new Uint32Array(POOL_BYTES / 4).map(() => random() * 0x1_0000_0000);
  const line = (): string =>
    `${'  '.repeat(random() * 4)}${Array.from({ length: 3 + random() * 9 }, () => words[Math.floor(random() * words.length)]).join(' ')};\n`;
  const text = Buffer.from(Array.from({ length: 20_000 }, line).join(''));
  return { noise: new Uint8Array(noise.buffer), text: Buffer.alloc(POOL_BYTES, text) };
}

/** A stream of sizes and contents that a seed determines. */
class Contents {
  readonly #pools: Pools;
  readonly #random: () => number;

  constructor(pools: Pools, seed: number) {
    this.#pools = pools;
    this.#random = createRandom(seed);
  }

  /** Mostly near `typical`, now and then many times that: as sizes of files are. */
  size(typical: number): number {
    return Math.ceil(typical * Math.exp(this.#random() * 3 - 1.8));
  }

  text(size: number): Uint8Array {
    return this.#cut(this.#pools.text, size);
  }

  noise(size: number): Uint8Array {
    return this.#cut(this.#pools.noise, size);
  }

  /** A program to whoever looks at its first bytes: half noise, half text. */
  program(size: number): Uint8Array {
    const half = Math.floor(size / 2);
    return Buffer.concat([ELF_HEADER, new Uint8Array(64 - ELF_HEADER.length), this.noise(half), this.text(half)]);
  }

  version(): string {
    return `${Math.floor(this.#random() * 9)}.${Math.floor(this.#random() * 20)}.${Math.floor(this.#random() * 40)}`;
  }

  #cut(pool: Uint8Array, size: number): Uint8Array {
    if (size >= pool.length) return Buffer.alloc(size, pool);
    const start = Math.floor(this.#random() * (pool.length - size));
    return pool.subarray(start, start + size);
  }
}

function* systemFiles(contents: Contents, count: number): Generator<TarFile, void, undefined> {
  yield { path: 'etc/os-release', content: 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n' };
  const packages = Math.ceil(count / 20);
  const names = Array.from({ length: packages }, (_, index) => `libsynthetic${index}`);
  const status = names.map(
    (name) => `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${contents.version()}-1\nDescription: ${name}\n`,
  );
  yield { path: 'var/lib/dpkg/status', content: status.join('\n') };
  for (const name of names) {
    const files = Array.from({ length: 18 }, (_, index) => `usr/share/${name}/data-${index}.dat`);
    yield { path: `var/lib/dpkg/info/${name}.list`, content: `/.\n${files.map((file) => `/${file}\n`).join('')}` };
    yield { path: `usr/share/${name}/`, type: 'directory' };
    for (const file of files) yield { path: file, content: contents.text(contents.size(3000)) };
  }
}

function* libraryFiles(contents: Contents, count: number): Generator<TarFile, void, undefined> {
  for (let index = 0; index < count; index++) {
    const name = index % 3 === 0 ? `usr/bin/tool-${index}` : `usr/lib/x86_64-linux-gnu/libtool${index}.so.${index % 9}`;
    yield { path: name, content: contents.program(contents.size(120_000)), mode: 0o755 };
    if (index % 5 === 0) yield { path: `${name}.link`, type: 'symlink', linkTarget: name.slice(name.lastIndexOf('/') + 1) };
  }
}

function* nodeFiles(contents: Contents, count: number, app: string): Generator<TarFile, void, undefined> {
  const folders = Math.ceil(count / 16);
  for (let index = 0; index < folders; index++) {
    const name = `synthetic-package-${index % 900}`;
    const nesting = index < 900 ? '' : `node_modules/synthetic-package-${index % 899}/`;
    const folder = `srv/app-${app}/${nesting}node_modules/${name}-${Math.floor(index / 900)}`;
    yield { path: `${folder}/`, type: 'directory' };
    yield {
      path: `${folder}/package.json`,
      content: JSON.stringify({ name: `${name}-${Math.floor(index / 900)}`, version: contents.version(), license: 'MIT', main: 'lib/0.js' }),
    };
    yield { path: `${folder}/README.md`, content: contents.text(contents.size(4000)) };
    yield { path: `${folder}/LICENSE`, content: contents.text(1100) };
    for (let file = 0; file < 8; file++) yield { path: `${folder}/lib/${file}.js`, content: contents.text(contents.size(5000)) };
    for (let file = 0; file < 3; file++) yield { path: `${folder}/lib/${file}.d.ts`, content: contents.text(contents.size(2000)) };
    for (let file = 0; file < 2; file++) yield { path: `${folder}/lib/${file}.js.map`, content: contents.text(contents.size(12_000)) };
  }
}

function* pythonFiles(contents: Contents, count: number): Generator<TarFile, void, undefined> {
  const site = 'usr/lib/python3/dist-packages';
  for (let index = 0; index < count / 30; index++) {
    const name = `synthetic_${index}`;
    const version = contents.version();
    yield {
      path: `${site}/${name}-${version}.dist-info/METADATA`,
      content: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\nLicense: MIT\n\n`,
    };
    yield { path: `${site}/${name}-${version}.dist-info/RECORD`, content: contents.text(2000) };
    for (let file = 0; file < 14; file++) yield { path: `${site}/${name}/module_${file}.py`, content: contents.text(contents.size(8000)) };
    for (let file = 0; file < 14; file++)
      yield { path: `${site}/${name}/__pycache__/module_${file}.cpython-311.pyc`, content: contents.noise(contents.size(8000)) };
  }
}

function* documentFiles(contents: Contents, count: number): Generator<TarFile, void, undefined> {
  const endings = ['txt', 'html', 'json', 'yaml', 'xml', 'gz', 'conf', 'sh'];
  for (let index = 0; index < count; index++) {
    const ending = endings[index % endings.length] ?? 'txt';
    const size = contents.size(9000);
    yield {
      path: `usr/share/doc/set-${Math.floor(index / 40)}/document-${index}.${ending}`,
      content: ending === 'gz' ? contents.noise(size) : contents.text(size),
    };
  }
}

function* pictureFiles(contents: Contents, count: number): Generator<TarFile, void, undefined> {
  for (let index = 0; index < count; index++) {
    yield {
      path: `srv/static/pictures-${Math.floor(index / 100)}/${index}.${index % 4 === 0 ? 'woff2' : 'png'}`,
      content: contents.noise(contents.size(40_000)),
    };
  }
}

/** Models and libraries that are as large as a whole system. */
function* hugeFiles(contents: Contents, bytes: number): Generator<TarFile, void, undefined> {
  const count = Math.ceil(bytes / HUGE_FILE_BYTES);
  const size = Math.floor(bytes / count) - 1024;
  for (let index = 0; index < count; index++) {
    if (index % 4 === 3) yield { path: `usr/local/lib/libhuge${index}.so`, content: contents.program(size), mode: 0o755 };
    else yield { path: `srv/models/model-${index}.bin`, content: contents.noise(size) };
  }
}

function* changedFiles(contents: Contents): Generator<TarFile, void, undefined> {
  yield { path: 'etc/app.conf', content: contents.text(400) };
  yield { path: 'srv/app-2/.wh.node_modules', content: '' };
  yield { path: 'srv/models/.wh.model-0.bin', content: '' };
}

/** Returns a generator of numbers from 0 up to 1, the same for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
