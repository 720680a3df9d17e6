import type { ImageInput } from '../engine/engine.ts';
import type { Platform } from '../foundation/model/image.ts';
import { UsageError } from './arguments.ts';

/** How a command line says which image. */
export interface ImageOptions {
  readonly input?: string | undefined;
  readonly remote?: boolean | undefined;
  readonly sbom?: string | undefined;
}

/** Returns where the image is taken from: exactly one of IMAGE, which --remote looks for in its registry, --input and --sbom. @throws {UsageError} */
export function toImageInput(positionals: readonly string[], { input, remote, sbom }: ImageOptions): ImageInput {
  const [image, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`one image at a time; '${more.join(' ')}' is too much`);
  if (image !== undefined && input !== undefined) throw new UsageError('give IMAGE or --input FILE, not both');
  if (input !== undefined && remote === true) throw new UsageError('--remote goes with IMAGE, not with --input');
  if (sbom !== undefined) {
    if (image !== undefined || input !== undefined || remote === true) throw new UsageError('--sbom FILE stands for the image: name no other');
    return { kind: 'sbom', path: sbom };
  }
  if (input !== undefined) return { kind: 'path', path: input };
  if (image === undefined || image === '') throw new UsageError('name an IMAGE of the local engine, or --input FILE');
  return remote === true ? { kind: 'registry', reference: image } : { kind: 'engine', reference: image };
}

/** Returns OS[(VERSION)]/ARCH[/VARIANT] as a platform: linux/arm/v7, windows(10.0.20348)/amd64. @throws {UsageError} */
export function toPlatform(value: string | undefined): Platform | undefined {
  if (value === undefined) return undefined;
  const match = /^([a-z0-9]+)(?:\(([0-9.]+)\))?\/([a-z0-9_]+)(?:\/([a-z0-9.]+))?$/.exec(value);
  const [, os, osVersion, architecture, variant] = match ?? [];
  if (os === undefined || architecture === undefined) throw new UsageError(`--platform is OS/ARCH, such as linux/arm64; not '${value}'`);
  return { os, architecture, ...(variant === undefined ? {} : { variant }), ...(osVersion === undefined ? {} : { osVersion }) };
}
