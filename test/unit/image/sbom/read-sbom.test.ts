import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { buildStarterStore } from '../../../../scripts/build-advisories.ts';
import { renderReport } from '../../../../src/engine/render-report.ts';
import { scanImage } from '../../../../src/engine/scan-image.ts';
import type { ImagePath, Purl } from '../../../../src/foundation/model/brand.ts';
import type { InstalledPackage } from '../../../../src/foundation/model/package.ts';
import type { ScanReport } from '../../../../src/foundation/model/report.ts';
import type { SbomContents } from '../../../../src/image/sbom/contents.ts';
import { parseSbom, readSbomFile } from '../../../../src/image/sbom/read-sbom.ts';
import { ImageSourceError } from '../../../../src/image/sources/source.ts';
import { billReport } from '../../evidence/bill-report.ts';
import { buildSampleImage } from '../../../support/sample-image.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

function parse(document: unknown): SbomContents & { readonly messages: readonly string[] } {
  const parsed = parseSbom(Buffer.from(JSON.stringify(document)));
  if (typeof parsed === 'string') throw new Error(parsed);
  return { ...parsed.value, messages: parsed.problems.map(({ message }) => message) };
}

const vulnerabilitiesOf = ({ findings }: ScanReport): string[] =>
  findings
    .filter(({ package: installed }) => installed !== undefined)
    .map(({ id, severity, package: installed, location }) => [id, severity, installed?.name, installed?.fixedVersion, location.layer].join(' '));

const known = ({ purl, type, name, version, architecture, sourcePackage, layer, files }: InstalledPackage): unknown =>
  JSON.stringify([purl, type, name, version, architecture, sourcePackage, layer, files]);

for (const format of ['cyclonedx', 'spdx'] as const) {
  test(`our own ${format} gives the packages and vulnerabilities of the image that it was made of`, async (t) => {
    const folder = temporaryDirectory(t);
    const image = path.join(folder, 'image.tar');
    const advisoriesFile = path.join(folder, 'advisories.db');
    const sbom = path.join(folder, 'sbom.json');
    writeFileSync(image, buildSampleImage());
    writeFileSync(advisoriesFile, buildStarterStore());
    const report = await scanImage({ kind: 'path', path: image }, { advisoriesFile }, {});
    writeFileSync(sbom, renderReport(report, format, {}));
    const again = await scanImage({ kind: 'sbom', path: sbom }, { advisoriesFile }, {});
    assert.ok(vulnerabilitiesOf(report).length > 0);
    assert.deepEqual(vulnerabilitiesOf(again), vulnerabilitiesOf(report));
    assert.deepEqual(again.packages.map(known).sort(), report.packages.map(known).sort());
    assert.deepEqual(
      [again.image.reference, again.image.digest, again.image.platform.os, again.image.distro?.id, again.image.distro?.versionId, again.problems],
      [report.image.reference, report.image.digest, report.image.platform.os, report.image.distro?.id, report.image.distro?.versionId, []],
    );
  });
}

const byWhere = ({ purl, files, insideArchive = '' }: InstalledPackage): string => `${purl} ${files[0] ?? ''} ${insideArchive}`;
const sorted = (packages: readonly InstalledPackage[]): readonly InstalledPackage[] =>
  packages.toSorted((a, b) => (byWhere(a) < byWhere(b) ? -1 : 1));

for (const format of ['cyclonedx', 'spdx'] as const) {
  test(`${format}: every kind of package comes back as it was: rpm with epoch and module, archives in archives, what is declared only or removed`, () => {
    const { packages } = parse(JSON.parse(renderReport(billReport, format, {})));
    const facts = (list: readonly InstalledPackage[]): unknown =>
      sorted(list).map((installed) => Object.fromEntries(Object.entries(installed).filter(([key]) => key !== 'licenses' && key !== 'dependencies')));
    assert.deepEqual(facts(packages), facts(billReport.packages));
    const found = new Map(packages.map((installed) => [installed.name, installed]));
    assert.deepEqual(found.get('nodejs')?.dependencies, ['glibc']);
    assert.deepEqual(found.get('nodejs')?.licenses, ['MIT AND Apache-2.0']);
    assert.deepEqual(found.get('bash')?.licenses, ['GPLv3+']);
    assert.deepEqual(found.get('org.apache.logging.log4j:log4j-core')?.dependencies, ['org.apache.logging.log4j:log4j-api']);
  });

  test(`${format}: written again from what was read, the same components and dependencies`, () => {
    const options = { createdAt: new Date(0) };
    const first = renderReport(billReport, format, options);
    const { packages } = parse(JSON.parse(first));
    const kept = (text: string): unknown => {
      const document = JSON.parse(text) as Record<string, unknown>;
      return [document['components'], document['dependencies'], document['relationships'], document['packages']];
    };
    assert.deepEqual(kept(renderReport({ ...billReport, packages }, format, options)), kept(first));
  });

  test(`${format}: files beyond the first stay with their package`, () => {
    const files = ['usr/lib/python3/a.dist-info/METADATA', 'usr/lib/python3/a.dist-info/RECORD', 'usr/lib/"odd\nname"'] as ImagePath[];
    const one = { purl: 'pkg:pypi/a@1' as Purl, type: 'pypi', name: 'a', version: '1', files, layer: 1 } as const;
    const two = { ...one, files: ['opt/a.dist-info/METADATA' as ImagePath], layer: 0 };
    const { packages } = parse(JSON.parse(renderReport({ ...billReport, packages: [one, two] }, format, {})));
    assert.deepEqual(packages, [two, one]);
  });
}

