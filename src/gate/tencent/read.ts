import { MAX_ALLOWLIST_ENTRIES, MAX_PROJECT_PAGES } from '../../foundation/base/limits.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import { isRecord, memberOf, textOf, type JsonRecord } from '../../registry/json.ts';
import { formatReference, registryNamespaceOf, type ImageReference } from '../../registry/reference.ts';
import { PolicyError, type NamespacePolicy, type ProviderContext } from '../provider.ts';
import { createTencentApi, type TencentApi } from './api.ts';
import type { TencentFacts } from './decide.ts';

/** The Personal Edition, in every region: one registry for all, without policies. */
const PERSONAL = /(?:^|\.)(?:[a-z0-9-]*ccr)\.ccs\.tencentyun\.com$/;
const ENTERPRISE = /\.tencentcloudcr\.com$/;
/** Any region answers for all of them when AllRegion is set. */
const ANY_REGION = 'ap-guangzhou';
const PAGE = 100;

interface Instance {
  readonly id: string;
  readonly region: string;
}

/** True for the host names of Tencent Container Registry, Personal and Enterprise. Custom domains have to be named in the configuration. */
export function isTencentRegistry(registry: string): boolean {
  return PERSONAL.test(registry) || ENTERPRISE.test(registry);
}

/**
 * Returns the blocking policy of a TCR namespace. The host tells the instance's name but not its region, which is asked for first.
 * @throws {PolicyError} @see the models of version 2019-09-24: TcrNamespaceInfo, Registry
 */
export async function readTencentPolicy(reference: ImageReference, context: ProviderContext): Promise<NamespacePolicy> {
  if (PERSONAL.test(reference.registry)) return personalEdition();
  const name = registryNamespaceOf(reference);
  if (name === undefined)
    throw new PolicyError(
      'unsupported',
      `${formatReference(reference)} names no TCR namespace; tag the image as ${reference.registry}/NAMESPACE/${reference.repository}`,
    );
  const key = await context.cloudKey('tencent');
  if (key?.kind !== 'key-pair') {
    throw new PolicyError(
      'unauthenticated',
      `the policy of ${reference.registry} is told only to an API key of Tencent Cloud, which the sign-in of docker is not: set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY to a key that may do tcr:DescribeInstances and tcr:DescribeNamespaces`,
    );
  }
  const api = createTencentApi(key, context);
  const instance = await findInstance(api, reference.registry);
  return toPolicy(await findNamespace(api, instance, name), name);
}

function personalEdition(): NamespacePolicy {
  const facts: TencentFacts = { namespace: '', edition: 'personal' };
  return {
    policy: { enabled: false, severity: '', allowlist: [], raw: { edition: 'personal' } },
    expiredAllowlist: [],
    problems: [],
    extra: { ...facts },
  };
}

/** By its public domain, else by a custom one. A replica goes by its primary's domain, and only primaries are listed. */
async function findInstance(api: TencentApi, registry: string): Promise<Instance> {
  const host = registry.toLowerCase();
  const instances = await listAll(api, ANY_REGION, 'DescribeInstances', 'Registries', 'RegistryId', (offset) => ({
    AllRegion: true,
    Limit: PAGE,
    Offset: offset,
  }));
  const byDomain = instances.find((instance) => textOf(instance, 'PublicDomain')?.toLowerCase() === host);
  const found = byDomain ?? (ENTERPRISE.test(host) ? undefined : await findByCustomDomain(api, instances, host));
  const id = textOf(found, 'RegistryId');
  const region = textOf(found, 'RegionName');
  if (id !== undefined && region !== undefined) return { id, region };
  throw new PolicyError(
    'not-found',
    `no registry instance of this account goes by ${registry}: the API key belongs to another account, or may not see it (tcr:DescribeInstances)`,
  );
}

async function findByCustomDomain(api: TencentApi, instances: readonly JsonRecord[], host: string): Promise<JsonRecord | undefined> {
  for (const instance of instances) {
    const id = textOf(instance, 'RegistryId');
    const region = textOf(instance, 'RegionName');
    if (id === undefined || region === undefined) continue;
    const answer = await api.call('DescribeInstanceCustomizedDomain', region, { RegistryId: id, Limit: PAGE, Offset: 0 });
    const domains = memberOf(answer, 'DomainInfoList');
    if (Array.isArray(domains) && domains.some((domain) => textOf(domain, 'DomainName')?.toLowerCase() === host)) return instance;
  }
  return undefined;
}

