import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/dpkg-status.ts';

const path = 'var/lib/dpkg/status' as ImagePath;

function analyze(text: string): ReturnType<typeof analyzer.analyze> {
  return analyzer.analyze({ path, bytes: new TextEncoder().encode(text) });
}

function stanza(name: string, status: string, more = ''): string {
  return `Package: ${name}\nStatus: ${status}\nArchitecture: amd64\nVersion: 1:1.0-1\n${more}Description: a\n b\n .\n c\n\n`;
}

test('wants the status file alone', () => {
  assert.equal(analyzer.wants(path), true);
  for (const other of ['var/lib/dpkg/status-old', 'var/lib/dpkg/status.d/a', 'x/var/lib/dpkg/status'])
    assert.equal(analyzer.wants(other as ImagePath), false);
});

// The states and what becomes of them are as dpkg-query -W of dpkg 1.21 prints them.
test('every state but not-installed is listed, as dpkg-query -W does; names in lower case', () => {
  const text = [
    stanza('installed', 'install ok installed'),
    stanza('left', 'deinstall ok config-files'),
    stanza('gone', 'purge ok not-installed'),
    stanza('half', 'install ok half-installed'),
    stanza('unpacked', 'install reinstreq unpacked'),
    stanza('pending', 'install ok triggers-pending'),
    stanza('G-Upper', 'install ok installed'),
  ].join('');
  const { value, problems } = analyze(text);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    value.packages?.map(({ name, configOnly }) => [name, configOnly]),
    [
      ['installed', undefined],
      ['left', true],
      ['half', undefined],
      ['unpacked', undefined],
      ['pending', undefined],
      ['g-upper', undefined],
    ],
  );
});

test('the source package, with and without a version of its own', () => {
  const sources = ['Source: src\n', 'Source: src (2.0)\n', 'Source: a\n', 'Source: a (1:1.0-1)\n', 'Source: a (9)\n'].map(
    (source) => analyze(stanza('a', 'install ok installed', source)).value.packages?.[0]?.sourcePackage,
  );
  assert.deepEqual(sources, [
    { name: 'src', version: '1:1.0-1' },
    { name: 'src', version: '2.0' },
    undefined,
    undefined,
    { name: 'a', version: '9' },
  ]);
});

test('a database cut at any offset: what could be read, and a problem unless the cut left no trace', () => {
  const whole = stanza('first', 'install ok installed') + stanza('second', 'install ok installed');
  for (let cut = 1; cut < whole.length; cut++) {
    const { value, problems } = analyze(whole.slice(0, cut));
    const names = value.packages?.map(({ name }) => name) ?? [];
    assert.ok(names[0] === undefined || names[0] === 'first');
    if (!whole.slice(0, cut).endsWith('\n')) assert.notEqual(problems.length, 0, `cut at ${cut}`);
    if (names.length < (cut > whole.length / 2 ? 2 : 1)) assert.notEqual(problems.length, 0, `cut at ${cut} lost a package silently`);
  }
});

test('an empty database lists nothing; any bytes are read without throwing', () => {
  assert.deepEqual(analyze(''), { value: { packages: [] }, problems: [] });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      analyzer.analyze({ path, bytes });
    }),
  );
});
