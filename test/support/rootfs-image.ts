import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { buildImage, toDockerArchive } from './image-builder.ts';
import { buildTar } from './tar-builder.ts';

/** Most bytes of an unpacked root filesystem: far more than any of the test data's. */
const MAX_ROOTFS_BYTES = 1024 * 1024 * 1024;

/** Writes the root filesystem `rootfs` (tar.gz or tar.xz; needs `xz` for the latter) as a one-layer `docker save` archive, and returns where. */
export function writeRootfsArchive(rootfs: string, target: string, reference = 'rootfs:test'): string {
  const image = buildImage({
    layers: [{ files: unpackRootfs(rootfs), createdBy: '/bin/sh -c #(nop) ADD file:rootfs in / ' }],
    references: [reference],
    config: { Cmd: ['/bin/sh'] },
  });
  writeFileSync(target, buildTar(toDockerArchive(image)));
  return target;
}

/** Returns the uncompressed tar of a packed root filesystem. */
export function unpackRootfs(rootfs: string): Uint8Array {
  if (!rootfs.endsWith('.xz')) return gunzipSync(readFileSync(rootfs));
  const { stdout, status, error } = spawnSync('xz', ['-dc', rootfs], { maxBuffer: MAX_ROOTFS_BYTES });
  if (status !== 0) throw error ?? new Error(`xz ended with ${String(status)} for ${rootfs}`);
  return stdout;
}
