import type { Credential } from '../../registry/credentials.ts';

/**
 * Returns the X-Registry-Auth header of a push: base64url with padding, which Go's decoder wants, of what the engine is to sign in with. Engines refuse a push without the header even where nobody has to sign in.
 * @see https://docs.docker.com/reference/api/engine/#section/Authentication
 */
export function toAuthHeader(credential: Credential | undefined, registry: string): string {
  const json = Buffer.from(JSON.stringify(toAuthConfig(credential, registry)));
  return json.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

function toAuthConfig(credential: Credential | undefined, registry: string): Readonly<Record<string, string>> {
  // Docker's own name for its Hub, which the engine compares.
  const serveraddress = registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
  switch (credential?.kind) {
    case undefined:
      return {};
    case 'basic':
      return { username: credential.username, password: credential.password, serveraddress };
    case 'identity-token':
      return { identitytoken: credential.token, serveraddress };
    case 'registry-token':
      return { registrytoken: credential.token, serveraddress };
  }
}
