import { MAX_PROJECT_PAGES } from '../../foundation/base/limits.ts';
import { isLoopbackHost } from '../../foundation/io/loopback.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { CloudKey } from '../../foundation/model/cloud-key.ts';
import { isRecord, memberOf, parseJson, textOf, toShowable, type JsonRecord } from '../../registry/json.ts';
import { formatReference, registryNamespaceOf, type ImageReference } from '../../registry/reference.ts';
import { parseAllowlist } from '../harbor/allowlist.ts';
import type { HarborFacts } from '../harbor/decide.ts';
import { toPolicyError } from '../network-error.ts';
import { PolicyError, type NamespacePolicy, type ProviderContext } from '../provider.ts';
import { signSdkHmac } from './sign.ts';

/** The Enterprise Edition's hosts name the instance, and no region. */
const ENTERPRISE = /\.swr-pro\.myhuaweicloud\.(?:com|eu)$/;
/** The shared service names its region, and has no blocking policy. */
const SHARED = /^swr\.[a-z0-9-]+\.myhuaweicloud\.(?:com|eu)$/;
const PAGE = 100;

/** True for the host names of Huawei Cloud's registry. Custom domains have to be named in the configuration. */
export function isHuaweiRegistry(registry: string): boolean {
  return ENTERPRISE.test(registry) || SHARED.test(registry);
}

/**
 * Returns the blocking policy of an SWR Enterprise namespace, which is shaped as Harbor's projects are.
 * @throws {PolicyError} @see https://support.huaweicloud.com/intl/en-us/api-swr2/
 */
export async function readHuaweiPolicy(reference: ImageReference, context: ProviderContext): Promise<NamespacePolicy> {
  if (SHARED.test(reference.registry)) return sharedService(reference);
  const name = registryNamespaceOf(reference);
  if (name === undefined)
    throw new PolicyError(
      'unsupported',
      `${formatReference(reference)} names no SWR namespace; tag the image as ${reference.registry}/NAMESPACE/${reference.repository}`,
    );
  const api = await signIn(reference.registry, context);
  const instance = await findInstance(api, reference.registry);
  const namespace = await api.get(`/instances/${encodeURIComponent(instance)}/namespaces/${encodeURIComponent(name)}`);
  return toPolicy(namespace, name, context.now);
}

type HuaweiKey = Extract<CloudKey, { kind: 'key-pair' | 'token' }>;

interface HuaweiApi {
  get(path: string, query?: Readonly<Record<string, string>>): Promise<JsonRecord>;
}

async function signIn(registry: string, context: ProviderContext): Promise<HuaweiApi> {
  const key = await context.cloudKey('huawei');
  if ((key?.kind !== 'key-pair' && key?.kind !== 'token') || key.project === undefined) {
    throw new PolicyError(
      'unauthenticated',
      `the policy of ${registry} is told only to Huawei Cloud's API, which the sign-in of docker does not open: set HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK, HUAWEICLOUD_SDK_REGION and HUAWEICLOUD_SDK_PROJECT_ID (or HUAWEICLOUD_AUTH_TOKEN with the project) to a key that may do swr:instance:list and swr:namespace:get`,
    );
  }
  const host = endpointOf(key, context, registry);
  return { get: (path, query = {}) => send(host, key, `/v2/${encodeURIComponent(key.project ?? '')}${path}`, query, context) };
}

