import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { writeAdvisoryStore } from '../../../src/advisories/store/build-store.ts';
import type { AdvisoryRecord } from '../../../src/advisories/store/record.ts';
import { toAdvisoryId } from '../../../src/foundation/model/brand.ts';
import type { RematchResult } from '../../../src/foundation/model/rematch.ts';
import type { ScanReport } from '../../../src/foundation/model/report.ts';
import { runCli, type CliResult } from '../../support/run-cli.ts';
import { buildSampleImage } from '../../support/sample-image.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

function affected(packageName: string, id: string): AdvisoryRecord {
  return { kind: 'affected', bucket: 'debian 12', packageName, id: toAdvisoryId(id), advisory: { fixedVersion: '99' } };
}

class Workplace {
  readonly folder: string;

  constructor(t: TestContext) {
    this.folder = temporaryDirectory(t);
    this.write('image.tar', buildSampleImage());
    this.advise('CVE-2026-1', 'CVE-2026-2');
  }

  write(name: string, content: string | Uint8Array): void {
    mkdirSync(path.dirname(path.join(this.folder, name)), { recursive: true });
    writeFileSync(path.join(this.folder, name), content);
  }

  /** An advisory of curl for each id. */
  advise(...ids: readonly string[]): void {
    const npm: AdvisoryRecord = {
      kind: 'affected',
      bucket: 'npm::GitHub Security Advisory npm',
      packageName: 'nothing',
      id: toAdvisoryId('GHSA-1'),
      advisory: { vulnerableVersions: ['<1'] },
    };
    const pip: AdvisoryRecord = { ...npm, bucket: 'pip::PyPA Advisory Database' };
    this.write(
      'advisories.db',
      writeAdvisoryStore([...ids.map((id) => affected('curl', id)), npm, pip], { source: 'a test', builtAt: '2026-01-01T00:00:00Z', full: true }),
    );
  }

  run(args: readonly string[], folder = this.folder): Promise<CliResult> {
    return runCli(args, { cwd: folder, env: { PLIMSOLL_CACHE_DIR: path.join(this.folder, 'cache') } });
  }

  scan(args: readonly string[] = [], folder?: string): Promise<CliResult> {
    const given = [
      '--input',
      path.join(this.folder, 'image.tar'),
      '--advisories',
      path.join(this.folder, 'advisories.db'),
      '--only',
      'os-vulnerability',
    ];
    return this.run(['scan', ...given, ...args], folder);
  }

  async report(args: readonly string[] = [], folder?: string): Promise<ScanReport> {
    return JSON.parse((await this.scan(['--format', 'json', ...args], folder)).stdout) as ScanReport;
  }
}

describe('ignore entries', () => {
  test('the nearest .plimsoll.yaml upwards counts, --config instead of it, and the exit code with them', async (t) => {
    const place = new Workplace(t);
    assert.equal((await place.scan()).code, 1);
    place.write('.plimsoll.yaml', 'ignore:\n  - id: CVE-2026-1\n    reason: not reachable\n');
    place.write('deeper/still/x', '');
    const report = await place.report([], path.join(place.folder, 'deeper', 'still'));
    assert.deepEqual([...new Set(report.findings.map(({ id }) => id))], ['CVE-2026-2']);
    assert.deepEqual(
      [...new Set(report.ignored?.map(({ finding, by }) => `${finding.id} ${by.kind} ${String(by.line)} ${by.reason ?? ''}`))],
      ['CVE-2026-1 configuration 2 not reachable'],
    );
    place.write('all.yaml', 'ignore:\n  - package: curl\n    reason: x\n  - package: libcurl4\n    reason: x\n');
    const { code, stdout } = await place.scan(['--config', 'all.yaml']);
    assert.equal(code, 0);
    assert.match(stdout, /Ignored \(4\)/);
  });

  test('one without a reason is an error with its line and key, and ignores nothing; one that has expired is reported', async (t) => {
    const place = new Workplace(t);
    place.write('.plimsoll.yaml', 'ignore:\n  - id: CVE-2026-1\n  - id: CVE-2026-2\n    reason: x\n    expires: 2020-01-01\n');
    const { code, stdout, stderr } = await place.scan();
    assert.equal(code, 1);
    assert.match(stderr, /\.plimsoll\.yaml:2:5: ignore\[0\]: 'reason' is missing/);
    assert.match(stdout.replaceAll(/\s+/g, ' '), /\.plimsoll\.yaml:3: the ignore entry for CVE-2026-2 expired on 2020-01-01/);
    assert.ok(!stdout.includes('Ignored ('));
    assert.equal((await place.report()).status, 'complete');
  });
});

