import { mapInParallel } from '../../foundation/base/in-parallel.ts';
import { MAX_PROJECT_PAGES, MAX_REQUESTS_AT_ONCE } from '../../foundation/base/limits.ts';
import { isRecord, memberOf, parseJson, textOf, toShowable, type JsonRecord } from '../../registry/json.ts';
import { formatReference, registryNamespaceOf, type ImageReference } from '../../registry/reference.ts';
import { PolicyError, type NamespacePolicy, type ProviderContext } from '../provider.ts';
import { createAlibabaApi, type AlibabaApi } from './api.ts';
import type { AlibabaFacts, DenyPolicy } from './decide.ts';

/** Instance name and region stand in the host. */
const ENTERPRISE = /^([a-z0-9][a-z0-9-]*?)-registry(?:-vpc)?\.([a-z0-9-]+)\.cr\.aliyuncs\.com$/;
/** The Personal Edition, in its old and its new form: it has no delivery chains. */
const PERSONAL = /^registry(?:-vpc|-internal)?\.[a-z0-9-]+\.aliyuncs\.com$|^crpi-[a-z0-9]+(?:-vpc)?\.[a-z0-9-]+\.personal\.cr\.aliyuncs\.com$/;
const PAGE = 30;
const SCANNING = 'VULNERABILITY_SCANNING';

/** True for the host names of Alibaba Cloud Container Registry, Personal and Enterprise. Custom domains have to be named in the configuration. */
export function isAlibabaRegistry(registry: string): boolean {
  return ENTERPRISE.test(registry) || PERSONAL.test(registry);
}

/**
 * Returns what the delivery chains of a repository stop at. They do not keep anybody from pulling: a chain that stops does not go on to replicate or to deploy.
 * @throws {PolicyError} @see ListChain and GetChain of version 2018-12-01
 */
export async function readAlibabaPolicy(reference: ImageReference, context: ProviderContext): Promise<NamespacePolicy> {
  if (PERSONAL.test(reference.registry))
    return toPolicy({ repository: reference.repository, edition: 'personal', chains: [] }, { edition: 'personal' });
  const namespace = registryNamespaceOf(reference);
  if (namespace === undefined)
    throw new PolicyError(
      'unsupported',
      `${formatReference(reference)} names no ACR namespace; tag the image as ${reference.registry}/NAMESPACE/${reference.repository}`,
    );
  const key = await context.cloudKey('alibaba');
  if (key?.kind !== 'key-pair') {
    throw new PolicyError(
      'unauthenticated',
      `the delivery chains of ${reference.registry} are told only to an access key of Alibaba Cloud, which the sign-in of docker is not: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET to a key that may do cr:ListInstance, cr:ListChain and cr:GetChain`,
    );
  }
  const [, instanceName, hostRegion] = ENTERPRISE.exec(reference.registry) ?? [];
  const region = hostRegion ?? key.region;
  if (region === undefined)
    throw new PolicyError('unsupported', `the host ${reference.registry} does not tell its region: set ALIBABA_CLOUD_REGION_ID`);
  const api = createAlibabaApi(key, region, context);
  const instanceId = await findInstance(api, instanceName, reference.registry);
  const repository = reference.repository.slice(namespace.length + 1);
  const chains = await readChains(api, instanceId, namespace, repository);
  const facts: AlibabaFacts = {
    repository: reference.repository,
    edition: 'enterprise',
    chains: chains.flatMap((chain) => toDenyPolicies(chain, repository)),
  };
  return toPolicy(facts, { instanceId, chains });
}

function toPolicy(facts: AlibabaFacts, raw: unknown): NamespacePolicy {
  const scanner = facts.chains.find(({ scanEngine }) => scanEngine !== undefined)?.scanEngine;
  return {
    policy: {
      enabled: facts.chains.length > 0,
      severity: facts.chains.map(({ level }) => level).find((level) => level !== '') ?? '',
      allowlist: [],
      raw,
    },
    expiredAllowlist: [],
    problems: [],
    ...(scanner === undefined ? {} : { decidedBy: { name: scanner === 'SAS_SCAN_SERVICE' ? 'Security Center' : scanner } }),
    extra: { ...facts },
  };
}

/** A custom domain tells no instance's name: then the account must have one instance only. */
async function findInstance(api: AlibabaApi, name: string | undefined, registry: string): Promise<string> {
  const instances = await listAll(api, 'ListInstance', 'Instances', 'InstanceId', name === undefined ? {} : { InstanceName: name });
  const fitting = name === undefined ? instances : instances.filter((instance) => textOf(instance, 'InstanceName') === name);
  const id = fitting.length === 1 ? textOf(fitting[0], 'InstanceId') : undefined;
  if (id !== undefined) return id;
  throw new PolicyError(
    'not-found',
    fitting.length > 1
      ? `the host ${registry} does not tell which of the account's ${fitting.length} registry instances it is: use the instance's own host name`
      : `no registry instance of this account goes by ${registry}: the access key belongs to another account, or may not see it (cr:ListInstance)`,
  );
}

