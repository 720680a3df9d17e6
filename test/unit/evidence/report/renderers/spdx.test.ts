import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderer } from '../../../../../src/evidence/report/renderers/spdx.ts';
import type { ScanReport } from '../../../../../src/foundation/model/report.ts';
import { renderOptions, sampleReport } from '../../sample-report.ts';

interface Spdx {
  readonly spdxVersion: string;
  readonly documentNamespace: string;
  readonly creationInfo: { readonly created: string; readonly creators: readonly string[]; readonly comment?: string };
  readonly packages: readonly {
    readonly SPDXID: string;
    readonly name: string;
    readonly licenseDeclared: string;
    readonly licenseComments?: string;
    readonly externalRefs?: readonly { readonly referenceLocator: string }[];
  }[];
  readonly relationships: readonly { readonly spdxElementId: string; readonly relationshipType: string; readonly relatedSpdxElement: string }[];
}

const render = (report: ScanReport, createdAt = renderOptions.createdAt): Spdx =>
  JSON.parse(renderer.render(report, { ...renderOptions, createdAt })) as Spdx;

test('the document describes the image, which contains the packages', () => {
  const document = render(sampleReport);
  assert.equal(document.spdxVersion, 'SPDX-2.3');
  assert.deepEqual(document.relationships[0], {
    spdxElementId: 'SPDXRef-DOCUMENT',
    relationshipType: 'DESCRIBES',
    relatedSpdxElement: 'SPDXRef-Image',
  });
  const ids = document.packages.map(({ SPDXID }) => SPDXID);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^SPDXRef-[A-Za-z0-9.-]+$/);
  assert.deepEqual(
    document.relationships.slice(1).map(({ relatedSpdxElement }) => relatedSpdxElement),
    ids.slice(1),
  );
});

test('packages have their purl, and the licence as found or none asserted', () => {
  const byName = new Map(render(sampleReport).packages.map((item) => [item.name, item]));
  assert.equal(byName.get('@acme/tar')?.externalRefs?.[0]?.referenceLocator, 'pkg:npm/%40acme/tar@6.1.0');
  assert.equal(byName.get('@acme/tar')?.licenseDeclared, 'ISC');
  assert.equal(byName.get('libssl3')?.licenseDeclared, 'NOASSERTION');
  assert.equal(byName.get('requests')?.licenseDeclared, 'NOASSERTION');
  assert.equal(byName.get('requests')?.licenseComments, 'Declared as: Apache 2.0, more or less');
});

test('the namespace is that of the content, not of the hour', () => {
  assert.equal(render(sampleReport, new Date('2030-01-01T00:00:00Z')).documentNamespace, render(sampleReport).documentNamespace);
  assert.equal(render(sampleReport).creationInfo.created, '2026-11-21T12:00:00Z');
});

test('a partial scan says so', () => {
  assert.match(
    render({ ...sampleReport, status: 'partial', problems: [{ code: 'missing-layer', message: 'layer 3 is not there' }] }).creationInfo.comment ?? '',
    /Incomplete.*\nlayer 3 is not there/,
  );
});
