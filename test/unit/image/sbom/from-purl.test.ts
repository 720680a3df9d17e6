import assert from 'node:assert/strict';
import test from 'node:test';
import { toPurl } from '../../../../src/image/inventory/purl.ts';
import { factsOfPurl } from '../../../../src/image/sbom/from-purl.ts';
import { parseSbom } from '../../../../src/image/sbom/read-sbom.ts';

function sourceOf(purl: string): string | undefined {
  const source = factsOfPurl(purl)?.package.sourcePackage;
  return source && `${source.name} ${source.version}`;
}

test('the source package, as Syft and as we write it', () => {
  for (const [purl, source] of [
    ['pkg:deb/debian/gcc-12-base@12.2.0-14?upstream=gcc-12', 'gcc-12 12.2.0-14'],
    ['pkg:deb/debian/bash@5.2.15-2%2Bb13?arch=amd64&upstream=bash%405.2.15-2', 'bash 5.2.15-2'],
    ['pkg:deb/debian/libcap2@1%3A2.66-4%2Bb1?upstream=libcap2%401%3A2.66-4', 'libcap2 1:2.66-4'],
    ['pkg:apk/alpine/libssl3@3.3.2-r0?upstream=openssl', 'openssl 3.3.2-r0'],
    ['pkg:apk/alpine/libssl3@3.3.2-r0?origin=openssl', 'openssl 3.3.2-r0'],
    ['pkg:rpm/redhat/npm@8.11.0-1.16?epoch=1&upstream=nodejs-16.16.0-1.src.rpm', 'nodejs 16.16.0-1'],
    ['pkg:rpm/redhat/bash@5.1.8-4.el9?upstream=bash-5.1.8-4.el9.src.rpm', undefined],
    ['pkg:rpm/redhat/bash@5.1.8-4.el9?upstream=bash-5.1.8-4.el9.nosrc.rpm', undefined],
    ['pkg:alpm/arch/gcc-libs@13.2.1-3?upstream=gcc', 'gcc 13.2.1-3'],
    ['pkg:deb/debian/bash@5.2?upstream=', undefined],
    ['pkg:deb/debian/bash@5.2?upstream=%40', '@ 5.2'],
    ['pkg:npm/a@1?upstream=b', undefined],
  ] as const)
    assert.equal(sourceOf(purl), source, purl);
});

test('epochs: a qualifier of rpm, and of dpkg as Trivy writes it', () => {
  const versionOf = (purl: string) => factsOfPurl(purl)?.package.version;
  assert.equal(versionOf('pkg:rpm/redhat/bind-utils@9.16-18.el9?epoch=32'), '32:9.16-18.el9');
  assert.equal(versionOf('pkg:deb/debian/bsdutils@2.38.1-5?epoch=1'), '1:2.38.1-5');
  assert.equal(versionOf('pkg:deb/debian/bsdutils@1%3A2.38.1-5?epoch=1'), '1:2.38.1-5');
  assert.equal(versionOf('pkg:deb/debian/bsdutils@1%3A2.38.1-5'), '1:2.38.1-5');
  assert.equal(versionOf('pkg:rpm/redhat/bash@5.1?epoch=0'), '5.1');
});

test('module streams, as Syft and as Trivy name them', () => {
  for (const qualifier of ['rpmmod', 'modularitylabel'])
    assert.equal(factsOfPurl(`pkg:rpm/redhat/npm@8.11.0-1?${qualifier}=nodejs%3A18%3A806%3Aad`)?.package.modularityLabel, 'nodejs:18:806:ad');
});

test('what we write comes back', () => {
  const distro = { id: 'rhel', versionId: '8.10', idLike: [] };
  const modularityLabel = 'nodejs:18:8060020220523155437:ad008a3a';
  for (const record of [
    { type: 'deb', name: 'bash', version: '5.2.15-2+b13', sourcePackage: { name: 'bash', version: '5.2.15-2' } },
    { type: 'deb', name: 'libstdc++6', version: '12.2.0-14', architecture: 'amd64', sourcePackage: { name: 'gcc-12', version: '12.2.0-14' } },
    { type: 'apk', name: 'libssl3', version: '3.3.2-r0', sourcePackage: { name: 'openssl', version: '3.3.2-r0' } },
    { type: 'rpm', name: 'npm', version: '1:8.11.0-1.16', modularityLabel, sourcePackage: { name: 'nodejs', version: '16.16.0-1' } },
  ] as const) {
    const purl = toPurl(record, distro);
    assert.ok(purl);
    assert.deepEqual(factsOfPurl(purl)?.package, { ...record, purl });
  }
});

test('a source package that equals the package, of which Trivy tells for each, is none', () => {
  const component = (purl: string, properties: Record<string, string>) => ({
    type: 'library',
    name: 'x',
    purl,
    properties: Object.entries(properties).map(([name, value]) => ({ name: `aquasecurity:trivy:${name}`, value })),
  });
  const bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    components: [
      component('pkg:rpm/redhat/x@1-2.el9?epoch=3', { SrcName: 'x', SrcVersion: '1', SrcRelease: '2.el9' }),
      component('pkg:rpm/redhat/x@1-2.el9?epoch=3', { SrcName: 'x', SrcVersion: '1', SrcRelease: '2.el9', SrcEpoch: '3' }),
      component('pkg:deb/debian/x@1-2?epoch=3', { SrcName: 'x', SrcVersion: '1', SrcRelease: '2', SrcEpoch: '3' }),
      component('pkg:deb/debian/x@1-2%2Bb1', { SrcName: 'x', SrcVersion: '1', SrcRelease: '2' }),
    ],
  };
  const parsed = parseSbom(Buffer.from(JSON.stringify(bom)));
  assert.ok(typeof parsed === 'object');
  assert.deepEqual(
    parsed.value.packages.map(({ version, sourcePackage }) => [version, sourcePackage?.version]),
    [
      ['3:1-2.el9', undefined],
      ['3:1-2.el9', undefined],
      ['3:1-2', undefined],
      ['1-2+b1', '1-2'],
    ],
  );
});
