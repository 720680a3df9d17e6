import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderer } from '../../../../../src/evidence/report/renderers/cyclonedx.ts';
import type { ScanReport } from '../../../../../src/foundation/model/report.ts';
import { billReport } from '../../bill-report.ts';
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
    readonly scope?: string;
    readonly supplier?: { readonly name: string };
    readonly licenses?: readonly { readonly license?: object; readonly expression?: string; readonly acknowledgement?: string }[];
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
  assert.deepEqual(tar.evidence, { occurrences: [{ location: 'app/node_modules/@acme/tar/package.json', additionalContext: 'layer 1' }] });
  assert.ok(tar.properties?.some(({ name, value }) => name === 'plimsoll:layer:diffId' && value === sampleReport.image.layers[1]?.diffId));
});

test('a licence on the list is an id, any other text a name, an expression an expression', () => {
  const licensed = (licenses: readonly string[]): unknown =>
    render({ ...sampleReport, packages: sampleReport.packages.slice(0, 1).map((installed) => ({ ...installed, licenses })) }).components[1]?.licenses;
  const acknowledgement = 'declared';
  assert.deepEqual(licensed(['isc']), [{ license: { id: 'ISC', acknowledgement } }]);
  const exception = 'GPL-2.0-only WITH Linux-syscall-note OR MIT';
  assert.deepEqual(licensed([exception]), [{ expression: exception, acknowledgement }]);
  assert.deepEqual(licensed(['MIT', 'homemade']), [{ license: { id: 'MIT', acknowledgement } }, { license: { name: 'homemade', acknowledgement } }]);
  assert.deepEqual(licensed(['MIT OR homemade']), [{ license: { name: 'MIT OR homemade', acknowledgement } }]);
  assert.equal(licensed([' ']), undefined);
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

test('the same package in several places is one component that names each', () => {
  const log4j = render(billReport).components.filter(({ name }) => name === 'log4j-core');
  assert.deepEqual(
    log4j.map(({ group, evidence }) => [group, evidence]),
    [
      [
        'org.apache.logging.log4j',
        {
          occurrences: [
            { location: 'app/shop.war', additionalContext: 'layer 1, inside WEB-INF/lib/log4j-core-2.14.1.jar' },
            { location: 'app/shop.war', additionalContext: 'layer 1, inside "WEB-INF/lib/odd, inside \\"a\\".jar!x.jar"' },
            { location: 'opt/a, layer 3.jar', additionalContext: 'layer 0' },
          ],
        },
      ],
    ],
  );
});

test('what each needs, where its database says', () => {
  const rpm = (name: string, version: string, architecture: string): string =>
    `pkg:rpm/redhat/${name}@${version}?arch=${architecture}&distro=rhel-9.4`;
  const { dependencies } = render(billReport);
  const needed = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  assert.deepEqual(needed.get(rpm('bash', '5.1.8-9.el9', 'x86_64')), [rpm('glibc', '2.34-100.el9', 'x86_64')]);
  assert.deepEqual(needed.get('pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1'), ['pkg:maven/org.apache.logging.log4j/log4j-api@2.14.1']);
  assert.equal(needed.get('pkg:generic/nginx@1.25.3'), undefined);
});

test('what is not there is optional and says why; who built it and from which module stream', () => {
  const components = render(billReport).components;
  const marks = (name: string): unknown => {
    const found = components.find((component) => component.name === name);
    return [
      found?.scope,
      found?.supplier?.name,
      found?.properties?.filter((property) => /declared|config|modularity/.test(property.name)).map(({ name: key, value }) => `${key}=${value}`),
    ];
  };
  assert.deepEqual(marks('typing_extensions'), ['optional', undefined, ['plimsoll:package:declared-only=true']]);
  assert.deepEqual(marks('removed'), ['optional', undefined, ['plimsoll:package:config-only=true']]);
  assert.deepEqual(marks('bash'), [undefined, 'Red Hat, Inc.', []]);
  assert.deepEqual(marks('nodejs'), [undefined, undefined, ['plimsoll:package:modularity-label=nodejs:18:9040020240807131341:rhel9']]);
  assert.equal(components.find(({ name }) => name === 'nginx')?.type, 'application');
});

test('the order in which packages were found does not show', () => {
  assert.deepEqual(render({ ...billReport, packages: billReport.packages.toReversed() }), render(billReport));
});