test('SPDX of Syft: files from its words, relations the other way round', () => {
  const entry = (name: string): object => ({
    SPDXID: `SPDXRef-${name}`,
    name,
    versionInfo: '1',
    sourceInfo: 'acquired package info from DPKG DB: /var/lib/dpkg/status, /usr/share/doc/a/copyright',
    licenseDeclared: 'LicenseRef-x',
    externalRefs: [{ referenceType: 'purl', referenceLocator: `pkg:deb/debian/${name}@1` }],
  });
  const { packages } = parse({
    spdxVersion: 'SPDX-2.3',
    packages: [entry('a'), entry('b')],
    relationships: [{ spdxElementId: 'SPDXRef-a', relationshipType: 'DEPENDENCY_OF', relatedSpdxElement: 'SPDXRef-b' }],
    hasExtractedLicensingInfos: [{ licenseId: 'LicenseRef-x', name: 'public domain', extractedText: 'none' }],
  });
  assert.deepEqual(
    packages.map(({ name, files, dependencies, licenses }) => [name, files, dependencies, licenses]),
    [
      ['a', ['var/lib/dpkg/status', 'usr/share/doc/a/copyright'], undefined, ['public domain']],
      ['b', ['var/lib/dpkg/status', 'usr/share/doc/a/copyright'], ['a'], ['public domain']],
    ],
  );
});

test('CycloneDX of Trivy: what only holds others together is no package', () => {
  const { packages, messages } = parse({
    bomFormat: 'CycloneDX',
    components: [
      { type: 'application', name: 'app/package-lock.json', properties: [{ name: 'aquasecurity:trivy:Class', value: 'lang-pkgs' }] },
      { type: 'library', 'bom-ref': 'x', name: 'JSONStream', version: '1.0.0', purl: 'pkg:npm/jsonstream@1.0.0' },
      { type: 'library', 'bom-ref': 'y', group: '@a', name: 'b', version: '1.0.0', purl: 'pkg:npm/%40a/b@1.0.0' },
      { type: 'application', name: 'KB5031361', version: '10.0.1', purl: 'pkg:generic/microsoft/KB5031361@10.0.1' },
    ],
    dependencies: [{ ref: 'x', dependsOn: ['y', 'x', 'z', 1] }, { ref: 'y' }, 'z', {}],
  });
  assert.deepEqual(messages, []);
  assert.deepEqual(
    packages.map(({ type, name, dependencies }) => [type, name, dependencies]),
    [
      ['npm', 'JSONStream', ['@a/b']],
      ['npm', '@a/b', undefined],
      ['windows-update', 'KB5031361', undefined],
    ],
  );
});

