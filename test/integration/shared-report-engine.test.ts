import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { ScanReport } from '../../src/foundation/model/report.ts';
import { startFileServer, type FileServer } from '../support/file-server.ts';
import { buildImage } from '../support/image-builder.ts';
import { pushImage, signedIn } from '../support/push-image.ts';
import { needsRegistry, startRegistryServer, type RegistryServer } from '../support/registry-server.ts';
import { runCli } from '../support/run-cli.ts';

const files = [{ path: 'srv/app/node_modules/lodash/package.json', content: JSON.stringify({ name: 'lodash', version: '4.17.11' }) }];
const image = buildImage({ architecture: 'amd64', layers: [{ files, compression: 'gzip' }] });

/** An engine that knows one image, and where it was pulled from; it hands out no image. */
async function startEngine(repoDigests: readonly string[], layers: readonly string[]): Promise<FileServer> {
  return startFileServer((request, response) => {
    const url = request.url ?? '';
    response.setHeader('api-version', '1.41');
    response.setHeader('content-type', 'application/json');
    const details = {
      Id: image.configDigest,
      RepoTags: ['app:1'],
      RepoDigests: repoDigests,
      Os: 'linux',
      Architecture: 'amd64',
      RootFS: { Layers: layers },
      Size: 1,
    };
    if (url.endsWith('/_ping')) response.end('OK');
    else if (url.endsWith('/version')) response.end(JSON.stringify({ ApiVersion: '1.41', MinAPIVersion: '1.24' }));
    else if (url.endsWith('/images/app%3A1/json') || url.endsWith('/images/app:1/json')) response.end(JSON.stringify(details));
    else response.writeHead(500).end('{"message":"no image is handed out"}');
  });
}

describe('an image that was pulled, and a report beside it in the registry', needsRegistry(), () => {
  let registry: RegistryServer;
  let folder: string;
  let env: NodeJS.ProcessEnv;
  let digest: string;
  before(async () => {
    registry = await startRegistryServer();
    folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-shared-'));
    digest = await pushImage(registry, 'team/app', '1.0', image);
    env = await signedIn(folder, registry, registry.host);
    const attached = await runCli(['attach', `${registry.host}/team/app:1.0`], { cwd: folder, env });
    assert.equal(attached.code, 0, attached.stderr);
  });
  after(async () => {
    await registry.close();
    await rm(folder, { recursive: true, force: true });
  });

  const scan = async (repoDigests: readonly string[], layers: readonly string[]) => {
    const engine = await startEngine(repoDigests, layers);
    try {
      const as = { ...env, DOCKER_HOST: `tcp://${engine.host}`, DOCKER_TLS_VERIFY: '' };
      return await runCli(['scan', 'app:1', '--shared-reports', '--format', 'json'], { cwd: folder, env: as });
    } finally {
      await engine.close();
    }
  };
  const layers = image.layers.map(({ diffId }) => diffId);

  test('it is used, under the name that the image has here', async () => {
    const { stdout, stderr, code } = await scan([`${registry.host}/team/app@${digest}`], layers);
    assert.equal(code, 1, stderr);
    const report = JSON.parse(stdout) as ScanReport;
    assert.deepEqual([report.image.reference, report.image.digest, report.origin?.matched], ['app:1', digest, 'theirs']);
    assert.ok(report.findings.some(({ package: installed }) => installed?.name === 'lodash'));
  });
  test('not for an image of other layers, nor for one that was built here', async () => {
    for (const [digests, has] of [
      [[`${registry.host}/team/app@${digest}`], [`sha256:${'0'.repeat(64)}`]],
      [[], layers],
    ] as const) {
      const { stderr, code } = await scan(digests, has);
      assert.equal(code, 3);
      assert.match(stderr, /no image is handed out/);
    }
  });
});
