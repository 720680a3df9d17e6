import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { buildStarterStore } from '../../../scripts/build-advisories.ts';
import { scanImage } from '../../../src/engine/scan-image.ts';
import { scanInWorker } from '../../../src/engine/scan-in-worker.ts';
import type { ScanReport } from '../../../src/foundation/model/report.ts';
import { findingCategories } from '../../../src/foundation/model/finding.ts';
import { severityRank } from '../../../src/foundation/model/severity.ts';
import { buildImage, toDockerArchive } from '../../support/image-builder.ts';
import { buildSampleImage, sampleDockerfile, sampleToken } from '../../support/sample-image.ts';
import { buildTar } from '../../support/tar-builder.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-scan-'));
const advisoriesFile = path.join(folder, 'advisories.db');
const sample = path.join(folder, 'sample.tar');

before(() => {
  writeFileSync(advisoriesFile, buildStarterStore());
  writeFileSync(sample, buildSampleImage());
});
after(() => {
  rmSync(folder, { recursive: true });
});

function scan(file: string, options: Parameters<typeof scanImage>[1] = {}): Promise<ScanReport> {
  return scanImage({ kind: 'path', path: file }, { advisoriesFile, ...options }, {});
}

test('every category of finding comes out of one pass, sorted, each with a way to put it right', async () => {
  const report = await scan(sample);
  assert.equal(report.status, 'complete');
  assert.deepEqual([...new Set(report.findings.map(({ category }) => category))].sort(), [...findingCategories].sort());
  for (const finding of report.findings) assert.ok(finding.remediation.length > 0, finding.id);
  const ranks = report.findings.map(({ severity }) => severityRank(severity));
  assert.deepEqual(
    ranks,
    ranks.toSorted((a, b) => a - b),
  );
  const fixed = report.findings.find(({ id, package: installed }) => id === 'CVE-2023-38545' && installed?.name === 'curl');
  assert.equal(fixed?.package?.fixedVersion, '7.88.1-10+deb12u4');
  assert.equal(report.advisories.full, false);
});

test('a secret that a later layer deletes is reported with the layer that holds it, and is whole nowhere', async () => {
  const report = await scan(sample);
  const secret = report.findings.find(({ id }) => id === 'secret:github-token');
  assert.deepEqual([secret?.location.layer, secret?.location.deletedLater, secret?.location.path], [2, true, 'srv/app/.env']);
  assert.ok(!JSON.stringify(report).includes(sampleToken()));
});

test('a secret in the image’s own configuration is found, and is whole nowhere in the report', async () => {
  const file = path.join(folder, 'env.tar');
  const image = buildImage({
    layers: [
      {
        files: [{ path: 'a', content: 'b' }],
        createdBy: `RUN /bin/sh -c curl -H "Authorization: token ${sampleToken()}" https://example.com # buildkit`,
      },
    ],
    config: { Env: [`GITHUB_TOKEN=${sampleToken()}`] },
    references: ['env:test'],
  });
  writeFileSync(file, buildTar(toDockerArchive(image)));
  const report = await scan(file);
  assert.ok(report.findings.some(({ category }) => category === 'sensitive-file'));
  assert.ok(!JSON.stringify(report).includes(sampleToken()));
});

test('options leave out what was not asked for', async () => {
  const critical = await scan(sample, { minimumSeverity: 'critical' });
  assert.ok(critical.findings.length > 0 && critical.findings.every(({ severity }) => severity === 'critical'));
  const baseline = await scan(sample, { categories: ['baseline'] });
  assert.ok(baseline.findings.length > 0 && baseline.findings.every(({ category }) => category === 'baseline'));
  const inventory = await scan(sample, { inventoryOnly: true, advisoriesFile: path.join(folder, 'absent.db') });
  assert.deepEqual([inventory.findings.length, inventory.status, inventory.packages.length > 20], [0, 'complete', true]);
});

test('findings are placed on the lines of the Dockerfile, the base image’s on none', async () => {
  const report = await scan(sample, { dockerfile: sampleDockerfile });
  const lineOf = (id: string): number | undefined => report.findings.find((finding) => finding.id === id)?.location.dockerfileRange?.start.line;
  const lines = sampleDockerfile.split('\n');
  assert.equal(lines[lineOf('PL5001') ?? -1], 'RUN curl -fsSL https://get.example.com/install.sh | sh');
  assert.equal(lines[lineOf('malware:eicar') ?? -1], 'COPY . /srv/app');
  assert.equal(lineOf('CVE-2023-38545'), undefined);
});

test('the same image gives the same report, times aside, in a worker as here', async () => {
  const here = await scan(sample);
  const there = await scanInWorker({ kind: 'path', path: sample }, { advisoriesFile }, {});
  assert.deepEqual({ ...there, timings: {} }, { ...here, timings: {} });
});

test('a scan is cancelled, and what fails in the worker has its own error class here', async () => {
  const controller = new AbortController();
  const running = scanInWorker({ kind: 'path', path: sample }, { advisoriesFile }, { signal: controller.signal });
  controller.abort();
  await assert.rejects(running, { name: 'AbortError' });
  await assert.rejects(scanInWorker({ kind: 'path', path: path.join(folder, 'absent.tar') }, { advisoriesFile }, {}), {
    name: 'ImageSourceError',
    code: 'not-found',
  });
  await assert.rejects(scanInWorker({ kind: 'path', path: sample }, { advisoriesFile: path.join(folder, 'absent.db') }, {}), {
    name: 'AdvisoryStoreError',
    code: 'not-found',
  });
});
