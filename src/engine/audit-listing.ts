import { messageOf } from '../foundation/base/result.ts';
import type { StreamingHttpClient } from '../foundation/io/http.ts';
import { isHarbor } from '../gate/harbor/recognise.ts';
import { listHarborRepositories } from '../gate/harbor/repositories.ts';
import { PolicyError, type ProviderContext } from '../gate/provider.ts';
import { listRepositories } from '../registry/catalog.ts';
import type { RegistryClient } from '../registry/client.ts';
import { findCredential } from '../registry/credentials.ts';
import { RegistryError } from '../registry/error.ts';
import { isRepository } from '../registry/reference.ts';

/** A namespace of a registry: 'registry.example.com', 'team'. */
export interface AuditTarget {
  readonly registry: string;
  readonly namespace: string;
}

export interface ListingAccess {
  readonly client: RegistryClient;
  readonly http: StreamingHttpClient;
  /** What the configuration says that the registry is. */
  readonly provider: string | undefined;
}

/**
 * Yields the repositories of a namespace, as the registry lists them: Harbor's own list of the project, else the registry's catalog.
 * @throws {RegistryError} where there is no list, or not for this account; the message names what to do instead · {PolicyError} where Harbor's list breaks off, or is shorter than Harbor counts
 */
export async function* findRepositories({ registry, namespace }: AuditTarget, access: ListingAccess): AsyncGenerator<string> {
  const context = toContext(registry, namespace, access);
  const [project = ''] = namespace.split('/');
  const isOfHarbor = access.provider === 'harbor' || (access.provider === undefined && (await isHarbor(registry, context).catch(() => false)));
  let refusal: string | undefined;
  if (isOfHarbor) {
    let hasBegun = false;
    try {
      for await (const page of listHarborRepositories(registry, project, context)) {
        hasBegun = true;
        yield* page.filter((name) => name.startsWith(`${namespace}/`) && isRepository(name));
      }
      return;
    } catch (error) {
      // What broke off is not made whole by another list, of which nobody knows how long it should be.
      if (!(error instanceof PolicyError) || hasBegun) throw error;
      refusal = messageOf(error);
    }
  }
  try {
    for await (const page of listRepositories(access.client.session, namespace)) yield* page;
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code === 'aborted') throw error;
    const why = refusal ?? `${registry} does not list its repositories to this account: ${error.message}`;
    throw new RegistryError(error.code, `${why}. Name them in a file, one a line, with --repositories FILE`, { cause: error });
  }
}

function toContext(registry: string, namespace: string, { http, client }: ListingAccess): ProviderContext {
  const { signal } = client.session;
  return {
    http,
    now: new Date(),
    credential: () => findCredential(registry, undefined, `${namespace}/any`),
    cloudKey: () => Promise.resolve(undefined),
    endpoint: () => undefined,
    ...(signal === undefined ? {} : { signal }),
  };
}