async function readChains(api: AlibabaApi, instanceId: string, namespace: string, repository: string): Promise<readonly JsonRecord[]> {
  const listed = await listAll(api, 'ListChain', 'Chains', 'ChainId', { InstanceId: instanceId, RepoNamespaceName: namespace, RepoName: repository });
  return mapInParallel(listed, MAX_REQUESTS_AT_ONCE, (chain) =>
    api.call('GetChain', { InstanceId: instanceId, ChainId: textOf(chain, 'ChainId') ?? '' }),
  );
}

async function listAll(
  api: AlibabaApi,
  action: string,
  member: string,
  identity: string,
  parameters: Readonly<Record<string, string>>,
): Promise<readonly JsonRecord[]> {
  const found = new Map<string, JsonRecord>();
  for (let page = 1; page <= MAX_PROJECT_PAGES; page += 1) {
    const answer = await api.call(action, { ...parameters, PageNo: String(page), PageSize: String(PAGE) });
    const records = memberOf(answer, member);
    // Read as an empty list, an answer without one would say that there is no policy.
    if (!Array.isArray(records) || !records.every(isRecord))
      throw new PolicyError('malformed', `Alibaba Cloud's answer to ${action} has no ${member}`);
    const known = found.size;
    for (const record of records) {
      const id = textOf(record, identity);
      if (id === undefined) throw new PolicyError('malformed', `Alibaba Cloud's answer to ${action} has an entry without ${identity}`);
      found.set(id, record);
    }
    const total = memberOf(answer, 'TotalCount');
    const isAll = typeof total === 'number' ? found.size >= total : records.length < PAGE;
    if (isAll) return [...found.values()];
    if (found.size === known) break;
  }
  throw new PolicyError('malformed', `Alibaba Cloud's answers to ${action} end before all that they count was listed`);
}

/** The scanning nodes of an active chain that can stop it. A chain's settings come as an object, or as the text of one. */
function toDenyPolicies(chain: JsonRecord, repository: string): readonly DenyPolicy[] {
  const stored = memberOf(chain, 'ChainConfig');
  const config = typeof stored === 'string' ? parseJson(stored) : stored;
  if (!isRecord(config))
    throw new PolicyError('malformed', `Alibaba Cloud does not tell what the chain '${textOf(chain, 'Name') ?? ''}' does (ChainConfig)`);
  const excluded = memberOf(chain, 'ScopeExclude');
  if (memberOf(config, 'IsActive') === false || (Array.isArray(excluded) && excluded.includes(repository))) return [];
  const nodes = memberOf(config, 'Nodes');
  // Read as an empty list, a chain without its nodes would stop at nothing.
  if (!Array.isArray(nodes) || !nodes.every((node) => textOf(node, 'NodeName') !== undefined)) throw untold(chain, 'Nodes');
  return nodes.flatMap((node): DenyPolicy[] => {
    if (textOf(node, 'NodeName') !== SCANNING || memberOf(node, 'Enable') === false) return [];
    const settings = memberOf(node, 'NodeConfig') ?? {};
    const deny = memberOf(settings, 'DenyPolicy') ?? {};
    if (!isRecord(settings) || !isRecord(deny)) throw untold(chain, 'DenyPolicy');
    if (Object.keys(deny).length === 0) return [];
    const scanEngine = textOf(settings, 'ScanEngine');
    return [
      {
        chain: textOf(chain, 'Name') ?? '',
        ...toCountRule(deny),
        logic: textOf(deny, 'Logic') ?? '',
        action: textOf(deny, 'Action') ?? '',
        denied: textsOf(memberOf(deny, 'IssueList')),
        needsSecurityCenter: isSet(memberOf(deny, 'BaselineList')) || isSet(memberOf(deny, 'MaliciousList')),
        ...(scanEngine === undefined ? {} : { scanEngine }),
      },
    ];
  });
}

function untold(chain: JsonRecord, member: string): PolicyError {
  return new PolicyError('malformed', `Alibaba Cloud does not tell what the chain '${toShowable(textOf(chain, 'Name') ?? '')}' stops at (${member})`);
}

const KNOWN: ReadonlySet<string> = new Set(['IssueLevel', 'IssueCount', 'Logic', 'Action', 'IssueList', 'BaselineList', 'MaliciousList']);
const LEVELS: ReadonlySet<string> = new Set(['UNKNOWN', 'LOW', 'MEDIUM', 'HIGH']);

/** What is counted, and what of the rule is not understood: a level goes with a count, and the list is one of ids. */
function toCountRule(deny: JsonRecord): Pick<DenyPolicy, 'level' | 'count' | 'unread'> {
  const [level, stated, list] = ['IssueLevel', 'IssueCount', 'IssueList'].map((name) => memberOf(deny, name));
  const count = isSet(stated) ? Number(stated) : Number.NaN;
  const isCount = Number.isSafeInteger(count) && count >= 0;
  const isLevel = typeof level === 'string' && LEVELS.has(level.toUpperCase());
  const isUnread = isSet(level) ? !isLevel || !isCount : isSet(stated) && count !== 0;
  const isList = !isSet(list) || (Array.isArray(list) && list.every((id) => typeof id === 'string'));
  return {
    level: typeof level === 'string' ? level : '',
    ...(isCount ? { count } : {}),
    unread: [
      ...(isUnread ? ['IssueLevel, IssueCount'] : []),
      ...(isList ? [] : ['IssueList']),
      ...Object.keys(deny).filter((name) => !KNOWN.has(name) && isSet(deny[name])),
    ],
  };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
