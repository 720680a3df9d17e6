import { PROBE_TIMEOUT_MS } from '../../foundation/base/limits.ts';
import { HttpError, type HttpResponse } from '../../foundation/io/http.ts';
import { parseChallenges } from '../../registry/challenge.ts';
import { registryOrigin } from '../../registry/session.ts';
import { parseJson, textOf } from '../../registry/json.ts';
import { PolicyError, type ProviderContext } from '../provider.ts';
import { isHostedElsewhere } from '../hosted-registries.ts';
import { toPolicyError } from '../network-error.ts';

const MAX_PROBE_BYTES = 65_536;

/**
 * True when the registry answers as Harbor does: its system information, else its ping, else the name of its token service. Sends no credentials.
 * @throws {PolicyError} when it does not answer at all, so that "is no Harbor" and "cannot be asked" stay two answers
 */
export async function isHarbor(registry: string, context: ProviderContext): Promise<boolean> {
  if (isHostedElsewhere(registry)) return false;
  const info = await probe(registry, '/api/v2.0/systeminfo', context);
  if (info?.status === 200 && isSystemInfo(info.body)) return true;
  const ping = await probe(registry, '/api/v2.0/ping', context);
  if (ping?.status === 200 && new TextDecoder().decode(ping.body).trim().replaceAll('"', '') === 'Pong') return true;
  const root = await probe(registry, '/v2/', context);
  const challenges = parseChallenges(root?.headers['www-authenticate'] ?? '');
  if (challenges.some(({ parameters }) => parameters.get('service') === 'harbor-registry')) return true;
  // Whoever does not answer now may be one all the same.
  const busy = [info, ping, root].find((response) => response?.status === 429) ?? (info !== undefined && info.status >= 500 ? info : undefined);
  if (busy !== undefined)
    throw new PolicyError('server-error', `${registry} answered ${busy.status} when asked what kind of registry it is; try again later`);
  return false;
}

async function probe(registry: string, path: string, { http, signal }: ProviderContext): Promise<HttpResponse | undefined> {
  try {
    return await http.request({
      url: `${registryOrigin(registry)}${path}`,
      headers: { accept: 'application/json' },
      timeoutMs: PROBE_TIMEOUT_MS,
      maxBytes: MAX_PROBE_BYTES,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    // It answers, only not what Harbor answers.
    if (error instanceof HttpError && (error.code === 'malformed' || error.code === 'too-large')) return undefined;
    throw toPolicyError(error, registry);
  }
}

function isSystemInfo(body: Uint8Array): boolean {
  const info = parseJson(body);
  return textOf(info, 'harbor_version') !== undefined || textOf(info, 'auth_mode') !== undefined;
}
