import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { buildImage, toOciLayout, writeFiles } from '../../support/image-builder.ts';
import { runCli, type CliResult } from '../../support/run-cli.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

interface Report {
  readonly status: string;
  readonly image: {
    readonly distro?: { readonly id: string };
    readonly layers: readonly unknown[];
    readonly platform: { readonly architecture: string };
  };
  readonly packages: readonly { readonly name: string; readonly files: readonly string[] }[];
}

const scan = (input: string, ...args: readonly string[]): Promise<CliResult> =>
  runCli(['scan', '--input', input, '--format', 'json', '--no-cache', ...args]);

async function report(result: Promise<CliResult>): Promise<Report> {
  const { stdout, stderr } = await result;
  assert.notEqual(stdout, '', stderr);
  return JSON.parse(stdout) as Report;
}

/** A root file system: a distribution, a package, and a library. */
function makeRoot(t: TestContext): string {
  const root = temporaryDirectory(t);
  for (const folder of ['etc', 'usr/lib', 'lib/apk/db', 'app/node_modules/left-pad']) mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, 'usr/lib/os-release'), 'ID=alpine\nVERSION_ID=3.20.3\n');
  symlinkSync('../usr/lib/os-release', path.join(root, 'etc/os-release'));
  writeFileSync(path.join(root, 'lib/apk/db/installed'), 'C:x\nP:musl\nV:1.2.5-r0\nA:x86_64\nc:abc\n\n');
  writeFileSync(path.join(root, 'app/node_modules/left-pad/package.json'), '{"name":"left-pad","version":"1.3.0"}');
  return root;
}

test('--input DIR: a root file system, whose files are no layers', async (t) => {
  const { image, packages } = await report(scan(makeRoot(t)));
  assert.deepEqual(image.layers, []);
  assert.equal(image.distro?.id, 'alpine');
  assert.deepEqual(
    packages.map(({ name, files }) => [name, files[0]]),
    [
      ['musl', 'lib/apk/db/installed'],
      ['left-pad', 'app/node_modules/left-pad/package.json'],
    ],
  );
});

test('--input DIR: sbom takes one too', async (t) => {
  const { code, stdout, stderr } = await runCli(['sbom', '--input', makeRoot(t)]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /pkg:apk\/alpine\/musl@1\.2\.5-r0\?arch=x86_64&distro=alpine-3\.20\.3/);
});

test('--input DIR: a folder that is no image says what would be one; one that is not there says so', async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(path.join(directory, 'readme.txt'), 'x');
  const refused = await scan(directory);
  assert.equal(refused.code, 3);
  assert.match(refused.stderr, /no index\.json; nor is it a root file system/);
  assert.match((await scan(path.join(directory, 'nowhere'))).stderr, /does not exist\. Check the path/);
});

test('--platform: the nearest variant, the version of Windows, and what there is when nothing fits', async (t) => {
  const directory = temporaryDirectory(t);
  const images = [
    { architecture: 'arm', variant: 'v6' },
    { architecture: 'arm', variant: 'v7' },
    { architecture: 'arm64' },
    { architecture: 'amd64', os: 'windows', osVersion: '10.0.20348.2700' },
  ].map((spec) => buildImage({ layers: [{ files: [{ path: 'a', content: `${spec.architecture}${spec.variant ?? ''}` }] }], ...spec }));
  writeFiles(directory, toOciLayout(images, { nested: true }));
  const picked = async (platform: string): Promise<unknown> => (await report(scan(directory, '--platform', platform))).image.platform;
  assert.deepEqual(await picked('linux/arm/v7'), { os: 'linux', architecture: 'arm', variant: 'v7' });
  assert.deepEqual(await picked('linux/arm/v8'), { os: 'linux', architecture: 'arm', variant: 'v7' });
  assert.deepEqual(await picked('linux/arm64/v8'), { os: 'linux', architecture: 'arm64' });
  assert.deepEqual(await picked('windows/amd64'), { os: 'windows', architecture: 'amd64', osVersion: '10.0.20348.2700' });
  const refused = await scan(directory, '--platform', 'linux/s390x');
  assert.equal(refused.code, 3);
  assert.match(
    refused.stderr,
    /no image for linux\/s390x\. It has: linux\/arm\/v6, linux\/arm\/v7, linux\/arm64, windows\(10\.0\.20348\.2700\)\/amd64\. Choose one/,
  );
  for (const wrong of ['linux', 'linux/', '/amd64', 'linux/amd64/v1/x', 'linux/a b']) {
    const { code, stderr } = await scan(directory, '--platform', wrong);
    assert.equal(code, 2, wrong);
    assert.match(stderr, /platform/i, wrong);
  }
});
