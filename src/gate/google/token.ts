import { sign } from 'node:crypto';
import type { CloudKey } from '../../foundation/model/cloud-key.ts';
import type { Credential } from '../../registry/credentials.ts';
import { parseJson, textOf, toShowable } from '../../registry/json.ts';
import { toPolicyError } from '../network-error.ts';
import { PolicyError, type ProviderContext } from '../provider.ts';

const TOKEN_URL = 'https://oauth2.googleapis.com/token';
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const LIFETIME_SECONDS = 600;

type ServiceAccount = Extract<CloudKey, { kind: 'service-account' }>;
type RefreshToken = Extract<CloudKey, { kind: 'refresh-token' }>;

/**
 * Returns an access token of Google Cloud: the environment's, one made with the account of its tools, else what docker is signed in to the registry with, which is one too (`oauth2accesstoken`, `_json_key`).
 * @throws {PolicyError} when there is nothing to get one with, or it is refused
 */
export async function findAccessToken(registry: string, context: ProviderContext): Promise<string> {
  const key = (await context.cloudKey('google')) ?? fromCredential(await context.credential());
  switch (key?.kind) {
    case 'token':
      return key.token;
    case 'service-account':
      return exchange({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: toAssertion(key, context.now) }, context);
    case 'refresh-token':
      return exchange(toRefreshRequest(key), context);
    default:
      throw new PolicyError(
        'unauthenticated',
        `Binary Authorization for ${registry} is told only to an account of Google Cloud: run 'gcloud auth application-default login' or 'gcloud auth configure-docker ${registry}', or set CLOUDSDK_AUTH_ACCESS_TOKEN; the role roles/binaryauthorization.policyViewer is enough`,
      );
  }
}

/** @see https://cloud.google.com/artifact-registry/docs/docker/authentication */
function fromCredential(credential: Credential | undefined): CloudKey | undefined {
  if (credential?.kind !== 'basic') return undefined;
  const { username, password } = credential;
  if (username === 'oauth2accesstoken') return { kind: 'token', token: password };
  if (username !== '_json_key' && username !== '_json_key_base64') return undefined;
  const account = parseJson(username === '_json_key' ? password : Buffer.from(password, 'base64'));
  const email = textOf(account, 'client_email');
  const privateKey = textOf(account, 'private_key');
  return email === undefined || privateKey === undefined ? undefined : { kind: 'service-account', email, privateKey };
}

/** @see RFC 7523 and https://developers.google.com/identity/protocols/oauth2/service-account */
function toAssertion({ email, privateKey }: ServiceAccount, now: Date): string {
  const issued = Math.floor(now.getTime() / 1000);
  const claims = { iss: email, scope: SCOPE, aud: TOKEN_URL, iat: issued, exp: issued + LIFETIME_SECONDS };
  const unsigned = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  try {
    return `${unsigned}.${sign('sha256', Buffer.from(unsigned), privateKey).toString('base64url')}`;
  } catch (error) {
    throw new PolicyError('unauthenticated', `the private key of the account ${toShowable(email)} cannot be used: download its key file again`, {
      cause: error,
    });
  }
}

function toRefreshRequest({ clientId, clientSecret, refreshToken }: RefreshToken): Readonly<Record<string, string>> {
  return { grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken };
}

async function exchange(request: Readonly<Record<string, string>>, context: ProviderContext): Promise<string> {
  const { http, signal } = context;
  const named = context.endpoint('google');
  try {
    const { status, body } = await http.request({
      method: 'POST',
      url: named === undefined ? TOKEN_URL : `${named.replace(/\/+$/, '')}/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(request).toString(),
      ...(signal === undefined ? {} : { signal }),
    });
    const answer = parseJson(body);
    const token = textOf(answer, 'access_token') ?? '';
    // Held to visible ASCII: it becomes part of a header.
    if (status === 200 && /^[\x21-\x7e]+$/.test(token)) return token;
    const said = toShowable(textOf(answer, 'error_description') ?? textOf(answer, 'error') ?? String(status));
    throw new PolicyError(
      'unauthenticated',
      `Google Cloud refused to sign the account in (“${said}”): run 'gcloud auth application-default login' again`,
    );
  } catch (error) {
    throw toPolicyError(error, 'Google Cloud');
  }
}
