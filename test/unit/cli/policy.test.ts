import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { writeAdvisoryStore } from '../../../src/advisories/store/build-store.ts';
import { toAdvisoryId } from '../../../src/foundation/model/brand.ts';
import type { PolicyDecision } from '../../../src/foundation/model/policy.ts';
import { startHarborServer } from '../../support/harbor-server.ts';
import { buildImage, toOciLayout } from '../../support/image-builder.ts';
import { runCli } from '../../support/run-cli.ts';
import { buildTar } from '../../support/tar-builder.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const KEY = ['aws_access_key_id = AKIA', 'Q3EGRV7ZLM2XWT5P\n'].join('');
/** Nobody is asked for it: its host tells that nothing is blocked there that could be read. */
const HOSTED = 'ghcr.io/team/app:1';

/** An image for three platforms, of which linux/arm64 holds a key. */
function writeImage(directory: string): string {
  const clean = [{ files: [{ path: 'etc/motd', content: 'hello' }] }];
  const leaking = [{ files: [{ path: 'root/.aws/credentials', content: KEY }] }];
  const images = [
    buildImage({ layers: clean, architecture: 'amd64' }),
    buildImage({ layers: leaking, architecture: 'arm64' }),
    buildImage({ layers: clean, architecture: 's390x' }),
  ];
  const file = path.join(directory, 'image.tar');
  writeFileSync(file, buildTar(toOciLayout(images, { nested: true, attestation: true })));
  return file;
}

function writePolicy(directory: string, text: string): string {
  const file = path.join(directory, '.plimsoll.yaml');
  writeFileSync(file, text);
  return file;
}

describe('policy check', () => {
  test("the project's policy looks at secrets, and each platform is judged for itself", async (t) => {
    const directory = temporaryDirectory(t);
    const image = writeImage(directory);
    const config = writePolicy(directory, 'policy: {}\n');
    const check = async (...args: readonly string[]) => {
      const { code, stdout, stderr } = await runCli([
        'policy',
        'check',
        '--input',
        image,
        '--as',
        HOSTED,
        '--config',
        config,
        '--format',
        'json',
        ...args,
      ]);
      assert.notEqual(stdout, '', stderr);
      return { code, decision: JSON.parse(stdout) as PolicyDecision };
    };
    const leaking = await check('--platform', 'linux/arm64');
    assert.deepEqual([leaking.code, leaking.decision.decision], [1, 'block']);
    assert.deepEqual(leaking.decision.blocking, ['secret:aws-access-key-id']);

    const clean = await check('--platform', 'linux/amd64');
    assert.match(
      clean.decision.problems.map(({ message }) => message).join(),
      /Only linux\/amd64 was judged.*linux\/arm64, linux\/s390x.*--all-platforms/,
    );

    const all = await check('--all-platforms');
    assert.deepEqual([all.code, all.decision.decision], [1, 'block']);
    assert.deepEqual(all.decision.blocking, ['secret:aws-access-key-id']);
    assert.deepEqual(all.decision.platforms?.map(({ platform, decision }) => [platform.architecture, decision]).toSorted(), [
      ['amd64', clean.decision.decision],
      ['arm64', 'block'],
      ['s390x', clean.decision.decision],
    ]);
    assert.match(all.decision.reason, /^linux\/arm64: /);
  });

  test('an image that the advisories cannot judge is not known, with the next step; one of which they know is judged', async (t) => {
    const directory = temporaryDirectory(t);
    const advisories = path.join(directory, 'advisories.db');
    const record = {
      kind: 'affected',
      bucket: 'alpine 3.19',
      packageName: 'zlib',
      id: toAdvisoryId('CVE-2024-1'),
      advisory: { fixedVersion: '2' },
    } as const;
    writeFileSync(advisories, writeAdvisoryStore([record], { source: 'starter set', builtAt: '2026-01-01T00:00:00Z', full: false }));
    const config = writePolicy(directory, 'policy:\n  severity: high\n');
    const check = async (release: string) => {
      const image = buildImage({
        layers: [
          {
            files: [
              { path: 'etc/os-release', content: `ID=alpine\nVERSION_ID=${release}\nPRETTY_NAME="Alpine ${release}"\n` },
              { path: 'lib/apk/db/installed', content: 'P:busybox\nV:1.37.0-r1\nA:x86_64\no:busybox\n\n' },
            ],
          },
        ],
      });
      const input = path.join(directory, `${release}.tar`);
      writeFileSync(input, buildTar(toOciLayout([image])));
      const { code, stdout } = await runCli(
        ['policy', 'check', '--input', input, '--as', HOSTED, '--config', config, '--advisories', advisories, '--format', 'json'],
        { env: { PLIMSOLL_CACHE_DIR: path.join(directory, 'cache') } },
      );
      return { code, ...(JSON.parse(stdout) as PolicyDecision) };
    };
    const unknown = await check('3.99.1');
    assert.deepEqual([unknown.code, unknown.decision], [3, 'unknown']);
    assert.match(unknown.reason, /holds nothing on Alpine 3\.99\.1; get the full database with `plimsoll db update`/);
    const known = await check('3.19.1');
    assert.deepEqual([known.code, known.decision], [0, 'allow'], known.reason);
    assert.match(known.problems.map(({ message }) => message).join(), /starter set.*plimsoll db update/);
  });

  test('a report that leaves something out is no proof that it is not there', async (t) => {
    const directory = temporaryDirectory(t);
    const image = writeImage(directory);
    const report = path.join(directory, 'report.json');
    const harbor = await startHarborServer({
      projects: { team: { metadata: { public: 'true', prevent_vul: 'true', severity: 'low', auto_scan: 'true' } } },
    });
    t.after(() => harbor.close());
    const judge = async (scanArguments: readonly string[], policy: string) => {
      const scanned = await runCli(['scan', '--input', image, '--platform', 'linux/amd64', '--format', 'json', '-o', report, ...scanArguments]);
      assert.notEqual(scanned.code, 2, scanned.stderr);
      const config = writePolicy(directory, policy);
      const { stdout } = await runCli([
        'policy',
        'check',
        '--report',
        report,
        '--as',
        `${harbor.host}/team/app:1`,
        '--config',
        config,
        '--format',
        'json',
      ]);
      const { decision, problems } = JSON.parse(stdout) as PolicyDecision;
      return { decision, problems: problems.map(({ message }) => message).join() };
    };
    assert.equal((await judge([], 'policy: {}\n')).decision, 'allow');
    for (const limit of [['--severity', 'critical'], ['--ignore-unfixed'], ['--only', 'baseline']]) {
      const { decision, problems } = await judge(limit, '{}\n');
      assert.equal(decision, 'unknown', limit.join(' '));
      assert.match(problems, /leaves out/);
    }
    assert.equal((await judge(['--only', 'os-vulnerability,application-vulnerability'], 'policy: {}\n')).decision, 'unknown');
    assert.equal(
      (await judge(['--only', 'os-vulnerability,application-vulnerability'], 'policy: {malware: allow, secrets: allow}\n')).decision,
      'allow',
    );
  });
});