test('CycloneDX of others: nested components, their own properties, and a distribution that only the package URLs name', () => {
  const { packages, distro, messages } = parse({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    metadata: {
      component: { type: 'container', name: 'app', properties: [{ name: 'aquasecurity:trivy:DiffID', value: `sha256:${'a'.repeat(64)}` }] },
    },
    components: [
      {
        type: 'library',
        name: 'libssl3',
        version: '3.0.9-1',
        purl: 'pkg:deb/debian/libssl3@3.0.9-1?arch=amd64&distro=debian-12.1',
        properties: [
          { name: 'aquasecurity:trivy:SrcName', value: 'openssl' },
          { name: 'aquasecurity:trivy:SrcVersion', value: '3.0.9' },
          { name: 'aquasecurity:trivy:SrcRelease', value: '1' },
          { name: 'aquasecurity:trivy:LayerDiffID', value: `sha256:${'a'.repeat(64)}` },
        ],
        components: [{ type: 'library', name: 'inner', version: '1.0', purl: 'pkg:npm/%40scope/inner@1.0' }],
      },
      {
        type: 'library',
        name: 'bind-utils',
        version: '32:9.16-18.el9',
        purl: 'pkg:rpm/redhat/bind-utils@9.16-18.el9?epoch=32&upstream=bind-9.16-18.el9.src.rpm',
      },
      { type: 'library', name: 'log4j-core', version: '2.14.1', purl: 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1' },
      { type: 'library', name: 'gpg-pubkey', version: 'b86b3716-61e69f29', purl: 'pkg:rpm/almalinux/gpg-pubkey@b86b3716-61e69f29' },
      { type: 'file', name: 'etc/passwd' },
      { type: 'library', name: 'nameless', version: '1' },
      { type: 'library', name: 'odd', version: '1', purl: 'pkg:unheard-of/odd@1' },
    ],
  });
  assert.deepEqual(
    packages.map(({ type, name, version, sourcePackage, layer }) => [type, name, version, sourcePackage?.name, sourcePackage?.version, layer]),
    [
      ['deb', 'libssl3', '3.0.9-1', 'openssl', '3.0.9-1', 0],
      ['npm', '@scope/inner', '1.0', undefined, undefined, 0],
      ['rpm', 'bind-utils', '32:9.16-18.el9', 'bind', '9.16-18.el9', 0],
      ['maven', 'org.apache.logging.log4j:log4j-core', '2.14.1', undefined, undefined, 0],
    ],
  );
  assert.deepEqual(distro, { id: 'debian', versionId: '12.1', idLike: [] });
  assert.deepEqual(messages, [
    '2 components have no package URL with a version and of a type that is known, and cannot be checked: nameless 1, odd 1',
  ]);
});

test('SPDX of others', () => {
  const { packages, name } = parse({
    spdxVersion: 'SPDX-2.3',
    name: 'alpine',
    relationships: [{ spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-image' }],
    packages: [
      { SPDXID: 'SPDXRef-image', name: 'alpine:3.20' },
      {
        SPDXID: 'SPDXRef-1',
        name: 'libcrypto3',
        versionInfo: '3.3.2-r0',
        licenseDeclared: 'Apache-2.0',
        externalRefs: [
          { referenceType: 'cpe23Type', referenceLocator: 'cpe:2.3:a:x:x:1' },
          { referenceType: 'purl', referenceLocator: 'pkg:apk/alpine/libcrypto3@3.3.2-r0?arch=x86_64&upstream=openssl&distro=alpine-3.20.3' },
        ],
      },
    ],
  });
  assert.equal(name, 'alpine:3.20');
  assert.deepEqual(
    packages.map(({ type, version, sourcePackage, licenses }) => [type, version, sourcePackage, licenses]),
    [['apk', '3.3.2-r0', { name: 'openssl', version: '3.3.2-r0' }, ['Apache-2.0']]],
  );
});

test('what is no bill of materials says why', async (t) => {
  for (const [text, reason] of [
    ['{', 'it is not JSON'],
    ['[]', 'it is not a JSON object'],
    ['{"a":1}', 'it is neither CycloneDX nor SPDX. Both are read as JSON'],
    ['{"spdxVersion":"SPDX-3.0"}', 'it is SPDX-3.0, and SPDX 2.2 and 2.3 are read'],
  ] as const) {
    assert.equal(parseSbom(Buffer.from(text)), reason);
  }
  await assert.rejects(
    readSbomFile(path.join(temporaryDirectory(t), 'none.json')),
    (error) => error instanceof ImageSourceError && error.code === 'not-found',
  );
});

test('law: whatever a document holds, nothing throws', () => {
  const cyclonedx = {
    bomFormat: 'CycloneDX',
    metadata: {},
    components: [{ type: 'library', purl: 'pkg:npm/a@1', properties: [{}], licenses: [{}], evidence: {} }],
  };
  fc.assert(
    fc.property(
      fc.constantFrom('bomFormat', 'metadata', 'components', 'packages', 'relationships'),
      fc.jsonValue(),
      fc.boolean(),
      (key, value, spdx) => {
        const document = { ...(spdx ? { spdxVersion: 'SPDX-2.3', packages: [{ externalRefs: 1 }] } : cyclonedx), [key]: value };
        parseSbom(Buffer.from(JSON.stringify(document)));
      },
    ),
  );
  let nested: unknown = [{ type: 'library', name: 'deep', purl: 'pkg:npm/deep@1' }];
  for (let i = 0; i < 1000; i++) nested = [{ type: 'library', name: 'x', version: '1', purl: `pkg:npm/x${i}@1`, components: nested }];
  assert.ok(parse({ bomFormat: 'CycloneDX', components: nested }).packages.length < 100);
});
