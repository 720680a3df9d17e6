import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/rpm-manifest.ts';

const path = 'var/lib/rpmmanifest/container-manifest-2' as ImagePath;
const lines = [
  'filesystem\t1.1-9.cm2\t1653816591\t1653628924\tMicrosoft Corporation\t(none)\t7596\tx86_64\t0\tfilesystem-1.1-9.cm2.src.rpm',
  'openssl-libs\t1.1.1k-15.cm2\t1\t2\tMicrosoft Corporation\t1\t9\tx86_64\t1\topenssl-1.1.1k-15.cm2.src.rpm',
];

function analyze(text: string): ReturnType<typeof analyzer.analyze> {
  return analyzer.analyze({ path, bytes: new TextEncoder().encode(text) });
}

test('one package a line', () => {
  assert.equal(analyzer.wants(path), true);
  assert.equal(analyzer.wants('var/lib/rpmmanifest/container-manifest-1' as ImagePath), false);
  assert.deepEqual(analyze(`${lines.join('\n')}\n`), {
    value: {
      packages: [
        { type: 'rpm', name: 'filesystem', version: '1.1-9.cm2', architecture: 'x86_64', vendor: 'Microsoft Corporation' },
        {
          type: 'rpm',
          name: 'openssl-libs',
          version: '1:1.1.1k-15.cm2',
          architecture: 'x86_64',
          sourcePackage: { name: 'openssl', version: '1.1.1k-15.cm2' },
          vendor: 'Microsoft Corporation',
        },
      ],
    },
    problems: [],
  });
});

test('a line of other fields is told', () => {
  for (const line of ['x', '\t'.repeat(9), lines[0]?.replace('-9.cm2', '') ?? '', `${lines[0] ?? ''}\t`]) {
    const { value, problems } = analyze(`${line}\n${lines[1] ?? ''}\n`);
    assert.deepEqual([value.packages?.length, problems.map((problem) => problem.line)], [1, [1]], line);
  }
});

test('any bytes are read without throwing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      analyzer.analyze({ path, bytes });
    }),
  );
});