describe('policy import and export', () => {
  test("a registry's policy becomes lines of the configuration, and those the registry's again", async (t) => {
    const directory = temporaryDirectory(t);
    const harbor = await startHarborServer({
      projects: {
        team: {
          metadata: { public: 'true', prevent_vul: 'true', severity: 'high', reuse_sys_cve_allowlist: 'false' },
          allowlist: { items: [{ cve_id: 'CVE-2026-1' }], expires_at: Date.parse('2099-12-31T00:00:00Z') / 1000 },
        },
        open: { metadata: { public: 'true' } },
        none: { metadata: { public: 'true', prevent_vul: 'true', severity: 'none' } },
      },
    });
    t.after(() => harbor.close());
    const imported = await runCli(['policy', 'import', `${harbor.host}/team`]);
    assert.equal(imported.code, 0, imported.stderr);
    const config = writePolicy(directory, imported.stdout);
    assert.match(
      imported.stdout,
      /severity: high\n {2}allowlist:\n {4}- id: CVE-2026-1\n {6}reason: Allowed by .*\/team\n {6}expires: (?:"|')?2099-12-31/,
    );

    const exported = await runCli(['policy', 'export', '--to', 'harbor', '--config', config]);
    assert.deepEqual(JSON.parse(exported.stdout), {
      metadata: { prevent_vul: 'true', severity: 'high', auto_scan: 'true', reuse_sys_cve_allowlist: 'false' },
      cve_allowlist: { items: [{ cve_id: 'CVE-2026-1' }], expires_at: Date.parse('2099-12-31T23:59:59Z') / 1000 },
    });
    assert.match(exported.stderr, /known exploited.*malware, secrets/);
    assert.match((await runCli(['policy', 'import', `${harbor.host}/open`])).stdout, /policy: \{\}/);
    assert.match((await runCli(['policy', 'import', `${harbor.host}/none`])).stdout, /severity: unknown/);
  });

  test('what cannot be read, or said, is no empty policy', async (t) => {
    const directory = temporaryDirectory(t);
    const harbor = await startHarborServer({ projects: {} });
    t.after(() => harbor.close());
    const missing = await runCli(['policy', 'import', `${harbor.host}/nowhere`]);
    assert.deepEqual([missing.code, missing.stdout], [3, '']);
    const unknown = await runCli(['policy', 'import', 'ghcr.io/team']);
    assert.deepEqual([unknown.code, unknown.stdout], [3, '']);
    const config = writePolicy(directory, '{}\n');
    assert.equal((await runCli(['policy', 'export', '--to', 'tcr', '--config', config])).code, 2);
    assert.equal((await runCli(['policy', 'export', '--config', config])).code, 2);
  });
});
