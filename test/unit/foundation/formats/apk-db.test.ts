import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { listApkFiles, parseApkDatabase } from '../../../../src/foundation/formats/apk-db.ts';

const text = `C:Q1abc=
P:musl
V:1.2.5-r0
A:x86_64
L:MIT
o:musl
p:so:libc.musl-x86_64.so.1=1
F:lib
R:ld-musl-x86_64.so.1
a:0:0:755

P:libssl3
V:3.3.2-r0
A:x86_64
o:openssl
D:so:libc.musl-x86_64.so.1 !libssl1
F:
R:.marker
F:usr/lib
R:libssl.so.3

`;

test('packages and the files they own', () => {
  assert.deepEqual(parseApkDatabase(text), {
    value: [
      { name: 'musl', version: '1.2.5-r0', architecture: 'x86_64', origin: 'musl', license: 'MIT', provides: 'so:libc.musl-x86_64.so.1=1' },
      { name: 'libssl3', version: '3.3.2-r0', architecture: 'x86_64', origin: 'openssl', depends: 'so:libc.musl-x86_64.so.1 !libssl1' },
    ],
    problems: [],
  });
  assert.deepEqual(
    [...listApkFiles(text)],
    [
      ['lib/ld-musl-x86_64.so.1', 'musl'],
      ['/.marker', 'libssl3'],
      ['usr/lib/libssl.so.3', 'libssl3'],
    ],
  );
});

test('a cut inside a line, and a package without version, are told', () => {
  const cut = parseApkDatabase('P:a\nV:1\n\nP:b\nV:2.');
  assert.deepEqual(cut.value, [
    { name: 'a', version: '1' },
    { name: 'b', version: '2.' },
  ]);
  assert.equal(cut.problems.length, 1);
  assert.deepEqual(parseApkDatabase('P:a\nA:x\n\n').problems, [{ message: 'a package has no version', line: 1 }]);
});

test('a cut at any offset neither throws nor invents a package', () => {
  const whole = parseApkDatabase(text).value.map(({ name }) => name);
  for (let cut = 0; cut < text.length; cut++) {
    const packages = parseApkDatabase(text.slice(0, cut)).value;
    for (const [index, { name }] of packages.entries()) assert.equal(name, whole[index]);
  }
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (any) => {
      parseApkDatabase(any);
    }),
  );
});
