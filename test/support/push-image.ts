import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BuiltImage } from './image-builder.ts';
import type { RegistryServer } from './registry-server.ts';

const INDEX = 'application/vnd.oci.image.index.v1+json';

/** Pushes a built image and returns its manifest's digest. */
export function pushImage(registry: RegistryServer, repository: string, tag: string, image: BuiltImage): Promise<string> {
  return registry.push(repository, tag, {
    config: image.config,
    layers: image.layers.map(({ mediaType, stored }) => ({ mediaType, bytes: stored })),
  });
}

/** Pushes an index of images that are in the repository. */
export async function pushIndex(
  registry: RegistryServer,
  repository: string,
  tag: string,
  manifests: readonly { readonly digest: string; readonly platform: object }[],
): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${registry.username}:${registry.password}`).toString('base64')}`;
  const entries = await Promise.all(
    manifests.map(async ({ digest, platform }) => {
      const headers = { authorization, accept: 'application/vnd.oci.image.manifest.v1+json' };
      const answer = await fetch(`http://${registry.host}/v2/${repository}/manifests/${digest}`, { headers });
      const bytes = await answer.arrayBuffer();
      return { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size: bytes.byteLength, platform };
    }),
  );
  const response = await fetch(`http://${registry.host}/v2/${repository}/manifests/${tag}`, {
    method: 'PUT',
    headers: { authorization, 'content-type': INDEX },
    body: JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: entries }),
  });
  if (!response.ok) throw new Error(`the index was refused: ${await response.text()}`);
}

/** Returns the environment of somebody whom `docker login` signed in to these hosts. */
export async function signedIn(folder: string, { username, password }: RegistryServer, ...hosts: readonly string[]): Promise<NodeJS.ProcessEnv> {
  const docker = path.join(folder, 'docker');
  await mkdir(docker, { recursive: true });
  const auth = Buffer.from(`${username}:${password}`).toString('base64');
  await writeFile(path.join(docker, 'config.json'), JSON.stringify({ auths: Object.fromEntries(hosts.map((host) => [host, { auth }])) }));
  return { DOCKER_CONFIG: docker, DOCKER_AUTH_CONFIG: '', PLIMSOLL_CACHE_DIR: path.join(folder, 'cache') };
}
