import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sortLayers, toLayerRows } from '../../../../webview/model/layers.ts';
import { filterPackages, sortPackages, toPackageRows } from '../../../../webview/model/packages.ts';
import { summarise } from '../../../../webview/model/summary.ts';
import { parseCvssVector } from '../../../../webview/model/cvss.ts';
import { hostileReport, sampleReport } from '../../../support/sample-report.ts';

const report = sampleReport(64);

describe('layers', () => {
  const rows = toLayerRows(report);

  test('count each package and each finding of a layer once', () => {
    assert.equal(
      rows.reduce((sum, row) => sum + row.packages, 0),
      report.packages.length,
    );
    assert.equal(
      rows.reduce((sum, row) => sum + row.findings, 0),
      report.findings.filter((finding) => finding.location.layer !== undefined).length,
    );
    assert.deepEqual(
      rows.map((row) => row.packages),
      [9, 3, 0, 0, 8, 0],
    );
    assert.equal(rows[5]?.worst, 'critical');
    assert.equal(rows[2]?.worst, undefined);
  });

  test('are measured against the largest', () => {
    assert.equal(rows[4]?.share, 1);
    assert.equal(rows[0]?.share, 29_150_000 / 41_730_000);
    assert.deepEqual(
      toLayerRows({ ...report, image: { ...report.image, layers: report.image.layers.map((layer) => ({ ...layer, sizeBytes: 0 })) } }).map(
        (row) => row.share,
      ),
      [0, 0, 0, 0, 0, 0],
    );
  });

  test('show their instruction as it was written', () => {
    assert.deepEqual(
      rows.map((row) => row.instruction.split(' ', 2).join(' ')),
      ['ADD file:9b2c', 'RUN apt-get', 'WORKDIR /app', 'COPY package.json', 'RUN npm', 'COPY .'],
    );
  });

  test('sort by size', () => {
    assert.deepEqual(
      sortLayers(rows, 'size', true).map((row) => row.index),
      [4, 0, 1, 5, 3, 2],
    );
  });

  test('survive a report that names layers it does not have', () => {
    const hostile = hostileReport();
    const hostileRows = toLayerRows(hostile);
    assert.equal(hostileRows.length, 1000);
    assert.equal(
      hostileRows.reduce((sum, row) => sum + row.findings, 0),
      hostile.findings.length - 1,
    );
  });
});

describe('packages', () => {
  const rows = toPackageRows(report);

  test('count the findings of their purl', () => {
    for (const row of rows) assert.equal(row.findings, report.findings.filter((finding) => finding.package?.purl === row.item.purl).length);
  });

  test('filter by every word and by layer', () => {
    assert.deepEqual(
      filterPackages(rows, { text: 'LIB curl' }).map((row) => row.item.name),
      ['libcurl4'],
    );
    assert.equal(filterPackages(rows, { text: '', layer: 4 }).length, 8);
  });

  test('sort versions by number', () => {
    const versions = sortPackages(filterPackages(rows, { text: 'pkg:deb', layer: 0 }), 'version', false).map((row) => row.item.version);
    assert.deepEqual(versions.slice(-2), ['3.0.10-1~deb12u10', '3.0.11-1~deb12u11']);
  });

  test('of one purl at several places keep names of their own', () => {
    const first = report.packages[0];
    assert.ok(first);
    const names = toPackageRows({ ...report, packages: [first, first, { ...first, layer: 3 }] }).map((row) => row.identity);
    assert.equal(new Set(names).size, 3);
  });
});

describe('summary', () => {
  const now = Date.parse('2026-01-12T00:00:00Z');

  test('adds up the layers', () => {
    const summary = summarise(report, now);
    assert.equal(summary.sizeBytes, 84_612_303);
    assert.equal(summary.layersOfUnknownSize, 0);
    assert.equal(summary.platform, 'linux/amd64');
    assert.equal(summary.distro, 'Debian GNU/Linux 12 (bookworm)');
  });

  test('advisories are stale after a week, and when nobody knows their age', () => {
    const advisories = (builtAt: string): boolean => summarise({ ...report, advisories: { ...report.advisories, builtAt } }, now).advisories.stale;
    assert.equal(advisories('2026-01-05T00:00:00Z'), false);
    assert.equal(advisories('2026-01-03T23:00:00Z'), true);
    assert.equal(advisories(''), true);
  });

  test('a report with problems is partial whatever its status says', () => {
    assert.equal(summarise(report, now).partial, false);
    assert.equal(summarise({ ...report, status: 'partial' }, now).partial, true);
    assert.equal(summarise({ ...report, problems: [{ code: 'malformed', message: 'x' }] }, now).partial, true);
  });

  test('a Windows platform has its build', () => {
    const platform = { os: 'windows', architecture: 'amd64', osVersion: '10.0.20348.2700' };
    assert.equal(summarise({ ...report, image: { ...report.image, platform } }, now).platform, 'windows/amd64 10.0.20348.2700');
  });
});

describe('CVSS', () => {
  test('reads the base metrics in order', () => {
    assert.deepEqual(parseCvssVector('CVSS:3.1/S:C/AV:N/E:P'), {
      version: '3.1',
      metrics: [
        { metric: 'AV', value: 'N' },
        { metric: 'S', value: 'C' },
      ],
    });
    assert.deepEqual(
      parseCvssVector('CVSS:4.0/AV:L/AT:P/VC:H/SC:N')?.metrics.map(({ metric, value }) => metric + value),
      ['AVL', 'ATP', 'VCH', 'SCN'],
    );
  });
  for (const vector of ['', 'AV:N/AC:L', 'CVSS:3.1/', 'CVSS:3.1/AV:X', 'CVSS:9.9/AV:N', `CVSS:3.1/AV:N/${'x'.repeat(1000)}`]) {
    test(`is silent on ${JSON.stringify(vector.slice(0, 40))}`, () => {
      assert.equal(parseCvssVector(vector), undefined);
    });
  }
});
