import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/program/graalvm-sbom.ts';
import { elfFile, readProgram, summarize } from './support.ts';

const SBOM = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  components: [
    {
      type: 'library',
      group: 'io.netty',
      name: 'netty-codec-http2',
      version: '4.1.76.Final',
      purl: 'pkg:maven/io.netty/netty-codec-http2@4.1.76.Final',
    },
    { type: 'library', group: 'org.json', name: 'json', version: '20220320' },
    { type: 'library', group: 'a', name: 'other', version: '1', purl: 'pkg:npm/a/other@1' },
    { type: 'library', name: 'nameless' },
  ],
};
const PACKAGES = ['maven io.netty:netty-codec-http2 4.1.76.Final', 'maven org.json:json 20220320'];
const pack = (content: string): Buffer =>
  elfFile(Buffer.concat([randomBytes(900), Buffer.from([0x1f, 0x8b, 8, 0, 1]), gzipSync('{"a":1}'), gzipSync(content), Buffer.alloc(700)]));

test('the components that GraalVM lists', () => {
  assert.deepEqual(summarize(readProgram(analyzer, 'app', pack(JSON.stringify(SBOM))).value.packages), PACKAGES);
});

test('a long list needs several tries; other documents say nothing', () => {
  const components = Array.from({ length: 9000 }, (_, i) => ({ group: 'g', name: randomBytes(12).toString('hex'), version: `${i}` }));
  assert.equal(readProgram(analyzer, 'app', pack(JSON.stringify({ ...SBOM, components }))).value.packages?.length, components.length);
  for (const content of ['{"bomFormat":"Other","components":[]}', '{"bomFormat"', '[]', ''])
    assert.deepEqual(readProgram(analyzer, 'app', pack(content)).value, {}, content);
});

test('however a program is cut into pieces, the same is read from it', () => {
  const file = pack(JSON.stringify(SBOM));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 }), (pieces) => {
      assert.deepEqual(summarize(readProgram(analyzer, 'app', file, pieces).value.packages), PACKAGES);
    }),
    { numRuns: 40 },
  );
});