describe('--vex', () => {
  const vex = (status: string, change: object = {}): string =>
    JSON.stringify({
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': 'https://example.com/1',
      author: 'Example',
      timestamp: '2026-01-01T00:00:00Z',
      version: 1,
      statements: [
        {
          vulnerability: { name: 'CVE-2026-1' },
          products: [{ '@id': 'pkg:oci/shop?repository_url=docker.io/team/shop' }],
          status,
          justification: 'vulnerable_code_not_present',
          ...change,
        },
      ],
    });

  test('what documents say is not affected is listed as ignored, with who says so; several add up', async (t) => {
    const place = new Workplace(t);
    place.write('a.json', vex('not_affected'));
    place.write('b.json', vex('fixed', { vulnerability: { name: 'CVE-2026-2' } }));
    const report = await place.report(['--vex', 'a.json', '--vex', 'b.json']);
    assert.deepEqual(report.findings, []);
    assert.deepEqual(
      [...new Set(report.ignored?.map(({ by }) => `${by.source} ${by.status ?? ''} ${by.justification ?? ''} ${by.author ?? ''}`))].sort(),
      ['a.json not_affected vulnerable_code_not_present Example', 'b.json fixed vulnerable_code_not_present Example'],
    );
    assert.equal((await place.scan(['--vex', 'a.json', '--vex', 'b.json'])).code, 0);
  });

  test('its own OpenVEX, read again, ignores the same', async (t) => {
    const place = new Workplace(t);
    place.write('.plimsoll.yaml', 'ignore:\n  - id: CVE-2026-1\n    reason: not reachable\n');
    const { stdout } = await place.scan(['--format', 'openvex']);
    place.write('elsewhere/own.json', stdout);
    place.write('elsewhere/.plimsoll.yaml', '');
    const report = await place.report(['--vex', 'own.json'], path.join(place.folder, 'elsewhere'));
    assert.deepEqual([...new Set(report.ignored?.map(({ finding, by }) => `${finding.id} ${by.reason ?? ''}`))], ['CVE-2026-1 not reachable']);
  });

  test('a file that is no VEX document ends with 2 before anything is scanned', async (t) => {
    const place = new Workplace(t);
    place.write('bad.json', '{"a":1}');
    place.write('cut.json', vex('fixed').slice(0, 50));
    for (const name of ['bad.json', 'cut.json', 'absent.json', '.']) {
      const { code, stderr, stdout } = await place.scan(['--vex', name]);
      assert.equal(code, 2, name);
      assert.match(stderr, new RegExp(name.replaceAll('.', '\\.')));
      assert.equal(stdout, '');
    }
  });
});

describe('rematch', () => {
  test('says what is new since the last scan or run, without the image', async (t) => {
    const place = new Workplace(t);
    const rematch = (...args: readonly string[]): Promise<CliResult> => place.run(['rematch', '--advisories', 'advisories.db', ...args]);
    assert.equal((await rematch()).code, 0);
    await place.scan();
    assert.equal((await rematch()).code, 0);
    place.write('image.tar', 'gone');
    place.advise('CVE-2026-2', 'CVE-2026-3');
    const { code, stdout } = await rematch('--format', 'json');
    assert.equal(code, 1);
    const { images } = JSON.parse(stdout) as RematchResult;
    assert.deepEqual(
      images.map(({ reference }) => reference),
      ['team/shop:1.4'],
    );
    assert.deepEqual(
      images[0]?.new.map(({ id, package: installed }) => `${id} ${installed.name}`),
      ['CVE-2026-3 curl', 'CVE-2026-3 libcurl4'],
    );
    assert.deepEqual(images[0].gone.map(({ id, package: installed }) => `${id} ${installed.name}`).sort(), [
      'CVE-2026-1 curl',
      'CVE-2026-1 libcurl4',
    ]);
    assert.equal((await rematch()).code, 0);
    const again = await rematch('--since', '2020-01-01');
    assert.equal(again.code, 1);
    assert.match(again.stdout, /2 new in 1 image since 2020-01-01/);
    assert.match(again.stdout, /\+ \S+ +CVE-2026-3 {2}curl/);
  });

  test('a scan that is to remember nothing is not matched again; cache clear forgets', async (t) => {
    const place = new Workplace(t);
    await place.scan(['--no-cache']);
    const images = async (): Promise<number> =>
      (JSON.parse((await place.run(['rematch', '--advisories', 'advisories.db', '--format', 'json'])).stdout) as RematchResult).images.length;
    assert.equal(await images(), 0);
    await place.scan();
    assert.equal(await images(), 1);
    assert.equal(readdirSync(path.join(place.folder, 'cache', 'seen')).length, 1);
    await place.run(['cache', 'clear']);
    assert.equal(await images(), 0);
  });

  test('nonsense ends with 2', async (t) => {
    const place = new Workplace(t);
    for (const args of [['x'], ['--since', 'yesterday'], ['--since', '2026-13-01'], ['--format', 'sarif']])
      assert.equal((await place.run(['rematch', ...args])).code, 2, args.join(' '));
  });
});
