import { MAX_SBOM_BYTES } from '../../foundation/base/limits.ts';
import { isJsonObject, parseJson, toText } from '../../foundation/formats/json.ts';
import { FileError, readWholeFile } from '../../foundation/io/files.ts';
import type { Parsed } from '../../foundation/base/result.ts';
import type { ImageContents } from '../read-image.ts';
import { toSourceError } from '../sources/docker-archive.ts';
import { ImageSourceError } from '../sources/source.ts';
import type { SbomContents } from './contents.ts';
import { readCycloneDx } from './cyclonedx.ts';
import { readSpdx } from './spdx.ts';

/**
 * Returns what the bill of materials at `path` says, as if the image had been read: its packages, and nothing that only the files themselves could tell.
 * @throws {ImageSourceError} not-found, permission, io, limit-exceeded; not-an-image for a file that is neither CycloneDX nor SPDX as JSON
 */
export async function readSbomFile(path: string): Promise<ImageContents> {
  let bytes: Uint8Array;
  try {
    bytes = await readWholeFile(path, MAX_SBOM_BYTES);
  } catch (error) {
    throw error instanceof FileError ? toSourceError(error) : error;
  }
  const parsed = parseSbom(bytes);
  if (typeof parsed === 'string') throw new ImageSourceError('not-an-image', `${path} is no bill of materials that can be read: ${parsed}.`);
  return toContents(parsed);
}

/** Returns what a bill of materials says, or in words why it is none. */
export function parseSbom(bytes: Uint8Array): Parsed<SbomContents> | string {
  const { value, reason } = parseJson(bytes);
  if (reason !== undefined) return reason;
  if (!isJsonObject(value)) return 'it is not a JSON object';
  if (value['bomFormat'] === 'CycloneDX') return readCycloneDx(value);
  const version = toText(value['spdxVersion']);
  if (version !== undefined) return /^SPDX-2\.[23]$/.test(version) ? readSpdx(value) : `it is ${version.slice(0, 20)}, and SPDX 2.2 and 2.3 are read`;
  return 'it is neither CycloneDX nor SPDX. Both are read as JSON';
}

function toContents({ value, problems }: Parsed<SbomContents>): ImageContents {
  const { name, digest, os, architecture, distro, diffIds, packages } = value;
  const layers = diffIds.map((diffId) => ({ diffId, mediaType: '', sizeBytes: 0 }));
  return {
    source: {
      ...(name !== undefined && { reference: name }),
      ...(digest !== undefined && { digest }),
      platform: { os: os ?? 'linux', architecture: architecture ?? 'unknown' },
      config: {
        env: [],
        entrypoint: [],
        cmd: [],
        exposedPorts: [],
        volumes: [],
        labels: {},
        history: [],
      },
      layers: layers.map((layer) => ({ ...layer, key: undefined })),
      problems: [],
    },
    layers,
    packages,
    hits: [],
    problems: problems.map(({ message }) => ({ code: 'other' as const, message })),
    ...(distro !== undefined && { distro }),
  };
}
