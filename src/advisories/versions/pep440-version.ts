/** A version of PEP 440, normalised: numbers are runs of digits without bound, labels are lower case. */
export interface Pep440Version {
  readonly epoch: string;
  readonly release: readonly string[];
  readonly pre?: { readonly phase: 'a' | 'b' | 'rc'; readonly number: string };
  readonly post?: string;
  readonly dev?: string;
  readonly local: readonly string[];
}

const SHAPE =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;

const phases: Readonly<Record<string, 'a' | 'b' | 'rc'>> = { alpha: 'a', a: 'a', beta: 'b', b: 'b', preview: 'rc', pre: 'rc', c: 'rc', rc: 'rc' };

/** Returns the parts of a PEP 440 version, undefined when it is none. A missing number (1.0a, 1.0.post) counts as zero. @see PEP 440, appendix B */
export function parsePep440(raw: string): Pep440Version | undefined {
  const match = SHAPE.exec(raw.trim().toLowerCase());
  if (match === null) return undefined;
  const [, epoch, release = '0', preWord, preNumber, implicitPost, postWord, postNumber, devWord, devNumber, local] = match;
  const phase = preWord === undefined ? undefined : phases[preWord];
  const post = implicitPost ?? (postWord === undefined ? undefined : postNumber);
  return {
    epoch: epoch ?? '0',
    release: release.split('.'),
    ...(phase !== undefined && { pre: { phase, number: preNumber ?? '0' } }),
    ...(post !== undefined && { post }),
    ...(devWord !== undefined && { dev: devNumber ?? '0' }),
    local: local?.split(/[-_.]/) ?? [],
  };
}
