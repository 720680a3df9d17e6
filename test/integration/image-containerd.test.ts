import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { analyzers } from '../../src/image/inventory/analyzers.generated.ts';
import { readImage } from '../../src/image/read-image.ts';
import { openImagePath } from '../../src/image/sources/open.ts';
import { needs } from '../setup/needs.ts';
import { buildImage, toOciLayout } from '../support/image-builder.ts';
import { findOnPath } from '../support/processes.ts';
import { buildTar } from '../support/tar-builder.ts';
import { waitFor } from '../support/wait.ts';

/** What containerd exports, which is also what an engine hands out that keeps its images in containerd. */

const options =
  process.getuid?.() !== 0
    ? { skip: 'only root may start containerd' }
    : findOnPath('ctr') === undefined
      ? { skip: 'containerd is not installed' }
      : needs('docker');

describe('images that containerd keeps', options, () => {
  let folder = '';
  let daemon: ReturnType<typeof spawn> | undefined;
  const ctr = (...args: readonly string[]): string =>
    execFileSync('ctr', ['--address', path.join(folder, 'socket'), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  const imageFor = (architecture: string): ReturnType<typeof buildImage> =>
    buildImage({
      architecture,
      layers: [
        { files: [{ path: 'app/node_modules/base/package.json', content: '{"name":"base","version":"1.0.0"}' }], compression: 'gzip' },
        {
          files: [{ path: `app/node_modules/${architecture}/package.json`, content: `{"name":"${architecture}","version":"2.0.0"}` }],
          compression: 'zstd',
        },
      ],
    });

  before(async () => {
    // Addresses of sockets are short.
    folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-ctr-'));
    const config = path.join(folder, 'config.toml');
    writeFileSync(config, 'version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]\n');
    const state = ['--root', path.join(folder, 'root'), '--state', path.join(folder, 'state'), '--address', path.join(folder, 'socket')];
    daemon = spawn('containerd', ['--config', config, ...state], { stdio: 'ignore' });
    await waitFor('containerd to answer', () => {
      if (!existsSync(path.join(folder, 'socket'))) return false;
      try {
        ctr('version');
        return true;
      } catch {
        return false;
      }
    });
    const archive = path.join(folder, 'image.tar');
    writeFileSync(archive, buildTar(toOciLayout([imageFor('amd64'), imageFor('s390x')])));
    ctr('images', 'import', '--all-platforms', '--no-unpack', '--index-name', 'example.com/team/app:1.0', archive);
  });

  after(async () => {
    const ended = new Promise((resolve) => daemon?.once('close', resolve));
    daemon?.kill();
    if (daemon !== undefined) await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [name, args, architecture] of [
    ['one platform', ['--platform', 's390x'], 's390x'],
    ['all platforms', ['--all-platforms'], 's390x'],
    ['all platforms, without the form of docker save', ['--all-platforms', '--skip-manifest-json'], 'amd64'],
  ] as const) {
    test(`exported with ${name}`, async () => {
      const [reference = ''] = ctr('images', 'list', '--quiet').trim().split('\n');
      const exported = path.join(folder, `${name.length}.tar`);
      ctr('images', 'export', ...args, exported, reference);
      const wanted = { os: 'linux', architecture };
      const contents = await readImage(await openImagePath(exported), { analyzers, detectors: [] }, { platform: wanted });
      assert.deepEqual(
        contents.packages.map((found) => found.name),
        [architecture, 'base'].sort(),
      );
      assert.deepEqual([contents.source.platform, contents.problems], [wanted, []]);
      assert.equal(contents.source.digest, imageFor(architecture).manifestDigest);
    });
  }
});
