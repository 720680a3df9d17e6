import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { after, before } from 'node:test';
import type { ImageContents } from '../../src/image/read-image.ts';
import { readImage } from '../../src/image/read-image.ts';
import { analyzers } from '../../src/image/inventory/analyzers.generated.ts';
import { findEngine, inspectEngineImage, listEngineImages, openEngineImage } from '../../src/image/sources/docker-engine.ts';
import { openImagePath } from '../../src/image/sources/open.ts';
import { ImageSourceError } from '../../src/image/sources/source.ts';
import type { DockerEngine } from '../support/docker-engine.ts';
import { dockerBuild, dockerImport, dockerRemove, dockerSave, startDockerEngine, startPrivateEngine } from '../support/docker-engine.ts';
import { needsSharedData, sharedData } from '../support/shared-data.ts';

/** A real Docker engine: what is read from its export is what `docker save` puts into a file. */

const BASE = 'plimsoll-test/image-base:1';
const DERIVED = 'plimsoll-test/image-derived:1';
const DATA = 'rootfs/alpine-3.20.3.tar.gz';
const options = needsSharedData(DATA);

let engine: DockerEngine | undefined;
let unavailable: string | undefined;
let directory = '';

before(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'plimsoll-engine-'));
  if (options.skip !== false) return;
  try {
    engine = await startDockerEngine();
  } catch (error) {
    unavailable = String(error);
    return;
  }
  await dockerImport(engine, sharedData(DATA) ?? '', BASE);
  writeFileSync(path.join(directory, 'package.json'), '{"name":"app","version":"1.0.0"}');
  writeFileSync(
    path.join(directory, 'Dockerfile'),
    `FROM ${BASE}\nENV A=b\nCOPY package.json /srv/node_modules/app/package.json\nRUN rm /lib/apk/db/installed\n`,
  );
  await dockerBuild(engine, directory, DERIVED);
});

after(async () => {
  if (engine !== undefined) {
    await dockerRemove(engine, [DERIVED, BASE]);
    await engine.stop();
  }
  rmSync(directory, { recursive: true, force: true });
});

const scanEngine = (reference: string, host = engine?.host ?? ''): Promise<ImageContents> =>
  readImage(openEngineImage(reference, { host }), { analyzers, detectors: [] });

test('an image of the engine is the image that docker save writes', options, async (t) => {
  if (engine === undefined) {
    t.skip(unavailable);
    return;
  }
  for (const reference of [BASE, DERIVED]) {
    const file = path.join(directory, 'saved.tar');
    await dockerSave(engine, [reference], file);
    const [streamed, saved] = [await scanEngine(reference), await readImage(await openImagePath(file), { analyzers, detectors: [] })];
    assert.deepEqual(streamed.packages, saved.packages);
    assert.deepEqual(streamed.layers, saved.layers);
    assert.deepEqual([streamed.source.reference, streamed.problems], [reference, []]);
  }
  const derived = await scanEngine(DERIVED);
  assert.deepEqual(
    derived.packages.map(({ purl, layer }) => [purl, layer]),
    [['pkg:npm/app@1.0.0', 1]],
  );
  assert.match(derived.layers[2]?.createdBy ?? '', /rm \/lib\/apk/);
});

test('lists, descriptions, ids, and what is not there', options, async (t) => {
  if (engine === undefined) {
    t.skip(unavailable);
    return;
  }
  const found = await findEngine({ host: engine.host });
  const listed = (await listEngineImages(found)).find(({ references }) => references.includes(BASE));
  const details = await inspectEngineImage(found, BASE);
  assert.equal(listed?.id, details.id);
  assert.equal(details.platform?.os, 'linux');
  assert.equal((await scanEngine(details.id.slice(7, 19))).source.reference, BASE);
  await assert.rejects(scanEngine('plimsoll-test/nothing:1'), (error) => error instanceof ImageSourceError && error.code === 'not-found');
});

test(
  'an engine that is stopped while it sends',
  { skip: process.getuid?.() === 0 ? options.skip : 'only root may start an engine to stop' },
  async (t) => {
    let own: DockerEngine;
    try {
      own = await startPrivateEngine();
    } catch (error) {
      t.skip(String(error));
      return;
    }
    t.after(() => own.stop());
    await dockerImport(own, sharedData(DATA) ?? '', BASE);
    const source = openEngineImage(BASE, { host: own.host });
    const stopped: ReturnType<typeof source.read> = source.read(
      {
        stream: async (_key, bytes) => {
          await bytes[Symbol.asyncIterator]().return?.();
          await own.stop();
        },
        seekable: () => Promise.reject(new Error('an engine sends streams')),
      },
      {},
    );
    await assert.rejects(
      stopped,
      (error) => error instanceof ImageSourceError && error.code === 'engine-error' && /stopped sending/.test(error.message),
    );
    await assert.rejects(
      source.read({ stream: () => Promise.resolve(), seekable: () => Promise.resolve() }, {}),
      (error) => error instanceof ImageSourceError && error.code === 'no-engine',
    );
  },
);
