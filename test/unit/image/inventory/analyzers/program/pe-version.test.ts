import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/program/pe-version.ts';
import { readProgram, summarize } from './support.ts';

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

function block(key: string, value: Buffer, children: readonly Buffer[], isText: boolean): Buffer {
  const head = Buffer.alloc(6);
  const start = padded(Buffer.concat([head, Buffer.from(`${key}\0`, 'utf16le')]));
  const whole = Buffer.concat([padded(Buffer.concat([start, value])), ...children.map(padded)]);
  whole.writeUInt16LE(whole.length, 0);
  whole.writeUInt16LE(isText ? value.length / 2 : value.length, 2);
  whole.writeUInt16LE(isText ? 1 : 0, 4);
  return whole;
}

function versionResource(strings: Readonly<Record<string, string>>, numbers: readonly number[] = [1, 2, 3, 4]): Buffer {
  const fixed = Buffer.alloc(52);
  fixed.writeUInt32LE(0xfeef04bd, 0);
  [18, 16, 22, 20].forEach((at, i) => fixed.writeUInt16LE(numbers[i] ?? 0, at));
  const table = block(
    '040904b0',
    Buffer.alloc(0),
    Object.entries(strings).map(([key, value]) => block(key, Buffer.from(`${value}\0`, 'utf16le'), [], true)),
    true,
  );
  return block('VS_VERSION_INFO', fixed, [block('StringFileInfo', Buffer.alloc(0), [table], true)], false);
}

function peFile(resource: Buffer, isManaged: boolean): Buffer {
  const file = Buffer.alloc(0x2000 + resource.length + 100);
  file.write('MZ', 0, 'latin1');
  file.writeUInt32LE(0x80, 60);
  file.write('PE\0\0', 0x80, 'latin1');
  file.writeUInt16LE(1, 0x86);
  file.writeUInt16LE(240, 0x94);
  const optional = 0x98;
  file.writeUInt16LE(0x20b, optional);
  file.writeUInt32LE(0x5000, optional + 112 + 16);
  file.writeUInt32LE(resource.length + 64, optional + 112 + 20);
  if (isManaged) file.writeUInt32LE(0x2008, optional + 112 + 14 * 8);
  const section = optional + 240;
  file.write('.rsrc', section, 'latin1');
  file.writeUInt32LE(0x5000, section + 12);
  file.writeUInt32LE(0x1000 + resource.length, section + 16);
  file.writeUInt32LE(0x2000 - 32, section + 20);
  // Another resource, of a program inside this one.
  versionResource({ ProductName: 'Inner', ProductVersion: '9.9.9' }).copy(file, 0x1000);
  resource.copy(file, 0x2000);
  return file;
}

const read = (path: string, strings: Readonly<Record<string, string>>, isManaged: boolean, numbers?: readonly number[]): readonly string[] =>
  summarize(readProgram(analyzer, path, peFile(versionResource(strings, numbers), isManaged)).value.packages);

test('assemblies of .NET: the name they were built with, the version of their package', () => {
  const strings = {
    InternalName: 'Newtonsoft.Json.dll',
    FileVersion: '13.0.3.27908',
    ProductName: 'Json.NET',
    ProductVersion: '13.0.3+0a2e291c0d9c',
  };
  assert.deepEqual(read('app/Newtonsoft.Json.dll', strings, true), ['nuget Newtonsoft.Json 13.0.3']);
  assert.deepEqual(read('app/A.B.dll', { FileVersion: '2.1.0.0', ProductVersion: 'a build' }, true), ['nuget A.B 2.1.0.0']);
  assert.deepEqual(read('app/A.B.dll', { ProductVersion: '1.0.0-beta.2' }, true), ['nuget A.B 1.0.0-beta.2']);
  assert.deepEqual(read('app/A.B.dll', {}, true), ['nuget A.B 1.2.3.4']);
  assert.deepEqual(read('app/A.B.dll', {}, true, [0, 0, 0, 0]), []);
});

test('programs of Windows by their product; those of Windows itself and translations are left out', () => {
  assert.deepEqual(read('Files/Tools/git.exe', { ProductName: 'Git', ProductVersion: '2, 44, 0, 1' }, false), ['generic git 2.44.0.1']);
  assert.deepEqual(read('Files/Windows/System32/cmd.exe', { ProductName: 'x', ProductVersion: '1.0' }, false), []);
  assert.deepEqual(read('Files/Tools/x.dll', { ProductName: 'Microsoft® Windows® Operating System', ProductVersion: '10.0.1' }, false), []);
  assert.deepEqual(read('app/de/A.resources.dll', { ProductVersion: '1.0.0' }, true), []);
});

test('however a program is cut into pieces, the same is read from it; damaged ones do not throw', () => {
  const file = peFile(versionResource({ ProductName: 'Tool', ProductVersion: '1.2.3' }), false);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 5 }),
      fc.array(fc.tuple(fc.integer({ min: 2, max: file.length - 1 }), fc.nat(255)), { minLength: 1, maxLength: 30 }),
      (pieces, changes) => {
        assert.deepEqual(summarize(readProgram(analyzer, 'a.exe', file, pieces).value.packages), ['generic tool 1.2.3']);
        const damaged = Buffer.from(file);
        for (const [at, value] of changes) damaged[at] = value;
        readProgram(analyzer, 'a.exe', damaged, pieces);
      },
    ),
  );
});
