import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { SourceImage } from '../../src/image/sources/source.ts';
import { openEngineImage } from '../../src/image/sources/docker-engine.ts';
import { readImage } from '../../src/image/read-image.ts';
import { docker, startPrivateEngine, type DockerEngine } from '../support/docker-engine.ts';
import { buildImage, toOciLayout, type BuiltImage } from '../support/image-builder.ts';
import { findOnPath } from '../support/processes.ts';
import { buildTar } from '../support/tar-builder.ts';
import type { TarFile } from '../support/tar-builder.ts';

const REFERENCE = 'docker.io/team/multi:1';
const options =
  process.getuid?.() !== 0
    ? { skip: 'only root may start an engine' }
    : findOnPath('dockerd') === undefined
      ? { skip: 'dockerd is not installed' }
      : {};

/** An engine that keeps its images in containerd, as Docker does from 29 on, and from 23 on where it was asked to. Older ones do not know how: then this says so. */
describe('an engine with the containerd store', options, () => {
  let engine: DockerEngine | undefined;
  let missing = '';
  let folder = '';
  const images = ['amd64', 's390x'].map((architecture) =>
    buildImage({ architecture, layers: [{ files: [{ path: 'etc/motd', content: architecture }] }], references: [REFERENCE] }),
  );

  before(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-store-'));
    try {
      engine = await startPrivateEngine({ features: { 'containerd-snapshotter': true } });
    } catch (error) {
      missing = String(error);
      return;
    }
    const information = await docker(engine, ['info', '--format', '{{json .DriverStatus}}']);
    if (!information.includes('io.containerd.snapshotter')) missing = 'this engine has no containerd store';
    else {
      const archive = path.join(folder, 'multi.tar');
      writeFileSync(archive, buildTar(named(images)));
      await docker(engine, ['load', '--input', archive]);
    }
  });
  after(async () => {
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('each platform is read as itself, by the digest that a registry knows it by', async (t) => {
    if (engine === undefined || missing !== '') {
      t.skip(missing);
      return;
    }
    for (const image of images) {
      const architecture = image.spec.architecture ?? '';
      const read = await readFrom(engine, architecture);
      assert.equal(read.digest, image.manifestDigest);
      assert.equal(read.platform.architecture, architecture);
    }
  });

  test('it is known again without an export, and another platform is another image', async (t) => {
    if (engine === undefined || missing !== '') {
      t.skip(missing);
      return;
    }
    const source = openEngineImage('team/multi:1', { surroundings: surroundingsOf(engine) });
    const identify = (architecture: string) => source.identify?.({ platform: { os: 'linux', architecture } });
    assert.equal(await identify('amd64'), await identify('amd64'));
    assert.notEqual(await identify('amd64'), await identify('s390x'));
  });

  async function readFrom(from: DockerEngine, architecture: string): Promise<SourceImage> {
    const source = openEngineImage('team/multi:1', { surroundings: surroundingsOf(from) });
    const contents = await readImage(source, { analyzers: [], programs: [], detectors: [] }, { platform: { os: 'linux', architecture } });
    return contents.source;
  }
});

function surroundingsOf(engine: DockerEngine) {
  return { environment: { DOCKER_HOST: engine.host }, homeDirectory: os.tmpdir(), platform: process.platform };
}

/** As an exporter names the whole index: containerd goes by this annotation. */
function named(images: readonly BuiltImage[]): readonly TarFile[] {
  return toOciLayout(images, { nested: true }).map((file) => {
    if (file.path !== 'index.json') return file;
    const index = JSON.parse(Buffer.from(file.content ?? '').toString()) as { manifests: Record<string, unknown>[] };
    const manifests = index.manifests.map((entry) => ({ ...entry, annotations: { 'io.containerd.image.name': REFERENCE } }));
    return { ...file, content: JSON.stringify({ ...index, manifests }) };
  });
}
