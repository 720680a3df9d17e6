import type { HttpResponse } from '../../foundation/io/http.ts';
import { registryOrigin, toBasic } from '../../registry/session.ts';
import type { CloudKey } from '../../foundation/model/cloud-key.ts';
import type { Credential } from '../../registry/credentials.ts';
import { isRecord, parseJson, textOf, toShowable, type JsonRecord } from '../../registry/json.ts';
import { toPolicyError } from '../network-error.ts';
import { PolicyError, type ProviderContext } from '../provider.ts';

export interface ApiAnswer {
  readonly status: number;
  /** Undefined when it is no JSON. */
  readonly body: unknown;
}

/** The interface of a JFrog platform: Artifactory's below /artifactory, Xray's below /xray. */
export interface ArtifactoryApi {
  /** Returns any answer. @throws {PolicyError} when there is none */
  ask(path: string): Promise<ApiAnswer>;
  /** Returns a list, which `role` is needed for. @throws {PolicyError} */
  list(path: string, what: string, role: string): Promise<readonly JsonRecord[]>;
  /** Returns an answer that can be done without: undefined when it is refused. */
  tryGet(path: string): Promise<unknown>;
  refusal(answer: ApiAnswer, what: string, role: string): PolicyError;
}

/** Returns the platform that `registry` is a part of, asked with a token of its own or what docker is signed in with there. */
export async function createArtifactoryApi(registry: string, context: ProviderContext): Promise<ArtifactoryApi> {
  const origin = (context.endpoint('jfrog') ?? registryOrigin(registry)).replace(/\/+$/, '');
  const isElsewhere = context.endpoint('jfrog') !== undefined;
  const key = await context.cloudKey('jfrog');
  // What docker is signed in with is for the registry itself, not for an address that stands in for it.
  const authorization = isElsewhere
    ? toAuthorization(key?.kind === 'token' ? key.token : undefined, undefined)
    : toAuthorization(tokenFor(origin, key), await context.credential());
  const { http, signal } = context;
  const ask = async (path: string): Promise<ApiAnswer> => {
    let response: HttpResponse;
    try {
      response = await http.request({
        url: `${origin}${path}`,
        headers: { accept: 'application/json', ...authorization },
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (error) {
      throw toPolicyError(error, registry);
    }
    return { status: response.status, body: parseJson(response.body) };
  };
  const refusal = ({ status, body }: ApiAnswer, what: string, role: string): PolicyError => {
    const said = messageIn(body);
    const answered = `${registry} answered ${status} when asked for ${what}${said === '' ? '' : ` (“${said}”)`}`;
    if (status === 401)
      return new PolicyError(
        'unauthenticated',
        `${answered}: sign in with 'docker login ${registry}', or set JF_URL and JF_ACCESS_TOKEN to a token of a user with the role '${role}'`,
      );
    if (status === 403) return new PolicyError('forbidden', `${answered}: the user needs the role '${role}' in Xray`);
    if (status === 404) return new PolicyError('unsupported', `${answered}: no Xray answers there, so that its policy is not known`);
    return new PolicyError(status >= 500 || status === 429 ? 'server-error' : 'malformed', `${answered}; try again later`);
  };
  return {
    ask,
    refusal,
    async list(path, what, role) {
      const answer = await ask(path);
      if (answer.status !== 200) throw refusal(answer, `its ${what}`, role);
      if (!Array.isArray(answer.body) || !answer.body.every(isRecord))
        throw new PolicyError('malformed', `${registry} does not answer with its ${what} as Xray does`);
      return answer.body;
    },
    async tryGet(path) {
      const { status, body } = await ask(path);
      return status === 200 ? body : undefined;
    },
  };
}

/** A token from the environment is for the platform that JF_URL names: another one, that only says it is Artifactory, does not get it. */
function tokenFor(origin: string, key: CloudKey | undefined): string | undefined {
  if (key?.kind !== 'token' || key.url === undefined) return undefined;
  return URL.parse(key.url)?.origin === URL.parse(origin)?.origin ? key.token : undefined;
}

function toAuthorization(token: string | undefined, credential: Credential | undefined): Readonly<Record<string, string>> {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (credential === undefined) return {};
  return { authorization: credential.kind === 'basic' ? toBasic(credential) : `Bearer ${credential.token}` };
}

/** Xray says `error`, Artifactory `errors`. */
function messageIn(body: unknown): string {
  const errors = isRecord(body) ? body.errors : undefined;
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  return toShowable(textOf(body, 'error') ?? textOf(first, 'message') ?? '');
}
