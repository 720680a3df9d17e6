import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderer } from '../../../../../src/evidence/report/renderers/spdx.ts';
import type { ScanReport } from '../../../../../src/foundation/model/report.ts';
import { billReport } from '../../bill-report.ts';
import { renderOptions, sampleReport } from '../../sample-report.ts';

interface Spdx {
  readonly spdxVersion: string;
  readonly documentNamespace: string;
  readonly creationInfo: { readonly created: string; readonly creators: readonly string[]; readonly comment?: string };
  readonly packages: readonly {
    readonly SPDXID: string;
    readonly name: string;
    readonly licenseDeclared: string;
    readonly supplier?: string;
    readonly sourceInfo?: string;
    readonly comment?: string;
    readonly externalRefs?: readonly { readonly referenceLocator: string }[];
  }[];
  readonly hasExtractedLicensingInfos?: readonly { readonly licenseId: string; readonly extractedText: string }[];
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
});

test('a licence that is not on the list is a reference to the text it was found with', () => {
  const { packages, hasExtractedLicensingInfos: extracted } = render(sampleReport);
  const licenseId = 'LicenseRef-Apache-2.0-more-or-less-9de752db';
  assert.equal(packages.find(({ name }) => name === 'requests')?.licenseDeclared, licenseId);
  assert.deepEqual(extracted, [{ licenseId, extractedText: 'Apache 2.0, more or less', name: 'Apache 2.0, more or less' }]);
  const [libssl] = sampleReport.packages;
  assert.ok(libssl);
  const plain = render({ ...sampleReport, packages: [{ ...libssl, licenses: ['GPLv2'] }] });
  assert.deepEqual(plain.hasExtractedLicensingInfos, [{ licenseId: 'LicenseRef-GPLv2', extractedText: 'GPLv2', name: 'GPLv2' }]);
  const several = render({ ...sampleReport, packages: [{ ...libssl, licenses: ['mit', 'Zlib or isc', 'mit', ''] }] });
  assert.equal(several.packages.at(-1)?.licenseDeclared, 'MIT AND (Zlib OR ISC)');
  assert.equal(several.hasExtractedLicensingInfos, undefined);
});

test('every place of a package, what it needs, who built it, and that it is not there', () => {
  const { packages, relationships } = render(billReport);
  const byName = new Map(packages.map((item) => [item.name, item]));
  assert.equal(
    byName.get('org.apache.logging.log4j:log4j-core')?.sourceInfo,
    [
      'read from app/shop.war, layer 1, inside WEB-INF/lib/log4j-core-2.14.1.jar',
      'read from app/shop.war, layer 1, inside "WEB-INF/lib/odd, inside \\"a\\".jar!x.jar"',
      'read from "opt/a, layer 3.jar", layer 0',
    ].join('\n'),
  );
  assert.equal(byName.get('bind-utils')?.sourceInfo, 'read from var/lib/rpm/rpmdb.sqlite, layer 0\nbuilt from bind 9.16.23-18.el9');
  assert.equal(byName.get('bash')?.supplier, 'Organization: Red Hat, Inc.');
  assert.match(byName.get('typing_extensions')?.comment ?? '', /lock file/);
  assert.match(byName.get('removed')?.comment ?? '', /removed/);
  const names = new Map(packages.map(({ SPDXID, name }) => [SPDXID, name]));
  assert.deepEqual(
    relationships
      .filter(({ relationshipType }) => relationshipType === 'DEPENDS_ON')
      .map(({ spdxElementId, relatedSpdxElement }) => `${names.get(spdxElementId) ?? '?'} > ${names.get(relatedSpdxElement) ?? '?'}`),
    ['org.apache.logging.log4j:log4j-core > org.apache.logging.log4j:log4j-api', 'bash > glibc', 'glibc > bash', 'nodejs > glibc'],
  );
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