function endpointOf(key: HuaweiKey, context: ProviderContext, registry: string): string {
  const named = context.endpoint('huawei');
  if (named !== undefined) return named.replace(/^https?:\/\//, '').replace(/\/+$/, '');
  const region = key.kind === 'key-pair' ? key.region : undefined;
  if (region !== undefined) return `swr-api.${region}.myhuaweicloud.com`;
  throw new PolicyError(
    'unsupported',
    `the host ${registry} does not tell its region: set HUAWEICLOUD_SDK_REGION, or name the endpoint in the configuration`,
  );
}

async function send(
  host: string,
  key: HuaweiKey,
  path: string,
  query: Readonly<Record<string, string>>,
  context: ProviderContext,
): Promise<JsonRecord> {
  const search = new URLSearchParams(query).toString();
  const shared = { 'content-type': 'application/json' };
  const headers =
    key.kind === 'token'
      ? { ...shared, 'x-auth-token': key.token }
      : signSdkHmac({
          method: 'GET',
          host,
          path: decodeURIComponent(path),
          query,
          headers: { ...shared, ...(key.sessionToken === undefined ? {} : { 'x-security-token': key.sessionToken }) },
          accessKey: key.id,
          secretKey: key.secret,
          date: context.now,
        });
  try {
    const response = await context.http.request({
      url: `${isLoopbackHost(host.replace(/:\d+$/, '')) ? 'http' : 'https'}://${host}${path}${search === '' ? '' : `?${search}`}`,
      headers,
      ...(context.signal === undefined ? {} : { signal: context.signal }),
    });
    const answer = parseJson(response.body);
    if (response.status === 200 && isRecord(answer)) return answer;
    throw toRefusal(response.status, answer, host);
  } catch (error) {
    throw toPolicyError(error, host);
  }
}

function toRefusal(status: number, answer: unknown, host: string): PolicyError {
  const said = toShowable([textOf(answer, 'error_code'), textOf(answer, 'error_msg')].filter((text) => text !== undefined).join(' '));
  const told = `${host} answered ${status}${said === '' ? '' : ` (“${said}”)`}`;
  if (status === 401) return new PolicyError('unauthenticated', `${told}: the key or token is not accepted, or this machine's clock is wrong`);
  if (status === 403)
    return new PolicyError(
      'forbidden',
      `${told}: the key may not read this; the least that will do is swr:instance:list, swr:instance:get and swr:namespace:get`,
    );
  if (status === 404) return new PolicyError('not-found', `${told}: there is no such instance or namespace that this account may see`);
  if (status === 429) return new PolicyError('server-error', `${told}: too many requests, try again in a minute`);
  return new PolicyError(status >= 500 ? 'server-error' : 'malformed', `${told}: not an answer that a policy can be read from`);
}

/** By its access address; where none is told, by the name that the host begins with, if only one fits. */
async function findInstance(api: HuaweiApi, registry: string): Promise<string> {
  const found = new Map<string, JsonRecord>();
  for (let page = 0; page < MAX_PROJECT_PAGES; page += 1) {
    const instances = memberOf(await api.get('/instances', { limit: String(PAGE), offset: String(page * PAGE) }), 'instances');
    if (!Array.isArray(instances) || !instances.every(isRecord)) throw new PolicyError('malformed', "Huawei Cloud's answer has no list of instances");
    const known = found.size;
    for (const instance of instances) found.set(textOf(instance, 'id') ?? '', instance);
    if (instances.length < PAGE || found.size === known) break;
  }
  const host = registry.toLowerCase();
  const addressed = [...found].filter(([, instance]) => addressesOf(instance).includes(host));
  const named = [...found].filter(
    ([, instance]) => addressesOf(instance).length === 0 && host.startsWith(`${textOf(instance, 'name')?.toLowerCase() ?? ''}-`),
  );
  const [only, ...others] = addressed.length > 0 ? addressed : named;
  if (only !== undefined && others.length === 0) return only[0];
  throw new PolicyError(
    'not-found',
    `no single registry instance of this account goes by ${registry}: the key belongs to another account or project, or may not see it (swr:instance:list)`,
  );
}

function addressesOf(instance: JsonRecord): readonly string[] {
  return ['access_address', 'public_endpoint', 'internal_endpoint'].flatMap((member) => {
    const address = textOf(instance, member)
      ?.toLowerCase()
      .replace(/^https?:\/\//, '');
    return address === undefined || address === '' ? [] : [address];
  });
}

function toPolicy(namespace: JsonRecord, name: string, now: Date): NamespacePolicy {
  const metadata = memberOf(namespace, 'metadata');
  if (!isRecord(metadata) || textOf(namespace, 'name') !== name)
    throw new PolicyError('malformed', `Huawei Cloud does not say what namespace '${name}' blocks (metadata)`);
  if (!/^(?:true|false)$/i.test(String(memberOf(metadata, 'prevent_vul'))))
    throw new PolicyError('malformed', `Huawei Cloud does not say whether namespace '${name}' blocks vulnerable images (prevent_vul)`);
  const problems: Problem[] = [];
  const stored = memberOf(namespace, 'cve_allowlist');
  const allowlist = parseAllowlist(isRecord(stored) ? stored : { items: [] }, now, problems);
  const expired = allowlist?.expired === true;
  const facts: HarborFacts = { owner: "SWR's namespace", project: name, allowlistRead: allowlist !== undefined, signatures: [] };
  return {
    policy: {
      enabled: isTrue(metadata, 'prevent_vul'),
      severity: textOf(metadata, 'severity') ?? '',
      allowlist: expired ? [] : (allowlist?.entries ?? []),
      raw: namespace,
    },
    expiredAllowlist: expired ? allowlist.entries : [],
    problems,
    scansOnPush: isTrue(metadata, 'auto_scan'),
    extra: { ...facts },
  };
}

function isTrue(metadata: JsonRecord, key: string): boolean {
  const value = memberOf(metadata, key);
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}

function sharedService({ repository }: ImageReference): NamespacePolicy {
  const facts: HarborFacts = {
    owner: "SWR's shared service, organization",
    project: repository.split('/', 1)[0] ?? '',
    allowlistRead: true,
    signatures: [],
  };
  return {
    policy: { enabled: false, severity: '', allowlist: [], raw: { edition: 'shared' } },
    expiredAllowlist: [],
    problems: [],
    extra: { ...facts },
  };
}
