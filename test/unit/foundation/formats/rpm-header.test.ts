import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { ProblemList } from '../../../../src/foundation/formats/problem-list.ts';
import { parseRpmHeader } from '../../../../src/foundation/formats/rpm-header.ts';
import { listRpmFiles, parseSourceRpm, toRpmPackage } from '../../../../src/foundation/formats/rpm-package.ts';
import { buildPackageHeader, buildRpmHeader } from '../../../support/rpm-builder.ts';

const full = buildRpmHeader({
  1000: 'bash',
  1001: '5.1.8',
  1002: '4.el9',
  1003: 2,
  1011: 'AlmaLinux',
  1014: 'GPLv3+',
  1022: 'aarch64',
  1044: 'bash-5.1.8-4.el9.src.rpm',
  1047: ['bash', '/bin/sh'],
  1049: ['libc.so.6()(64bit)'],
  1116: [0, 1, 0, 9],
  1117: ['bash', 'bashrc', 'sh', 'nowhere'],
  1118: ['/usr/bin/', '/etc/'],
  5096: 'a:b:1:c',
});

function readAll(blob: Uint8Array): { problems: number; record: unknown; files: readonly string[] } {
  const problems = new ProblemList();
  const header = parseRpmHeader(blob, problems);
  const record = header === undefined ? undefined : toRpmPackage(header);
  const files = header === undefined ? [] : [...listRpmFiles(header)];
  return { problems: problems.list().length, record, files };
}

test('a package with all that is read of one', () => {
  assert.deepEqual(readAll(full), {
    problems: 0,
    record: {
      name: 'bash',
      version: '5.1.8',
      release: '4.el9',
      epoch: 2,
      architecture: 'aarch64',
      sourceRpm: 'bash-5.1.8-4.el9.src.rpm',
      vendor: 'AlmaLinux',
      modularityLabel: 'a:b:1:c',
      license: 'GPLv3+',
      provides: ['bash', '/bin/sh'],
      requires: ['libc.so.6()(64bit)'],
    },
    files: ['/usr/bin/bash', '/etc/bashrc', '/usr/bin/sh'],
  });
});

test('a tag that was added after the package was signed replaces the signed one', () => {
  const header = buildPackageHeader('old', '1', '1', { 9000: 'new' });
  const view = new DataView(header.buffer, header.byteOffset);
  view.setUint32(8 + 4 * 16, 1000);
  assert.equal((readAll(header).record as { name: string }).name, 'new');
});

test('numbers of every size', () => {
  const data = Uint8Array.of(0xff, 0, 0xff, 0xfe, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 0);
  const tags = [
    [1, 2, 0, 1],
    [2, 3, 2, 1],
    [3, 4, 4, 1],
    [4, 5, 8, 1],
    [5, 7, 1, 3],
  ];
  const blob = new Uint8Array(8 + 16 * tags.length + data.length);
  const view = new DataView(blob.buffer);
  [tags.length, data.length, ...tags.flat()].forEach((number, index) => {
    view.setUint32(4 * index, number);
  });
  blob.set(data, blob.length - data.length);
  const header = parseRpmHeader(blob, new ProblemList());
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6].map((tag) => header?.numbers(tag)),
    [[0xff], [0xfffe], [7], [2 ** 32], [], []],
  );
  assert.deepEqual(header?.binary(5), Uint8Array.of(0, 0xff, 0xfe));
});

test('counts and offsets that lie are told, and nothing outside of the header is read', () => {
  const lies: [number, number][] = [
    [8 + 8, 0x7fff_ffff],
    [8 + 8, -1],
    [8 + 4, 77],
    [8 + 12, 0],
    [0, 0xffff_ffff],
    [0, 0],
    [4, 0xffff_ffff],
    [4, 3],
  ];
  for (const [at, value] of lies) {
    const blob = Uint8Array.from(full);
    new DataView(blob.buffer).setInt32(at, value);
    assert.ok(readAll(blob).problems > 0, `${value} at ${at}`);
  }
  // More strings than there are; a string without an end.
  const many = buildPackageHeader('a', '1', '1', { 1117: ['x'] });
  new DataView(many.buffer, many.byteOffset).setUint32(8 + 4 * 16 + 12, 0x00ff_ffff);
  assert.ok(readAll(many).problems > 0);
  const endless = Uint8Array.from(buildRpmHeader({ 1000: 'name' }));
  endless[endless.length - 1] = 0x41;
  assert.ok(readAll(endless).problems > 0);
});

test('a header cut at any offset is none', () => {
  for (let cut = 0; cut < full.length; cut++) {
    const { problems, record } = readAll(full.subarray(0, cut));
    assert.equal(record, undefined);
    assert.ok(problems > 0, `cut at ${cut}`);
  }
});

test('any bytes are read without throwing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      readAll(bytes);
      const damaged = Uint8Array.from(full);
      bytes.forEach((byte, index) => {
        damaged[(index * 7919 + byte) % damaged.length] = byte;
      });
      readAll(damaged);
    }),
  );
});

test('names of source packages', () => {
  assert.deepEqual(parseSourceRpm('glibc-common-2.34-28.el9_0.src.rpm'), { name: 'glibc-common', version: '2.34-28.el9_0' });
  assert.deepEqual(parseSourceRpm('x-1-2.nosrc.rpm'), { name: 'x', version: '1-2' });
  for (const name of ['', '(none)', 'bash', 'bash-1.src.rpm', '-1-2.src.rpm', 'a--1.src.rpm', 'a-1-2.x86_64.rpm'])
    assert.equal(parseSourceRpm(name), undefined, name);
});
