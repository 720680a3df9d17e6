import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderer } from '../../../../../src/evidence/report/renderers/cyclonedx.ts';
import type { ScanReport } from '../../../../../src/foundation/model/report.ts';
import { renderOptions, sampleReport } from '../../sample-report.ts';

interface Bom {
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly metadata: { readonly timestamp: string; readonly component: { readonly type: string; readonly 'bom-ref': string } };
  readonly components: readonly {
    readonly type: string;
    readonly 'bom-ref': string;
    readonly purl?: string;
    readonly name: string;
    readonly group?: string;
    readonly licenses?: unknown;
    readonly properties?: readonly { readonly name: string; readonly value: string }[];
    readonly evidence?: unknown;
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
  readonly compositions: readonly { readonly aggregate: string }[];
  readonly vulnerabilities?: readonly {
    readonly id: string;
    readonly affects: readonly { readonly ref: string }[];
    readonly ratings: readonly object[];
  }[];
}

const render = (report: ScanReport, createdAt = renderOptions.createdAt): Bom =>
  JSON.parse(renderer.render(report, { ...renderOptions, createdAt })) as Bom;

test('the image, its distribution and its packages, each with a reference of its own', () => {
  const bom = render(sampleReport);
  assert.equal(bom.specVersion, '1.6');
  assert.equal(bom.metadata.component.type, 'container');
  assert.deepEqual(
    bom.components.map(({ type, purl }) => [type, purl]),
    [
      ['operating-system', undefined],
      ['library', 'pkg:deb/debian/libssl3@3.0.11-1~deb12u1?arch=amd64&distro=debian-12'],
      ['library', 'pkg:npm/%40acme/tar@6.1.0'],
      ['library', 'pkg:pypi/requests@2.20.0'],
    ],
  );
  const refs = [bom.metadata.component['bom-ref'], ...bom.components.map((component) => component['bom-ref'])];
  assert.equal(new Set(refs).size, refs.length);
  assert.deepEqual(bom.dependencies.map(({ ref }) => ref).sort(), refs.toSorted());
});

test('a component says where it lies and in which layer', () => {
  const tar = render(sampleReport).components.find(({ name }) => name === 'tar');
  assert.ok(tar);
  assert.equal(tar.group, '@acme');
  assert.deepEqual(tar.evidence, { occurrences: [{ location: 'app/node_modules/@acme/tar/package.json' }] });
  assert.ok(tar.properties?.some(({ name, value }) => name === 'plimsoll:layer:diffId' && value === sampleReport.image.layers[1]?.diffId));
});

test('a licence on the list is an id, any other text a name, an expression an expression', () => {
  const licensed = (licenses: readonly string[]): unknown =>
    render({ ...sampleReport, packages: sampleReport.packages.slice(0, 1).map((installed) => ({ ...installed, licenses })) }).components[1]?.licenses;
  assert.deepEqual(licensed(['ISC']), [{ license: { id: 'ISC' } }]);
  assert.deepEqual(licensed(['GPL-2.0-only WITH Linux-syscall-note OR MIT']), [{ expression: 'GPL-2.0-only WITH Linux-syscall-note OR MIT' }]);
  assert.deepEqual(licensed(['MIT', 'homemade']), [{ license: { id: 'MIT' } }, { license: { name: 'homemade' } }]);
  assert.deepEqual(licensed(['MIT OR homemade']), [{ license: { name: 'MIT OR homemade' } }]);
});

test('vulnerabilities name the components they are in', () => {
  const bom = render(sampleReport);
  assert.deepEqual(
    bom.vulnerabilities?.map(({ id }) => id),
    ['CVE-2021-32803', 'CVE-2023-5678', 'CVE-2024-5535', 'CVE-2099-0001'],
  );
  const refs = new Set(bom.components.map((component) => component['bom-ref']));
  for (const { affects } of bom.vulnerabilities ?? []) for (const { ref } of affects) assert.ok(refs.has(ref));
  assert.equal(render({ ...sampleReport, findings: [] }).vulnerabilities, undefined);
});

test('the serial number is that of the content, not of the hour', () => {
  const now = render(sampleReport);
  const later = render(sampleReport, new Date('2030-01-01T00:00:00Z'));
  assert.match(now.serialNumber, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(later.serialNumber, now.serialNumber);
  assert.notEqual(later.metadata.timestamp, now.metadata.timestamp);
  assert.notEqual(render({ ...sampleReport, packages: [] }).serialNumber, now.serialNumber);
});

test('a partial scan is an incomplete bill', () => {
  assert.equal(render({ ...sampleReport, status: 'partial' }).compositions[0]?.aggregate, 'incomplete');
});

test('the same package in two places is one component', () => {
  const [first] = sampleReport.packages;
  assert.ok(first);
  assert.equal(render({ ...sampleReport, packages: [first, { ...first, layer: 1 }] }).components.length, 2);
});
