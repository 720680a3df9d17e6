import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { AuditResult } from '../../src/foundation/model/audit.ts';
import { buildImage, type BuiltImage } from '../support/image-builder.ts';
import { pushImage, pushIndex, signedIn } from '../support/push-image.ts';
import { startRegistryProxy } from '../support/registry-proxy.ts';
import { needsRegistry, startRegistryServer, type RegistryServer } from '../support/registry-server.ts';
import { runCli, type CliResult } from '../support/run-cli.ts';
import { waitFor } from '../support/wait.ts';

/** With a library that has a critical flaw, or with one that has none that is known. */
function imageWith(version: string, architecture = 'amd64'): BuiltImage {
  const files = [
    { path: 'srv/app/node_modules/lodash/package.json', content: JSON.stringify({ name: 'lodash', version }) },
    { path: 'srv/architecture', content: architecture },
  ];
  return buildImage({ architecture, config: { User: '1000' }, layers: [{ files, compression: 'gzip' }] });
}
const bad = imageWith('4.17.11');
const good = imageWith('99.0.0');

describe('an audit of a real registry', needsRegistry(), () => {
  let registry: RegistryServer;
  let folder: string;
  let env: NodeJS.ProcessEnv;
  before(async () => {
    registry = await startRegistryServer();
    folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-audit-'));
    await writeFile(path.join(folder, '.plimsoll.yaml'), 'policy:\n  severity: critical\n');
    for (const name of ['a', 'b', 'c/d', 'e', 'f']) await pushImage(registry, `team/${name}`, '1.0', good);
    await pushImage(registry, 'team/a', '1.1', bad);
    await pushImage(registry, 'team/a', 'latest', bad);
    const amd = await pushImage(registry, 'team/multi', 'amd', good);
    const arm = await pushImage(registry, 'team/multi', 'arm', imageWith('4.17.11', 'arm64'));
    await pushIndex(registry, 'team/multi', 'both', [
      { digest: amd, platform: { os: 'linux', architecture: 'amd64' } },
      { digest: arm, platform: { os: 'linux', architecture: 'arm64' } },
    ]);
    await pushImage(registry, 'other/x', '1.0', bad);
    env = await signedIn(folder, registry, registry.host);
  });
  after(async () => {
    await registry.close();
    await rm(folder, { recursive: true, force: true });
  });
  const audit = (args: readonly string[], as = env): Promise<CliResult> => runCli(['policy', 'audit', ...args], { cwd: folder, env: as });
  const target = (): string => `${registry.host}/team`;
  const parse = ({ stdout, stderr }: CliResult): AuditResult => {
    assert.ok(stdout.startsWith('{'), stderr);
    return JSON.parse(stdout) as AuditResult;
  };
  const told = (result: AuditResult): unknown => result.images.map(({ repository, tags, decision }) => [repository, tags.join(), decision]);

  test('every image of the namespace, each digest of a repository once; the strictest platform counts', async () => {
    const run = await audit([target(), '--remote', '--format', 'json', '--jobs', '2']);
    const result = parse(run);
    assert.deepEqual((told(result) as string[][]).toSorted(), [
      ['team/a', '1.0', 'allow'],
      ['team/a', '1.1,latest', 'block'],
      ['team/b', '1.0', 'allow'],
      ['team/c/d', '1.0', 'allow'],
      ['team/e', '1.0', 'allow'],
      ['team/f', '1.0', 'allow'],
      ['team/multi', 'amd', 'allow'],
      ['team/multi', 'arm', 'block'],
      ['team/multi', 'both', 'block'],
    ]);
    assert.deepEqual(result.summary, { repositories: 6, images: 9, allow: 6, block: 3, blockUntilScanned: 0, unknown: 0 });
    assert.equal(run.code, 1);
    assert.deepEqual([result.complete, result.problems], [true, []]);
    const both = result.images.find(({ tags }) => tags.includes('both'));
    assert.deepEqual(
      both?.platforms.map(({ platform, decision, basis }) => [platform?.architecture, decision, basis]),
      [
        ['amd64', 'allow', 'scanned'],
        ['arm64', 'block', 'scanned'],
      ],
    );
    assert.ok(both.blocking.includes('CVE-2019-10744'));
    const table = await audit([target(), '--remote', '--tags', 'latest:1', '--platform', 'linux/amd64']);
    assert.match(table.stdout, /1 blocked · 0 blocked until scanned · 0 not known · 5 allowed/);
    assert.match(table.stdout, /team\/a:latest .*\n +CVE-2019-10744/);
  });

  test('what nobody attached a report to is not known, and never allowed', async () => {
    const attached = await runCli(['attach', `${registry.host}/team/b:1.0`], { cwd: folder, env });
    assert.equal(attached.code, 0, attached.stderr);
    const run = await audit([target(), '--tags', '1.*', '--format', 'json']);
    const result = parse(run);
    assert.equal(run.code, 3);
    assert.deepEqual(
      result.images
        .filter(({ decision }) => decision !== 'unknown')
        .map(({ repository, decision, platforms }) => [repository, decision, platforms[0]?.basis]),
      [['team/b', 'allow', 'attached']],
    );
    assert.match(result.images.find(({ repository }) => repository === 'team/e')?.reason ?? '', /Nobody attached a report/);
  });

  test('parts are disjoint, and together they are the whole', async () => {
    const files: string[] = [];
    for (const index of [1, 2, 3]) {
      const file = path.join(folder, `part-${String(index)}.jsonl`);
      const { stdout } = await audit([target(), '--shard', `${String(index)}/3`, '--format', 'jsonl']);
      await writeFile(file, stdout);
      files.push(file);
    }
    const merged = parse(await audit(['--merge', '--format', 'json', ...files]));
    const whole = parse(await audit([target(), '--format', 'json']));
    assert.deepEqual({ ...merged, shards: undefined }, { ...whole, shards: undefined });
    assert.deepEqual(merged.shards, ['1/3', '2/3', '3/3']);
    const lacking = await audit(['--merge', '--format', 'json', ...files.slice(0, 2)]);
    assert.equal(lacking.code, 3);
    assert.match(parse(lacking).problems[0]?.message ?? '', /parts 3\/3 is missing/);
    assert.equal((await audit(['--merge', files[0] ?? '', files[0] ?? ''])).code, 2);
  });

  test('a run that was killed goes on where it was', async () => {
    let isHeld = true;
    const asked: string[] = [];
    const proxy = await startRegistryProxy(registry.host, ({ path: of }) => {
      asked.push(of);
      return of.includes('/team/f/') ? { holdWhile: () => isHeld } : {};
    });
    try {
      const as = await signedIn(path.join(folder, 'killed'), registry, proxy.host);
      const state = path.join(folder, 'state.jsonl');
      const args = [`${proxy.host}/team`, '--remote', '--tags', '1.0', '--state', state, '--jobs', '1', '--format', 'json'];
      const main = path.join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');
      const child = spawn(process.execPath, [main, 'policy', 'audit', ...args], { cwd: folder, env: { ...process.env, ...as }, stdio: 'ignore' });
      await waitFor('four repositories', async () => (await readFile(state, 'utf8').catch(() => '')).split('"done"').length > 4);
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('close', resolve));
      // What a crash leaves of a line is no line.
      await writeFile(state, '{"image":{"repository":"team/', { flag: 'a' });
      isHeld = false;
      asked.length = 0;
      const run = await audit(args, as);
      const result = parse(run);
      assert.equal(run.code, 0);
      assert.deepEqual([result.summary.images, result.complete], [5, true]);
      assert.ok(asked.some((of) => of.includes('/team/f/')));
      assert.deepEqual(
        asked.filter((of) => /\/team\/(?:a|b|e|c\/d)\//.test(of)),
        [],
      );
      // A state that has ended is told again without asking anybody.
      asked.length = 0;
      assert.deepEqual(parse(await audit(args, as)), result);
      assert.deepEqual(asked, []);
      const other = await audit(
        [...args.filter((arg) => arg !== '1.0'), 'x'].filter((arg) => arg !== '--tags' && arg !== 'x'),
        as,
      );
      assert.equal(other.code, 2);
      assert.match(other.stderr, /holds another audit/);
    } finally {
      isHeld = false;
      await proxy.close();
    }
  });

  test('who is not let in is told what to do, and named repositories are looked at all the same', async () => {
    const names = path.join(folder, 'names');
    await writeFile(names, '# ours\nteam/a\n\nteam/missing\n');
    const run = await audit([target(), '--remote', '--repositories', names, '--tags', '1.1', '--format', 'json']);
    const result = parse(run);
    assert.equal(run.code, 3);
    assert.deepEqual(told(result), [['team/a', '1.1', 'block']]);
    assert.match(result.problems[0]?.message ?? '', /team\/missing was not looked at/);
    const stranger = await audit([target(), '--format', 'json'], { ...env, DOCKER_CONFIG: path.join(folder, 'nobody') });
    assert.equal(stranger.code, 3);
    assert.match(parse(stranger).problems[0]?.message ?? '', /--repositories FILE/);
  });

  for (const args of [
    [],
    ['x y'],
    ['a/b', '--shard', '0/3'],
    ['a/b', '--shard', '4/3'],
    ['a/b', '--jobs', '0'],
    ['a/b', '--tags', '../x'],
    ['--merge'],
  ]) {
    test(`usage: ${args.join(' ')}`, async () => {
      assert.equal((await audit(args)).code, 2);
    });
  }
});
