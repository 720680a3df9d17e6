import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { BUNDLE_MARK } from '../../../../../../src/foundation/formats/dotnet-bundle.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/program/dotnet-bundle.ts';
import { elfFile, readProgram, summarize } from './support.ts';

const TARGET = '.NETCoreApp,Version=v8.0/linux-x64';
const DEPS = JSON.stringify(
  {
    runtimeTarget: { name: TARGET, signature: '' },
    targets: {
      [TARGET]: { 'App/1.0.0': {}, 'Newtonsoft.Json/13.0.1': { runtime: { 'lib/net6.0/Newtonsoft.Json.dll': {} } }, 'Build.Only/1.0.0': {} },
    },
    libraries: {
      'App/1.0.0': { type: 'project' },
      'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.4': { type: 'runtimepack' },
      'Newtonsoft.Json/13.0.1': { type: 'package', path: 'a"}b' },
      'Build.Only/1.0.0': { type: 'package' },
    },
  },
  undefined,
  2,
);
const PACKAGES = ['nuget Microsoft.NETCore.App.Runtime.linux-x64 8.0.4', 'nuget Newtonsoft.Json 13.0.1'];

const uint = (value: number, bytes: 4 | 8): Buffer => {
  const buffer = Buffer.alloc(bytes);
  if (bytes === 4) buffer.writeUInt32LE(value);
  else buffer.writeBigUInt64LE(BigInt(value));
  return buffer;
};
const text = (value: string): Buffer => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);

interface BundleSpec {
  readonly version?: number;
  readonly deps?: string;
  /** Changes of what the header says. */
  readonly depsOffset?: number;
  readonly headerOffset?: number;
  readonly files?: number;
}

/** Returns a program of one file as .NET publishes it: host, files, header. */
function bundle({ version = 6, deps = DEPS, depsOffset, headerOffset, files = 3 }: BundleSpec = {}): Buffer {
  const host = (offset: number): Buffer => elfFile(Buffer.concat([Buffer.alloc(1000), uint(offset, 8), BUNDLE_MARK, Buffer.alloc(300, 'x')]));
  const assembly = Buffer.alloc(2000, 'MZ {');
  const depsAt = host(0).length + assembly.length;
  const headerAt = depsAt + deps.length + 50;
  const place = depsOffset ?? depsAt;
  const entry = (offset: number, size: number, type: number, name: string): Buffer =>
    Buffer.concat([uint(offset, 8), uint(size, 8), ...(version >= 6 ? [uint(0, 8)] : []), Buffer.from([type]), text(name)]);
  const header = Buffer.concat([
    uint(version, 4),
    uint(0, 4),
    uint(files, 4),
    text('abcdefghijkl'),
    ...(version >= 2 ? [uint(place, 8), uint(deps.length, 8), uint(place + deps.length, 8), uint(50, 8), uint(0, 8)] : []),
    entry(host(0).length, assembly.length, 1, 'App.dll'),
    entry(place, deps.length, 3, 'App.deps.json'),
    entry(place + deps.length, 50, 4, 'App.runtimeconfig.json'),
  ]);
  return Buffer.concat([host(headerOffset ?? headerAt), assembly, Buffer.from(deps), Buffer.alloc(50, '{}'), header]);
}

const read = (bytes: Uint8Array, pieces?: readonly number[]) => readProgram(analyzer, 'app/App', bytes, pieces);

test('the packages that the deps.json inside lists, in bundles of every version', () => {
  for (const version of [1, 2, 6]) {
    const { value, problems } = read(bundle({ version }));
    assert.deepEqual([summarize(value.packages), problems], [PACKAGES, []], `version ${version}`);
  }
});

test('a host that carries nothing, and a program that only knows the mark', () => {
  for (const headerOffset of [0, 1, 2 ** 52]) assert.deepEqual(read(bundle({ headerOffset })), { value: {}, problems: [] });
  assert.deepEqual(read(elfFile(Buffer.alloc(3000))), { value: {}, problems: [] });
});

test('a program without packages of its own has no deps.json', () => {
  assert.deepEqual(read(bundle({ depsOffset: 0 })), { value: {}, problems: [] });
});

test('a bundle that is not as it says is told', () => {
  for (const spec of [{ version: 7 }, { version: 0 }, { depsOffset: 17 }, { deps: '{"runtimeTarget": {' }, { headerOffset: bundle().length - 3 }])
    assert.deepEqual([read(bundle(spec)).value, read(bundle(spec)).problems.length], [{}, 1], JSON.stringify(spec));
  const { value, problems } = read(bundle({ version: 1, depsOffset: 0, files: 2 ** 31 }));
  assert.deepEqual([value, problems.length], [{}, 1]);
});

test('however a program is cut into pieces, the same is read from it', () => {
  const file = bundle();
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 }), (pieces) => {
      assert.deepEqual(summarize(read(file, pieces).value.packages), PACKAGES);
    }),
    { numRuns: 40 },
  );
});

test('law: cut anywhere, and with any bytes for others, it does not throw', () => {
  const file = bundle();
  for (let end = 4096; end < file.length; end += 7) read(file.subarray(0, end));
  fc.assert(
    fc.property(fc.integer({ min: 4096, max: file.length - 1 }), fc.uint8Array({ minLength: 1, maxLength: 40 }), (at, bytes) => {
      const changed = Buffer.from(file);
      changed.set(bytes.subarray(0, changed.length - at), at);
      read(changed);
    }),
    { numRuns: 300 },
  );
});

test('a list that is larger than is kept is told', () => {
  const libraries = Object.fromEntries(
    Array.from({ length: 80_000 }, (_, index) => [`A.Rather.Long.Name.Of.A.Package.${index}/1.0.0`, { type: 'package' }]),
  );
  const { value, problems } = read(bundle({ deps: JSON.stringify({ runtimeTarget: { name: TARGET }, targets: {}, libraries }) }));
  assert.deepEqual([value, problems.length], [{}, 1]);
});
