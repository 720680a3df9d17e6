import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/opkg-status.ts';

const path = 'usr/lib/opkg/status' as ImagePath;

function analyze(text: string): ReturnType<typeof analyzer.analyze> {
  return analyzer.analyze({ path, bytes: new TextEncoder().encode(text) });
}

function stanza(name: string, status: string, more = ''): string {
  return `Package: ${name}\nVersion: 2024.10~25-r1\nStatus: ${status}\nArchitecture: x86_64\n${more}\n`;
}

test('wants the database of OpenWrt and of Yocto', () => {
  for (const wanted of [path, 'var/lib/opkg/status']) assert.equal(analyzer.wants(wanted as ImagePath), true);
  for (const other of ['var/lib/opkg/info/x.control', 'var/lib/dpkg/status']) assert.equal(analyzer.wants(other as ImagePath), false);
});

test('what is installed, with licence and dependencies; names as they are written', () => {
  const text = [
    stanza('Ubus', 'install ok installed', 'Depends: libc (= 1), uci, absent\nLicense: LGPL-2.1\n'),
    stanza('libuci2013', 'install user installed', 'Provides: uci\n'),
    stanza('libc', 'install hold,user unpacked'),
    stanza('removed', 'deinstall ok config-files'),
    stanza('never', 'install ok not-installed'),
    'Package: known\nVersion: 1\n\n',
  ].join('');
  const { value, problems } = analyze(text);
  assert.deepEqual(problems, []);
  assert.deepEqual(value.packages, [
    { type: 'opkg', name: 'Ubus', version: '2024.10~25-r1', architecture: 'x86_64', licenses: ['LGPL-2.1'], dependencies: ['libc', 'libuci2013'] },
    { type: 'opkg', name: 'libuci2013', version: '2024.10~25-r1', architecture: 'x86_64' },
    { type: 'opkg', name: 'libc', version: '2024.10~25-r1', architecture: 'x86_64' },
  ]);
});

test('a database cut at any offset: a package that is lost is told', () => {
  const whole = stanza('first', 'install ok installed') + stanza('second', 'install ok installed');
  for (let cut = 1; cut < whole.length; cut++) {
    const { problems } = analyze(whole.slice(0, cut));
    if (!whole.slice(0, cut).endsWith('\n')) assert.notEqual(problems.length, 0, `cut at ${cut}`);
  }
  assert.match(analyze('Package: x\nStatus: install ok installed\n').problems[0]?.message ?? '', /no version/);
});

test('any bytes are read without throwing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      analyzer.analyze({ path, bytes });
    }),
  );
});