/** The name is a filter that also lets longer names through: only the exact one counts. Where it is not found so, all are listed. */
async function findNamespace(api: TencentApi, { id, region }: Instance, name: string): Promise<JsonRecord> {
  const filtered = await api.call('DescribeNamespaces', region, { RegistryId: id, NamespaceName: name, Limit: PAGE, Offset: 0 });
  const exact = recordsOf(filtered, 'NamespaceList', 'DescribeNamespaces').find((namespace) => textOf(namespace, 'Name') === name);
  if (exact !== undefined) return exact;
  const all = await listAll(api, region, 'DescribeNamespaces', 'NamespaceList', 'Name', (offset) => ({
    RegistryId: id,
    All: true,
    Limit: PAGE,
    Offset: offset,
  }));
  const found = all.find((namespace) => textOf(namespace, 'Name') === name);
  if (found !== undefined) return found;
  throw new PolicyError(
    'not-found',
    `the registry has no namespace '${name}' that this API key may see (tcr:DescribeNamespaces); check the name, or create it first`,
  );
}

/** Documents and tools disagree on whether an offset counts pages or records: a second page that repeats all but one of the first shows that it counts records. One that brings nothing new is the last. */
async function listAll(
  api: TencentApi,
  region: string,
  action: string,
  member: string,
  identity: string,
  parameters: (offset: number) => JsonRecord,
): Promise<readonly JsonRecord[]> {
  const found = new Map<string, JsonRecord>();
  let countsRecords = action === 'DescribeInstances';
  for (let page = 0; page < MAX_PROJECT_PAGES; page += 1) {
    const records = recordsOf(await api.call(action, region, parameters(countsRecords ? found.size : page)), member, action);
    const known = found.size;
    for (const record of records) found.set(textOf(record, identity) ?? '', record);
    if (records.length < PAGE || found.size === known) break;
    countsRecords ||= page === 1 && found.size === known + 1;
  }
  return [...found.values()];
}

/** An answer without its list is none: read as an empty one, it would say that there is no policy. */
function recordsOf(answer: JsonRecord, member: string, action: string): readonly JsonRecord[] {
  const list = memberOf(answer, member) ?? (memberOf(answer, 'TotalCount') === 0 ? [] : undefined);
  if (!Array.isArray(list) || !list.every(isRecord)) throw new PolicyError('malformed', `Tencent Cloud's answer to ${action} has no ${member}`);
  return list;
}

/** Answers say PreventVUL and AutoScan where requests say IsPreventVUL and IsAutoScan. */
function toPolicy(namespace: JsonRecord, name: string): NamespacePolicy {
  const enabled = memberOf(namespace, 'PreventVUL');
  const scansOnPush = memberOf(namespace, 'AutoScan');
  if (typeof enabled !== 'boolean')
    throw new PolicyError('malformed', `Tencent Cloud does not say whether namespace '${name}' blocks vulnerable images (PreventVUL)`);
  const items = memberOf(namespace, 'CVEWhitelistItems') ?? [];
  const ids: readonly (string | undefined)[] =
    Array.isArray(items) && items.length <= MAX_ALLOWLIST_ENTRIES ? items.map((item) => textOf(item, 'CVEID')) : [undefined];
  const isRead = ids.every((id) => id !== undefined);
  const problems: Problem[] = isRead
    ? []
    : [{ code: 'malformed', message: `The allowlist of namespace '${name}' makes no sense, so that exempt vulnerabilities are not known.` }];
  const facts: TencentFacts = { namespace: name, edition: 'enterprise', allowlistRead: isRead };
  return {
    policy: {
      enabled,
      severity: textOf(namespace, 'Severity') ?? '',
      allowlist: isRead ? ids.map((id) => ({ id })) : [],
      raw: namespace,
    },
    expiredAllowlist: [],
    problems,
    ...(typeof scansOnPush === 'boolean' ? { scansOnPush } : {}),
    extra: { ...facts },
  };
}
