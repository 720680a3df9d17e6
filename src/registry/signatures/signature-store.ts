import type { Digest } from '../../foundation/model/brand.ts';
import type { FetchedManifest, RegistryClient } from '../client.ts';
import { RegistryError } from '../error.ts';
import { listReferrers, type Referrer } from '../referrers.ts';

/** What reading signatures asks of a repository. */
export interface SignatureStore {
  /** Returns the manifest of a tag or digest; undefined when there is none. @throws {RegistryError} */
  manifest(name: { readonly tag: string } | { readonly digest: Digest }): Promise<FetchedManifest | undefined>;
  /** @throws {RegistryError} */
  blob(digest: Digest, maxBytes: number): Promise<Uint8Array>;
  /** @throws {RegistryError} */
  referrers(digest: Digest): Promise<readonly Referrer[]>;
}

/** Returns a repository of a registry as a place where signatures are. */
export function createSignatureStore(client: RegistryClient, repository: string): SignatureStore {
  const { registry } = client.session;
  return {
    async manifest(name) {
      try {
        return await client.getManifest({ registry, repository, ...name });
      } catch (error) {
        if (error instanceof RegistryError && error.code === 'not-found') return undefined;
        throw error;
      }
    },
    blob: (digest, maxBytes) => client.getBlob(repository, digest, maxBytes),
    referrers: (digest) => listReferrers(client, repository, digest),
  };
}
