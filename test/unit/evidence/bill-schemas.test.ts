import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderers } from '../../../src/evidence/report/renderers.generated.ts';
import type { ScanReport } from '../../../src/foundation/model/report.ts';
import { cycloneDxSchema, needsSpdxSchema, spdxSchema } from '../../support/bom-schemas.ts';
import { billReport } from './bill-report.ts';
import { hostileReport, renderOptions, sampleReport } from './sample-report.ts';

const reports: Readonly<Record<string, ScanReport>> = {
  sample: sampleReport,
  bill: billReport,
  hostile: hostileReport,
  partial: { ...billReport, status: 'partial', problems: [{ code: 'missing-layer', message: 'layer 3 is not there' }] },
  'without a name, a digest, a distribution': {
    ...billReport,
    image: { platform: { os: 'linux', architecture: 'arm64' }, config: sampleReport.image.config, layers: [] },
  },
  empty: { ...sampleReport, packages: [], findings: [] },
};

function render(format: string, report: ScanReport): unknown {
  const renderer = renderers.find(({ id }) => id === format);
  assert.ok(renderer);
  return JSON.parse(renderer.render(report, renderOptions));
}

describe('CycloneDX 1.6, by its schema', () => {
  const validate = cycloneDxSchema();
  for (const [name, report] of Object.entries(reports)) {
    test(name, () => {
      validate(render('cyclonedx', report));
      assert.deepEqual(validate.errors ?? [], []);
    });
  }

  test('the schema finds what is wrong', () => {
    const bom = render('cyclonedx', billReport) as { components: { type: string; licenses?: unknown }[]; metadata: { timestamp: string } };
    const [component] = bom.components;
    assert.ok(component);
    component.type = 'libary';
    component.licenses = [{ license: { id: 'no such licence' } }];
    bom.metadata.timestamp = 'today';
    assert.equal(validate(bom), false);
    const paths = (validate.errors ?? []).map(({ instancePath }) => instancePath);
    for (const path of ['/components/0/type', '/components/0/licenses/0/license/id', '/metadata/timestamp']) assert.ok(paths.includes(path), path);
  });

  test('its list of licences has every one that is written as an identifier', () => {
    const licensed = (licenses: readonly string[]): ScanReport => ({
      ...sampleReport,
      packages: billReport.packages.slice(0, 1).map((one) => ({ ...one, licenses })),
    });
    const names = ['0BSD', 'any-OSI', 'gpl-2.0', 'GPL-2.0+', 'GPL-2.0-only', 'ZPL-2.1', 'LLVM-exception', 'x11vnc-openssl-exception'];
    validate(render('cyclonedx', licensed(names)));
    assert.deepEqual(validate.errors ?? [], []);
  });
});

describe('SPDX 2.3, by its schema', needsSpdxSchema(), () => {
  const validate = spdxSchema();
  for (const [name, report] of Object.entries(reports)) {
    test(name, () => {
      assert.ok(validate);
      validate(render('spdx', report));
      assert.deepEqual(validate.errors ?? [], []);
    });
  }

  test('the schema finds what is wrong', () => {
    assert.ok(validate);
    const document = render('spdx', billReport) as { packages: { filesAnalyzed: unknown }[]; relationships: { relationshipType: string }[] };
    const [installed] = document.packages;
    const [relationship] = document.relationships;
    assert.ok(installed && relationship);
    installed.filesAnalyzed = 'no';
    relationship.relationshipType = 'NEEDS';
    assert.equal(validate(document), false);
    assert.deepEqual(
      (validate.errors ?? []).map(({ instancePath }) => instancePath),
      ['/packages/0/filesAnalyzed', '/relationships/0/relationshipType'],
    );
  });
});

interface SpdxDocument {
  readonly packages: readonly { readonly SPDXID: string; readonly licenseDeclared: string }[];
  readonly relationships: readonly { readonly spdxElementId: string; readonly relatedSpdxElement: string }[];
  readonly hasExtractedLicensingInfos?: readonly { readonly licenseId: string; readonly extractedText: string }[];
}

describe('SPDX 2.3, what its schema does not ask', () => {
  for (const [name, report] of Object.entries(reports)) {
    test(name, () => {
      const { packages, relationships, hasExtractedLicensingInfos: extracted = [] } = render('spdx', report) as SpdxDocument;
      const ids = ['SPDXRef-DOCUMENT', ...packages.map(({ SPDXID }) => SPDXID)];
      assert.equal(new Set(ids).size, ids.length);
      for (const id of ids) assert.match(id, /^SPDXRef-[A-Za-z0-9.-]+$/);
      for (const { spdxElementId, relatedSpdxElement } of relationships) assert.ok(ids.includes(spdxElementId) && ids.includes(relatedSpdxElement));
      const named = packages.flatMap(({ licenseDeclared }) => licenseDeclared.match(/LicenseRef-[^\s()]+/g) ?? []);
      assert.deepEqual([...new Set(named)].sort(), extracted.map(({ licenseId }) => licenseId).sort());
      for (const { licenseId } of extracted) assert.match(licenseId, /^LicenseRef-[A-Za-z0-9.-]+$/);
    });
  }
});

interface CycloneDxDocument {
  readonly metadata: { readonly component: { readonly 'bom-ref': string } };
  readonly components: readonly { readonly 'bom-ref': string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

describe('CycloneDX 1.6, what its schema does not ask', () => {
  for (const [name, report] of Object.entries(reports)) {
    test(name, () => {
      const { metadata, components, dependencies } = render('cyclonedx', report) as CycloneDxDocument;
      const refs = [metadata.component, ...components].map((component) => component['bom-ref']);
      assert.equal(new Set(refs).size, refs.length);
      assert.deepEqual(dependencies.map(({ ref }) => ref).sort(), refs.toSorted());
      for (const { ref, dependsOn = [] } of dependencies) {
        assert.ok(dependsOn.every((needed) => refs.includes(needed) && needed !== ref));
        assert.equal(new Set(dependsOn).size, dependsOn.length);
      }
    });
  }
});
