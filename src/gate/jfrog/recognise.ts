import { PROBE_TIMEOUT_MS } from '../../foundation/base/limits.ts';
import { HttpError } from '../../foundation/io/http.ts';
import { registryOrigin } from '../../registry/session.ts';
import { isHostedElsewhere } from '../hosted-registries.ts';
import { toPolicyError } from '../network-error.ts';
import { PolicyError, type ProviderContext } from '../provider.ts';

const MAX_PROBE_BYTES = 65_536;

/**
 * True for JFrog's own hosts, and where the registry says on its ping that it is Artifactory. Sends no credentials.
 * @throws {PolicyError} when it does not answer at all
 */
export async function isArtifactory(registry: string, { http, signal }: ProviderContext): Promise<boolean> {
  if (registry.endsWith('.jfrog.io')) return true;
  if (isHostedElsewhere(registry)) return false;
  try {
    const { status, headers } = await http.request({
      url: `${registryOrigin(registry)}/artifactory/api/system/ping`,
      headers: { accept: '*/*' },
      timeoutMs: PROBE_TIMEOUT_MS,
      maxBytes: MAX_PROBE_BYTES,
      ...(signal === undefined ? {} : { signal }),
    });
    const isIts = headers['x-jfrog-version']?.startsWith('Artifactory/') === true || headers['x-artifactory-id'] !== undefined;
    if (!isIts && status === 429)
      throw new PolicyError('server-error', `${registry} answered 429 when asked what kind of registry it is; try again later`);
    return isIts;
  } catch (error) {
    if (error instanceof HttpError && (error.code === 'malformed' || error.code === 'too-large')) return false;
    throw toPolicyError(error, registry);
  }
}
