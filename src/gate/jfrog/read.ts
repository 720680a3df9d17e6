import { compareText } from '../../foundation/base/order.ts';
import type { AllowlistEntry } from '../../foundation/model/policy.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import { memberOf, textOf, type JsonRecord } from '../../registry/json.ts';
import type { ImageReference } from '../../registry/reference.ts';
import { PolicyError, type NamespacePolicy, type ProviderContext } from '../provider.ts';
import { createArtifactoryApi, type ArtifactoryApi } from './api.ts';
import { criteriaOf, type XrayFacts, type XrayPolicy } from './decide.ts';
import { readIgnoreRules } from './ignore-rules.ts';
import { blocksDownload, toRules } from './rules.ts';
import { toWatches, watchesOf, type Watch } from './watches.ts';

/**
 * Returns what Xray refuses to let be downloaded from the repository that a reference names: the security policies of the active watches over it, and the ignore rules.
 * @throws {PolicyError} @see https://jfrog.com/help/r/xray-rest-apis
 */
export async function readXrayPolicy(reference: ImageReference, context: ProviderContext): Promise<NamespacePolicy> {
  const api = await createArtifactoryApi(reference.registry, context);
  const repository = await findRepository(reference, api);
  const project = repository.projectKey === undefined ? '' : `?projectKey=${encodeURIComponent(repository.projectKey)}`;
  const [watches, policies, settings, ignoreRules] = await Promise.all([
    listScoped(api, '/xray/api/v2/watches', project, 'watches', 'Manage Watches'),
    listScoped(api, '/xray/api/v2/policies', project, 'policies', 'Manage Policies'),
    // Told to administrators only.
    api.tryGet('/artifactory/api/xrayRepo/getIntegrationConfig'),
    readIgnoreRules(api, repository.projectKey),
  ]);
  const applying = watchesOf(toWatches(watches), repository.key);
  const bound = bindPolicies(applying, policies);
  const overruled =
    memberOf(settings, 'xrayEnabled') === false ? 'xray-disabled' : memberOf(settings, 'xrayAllowBlocked') === true ? 'blocked-allowed' : undefined;
  const ignored = ignoreRules?.forWatches(
    new Set(bound.security.map(({ watch }) => watch)),
    new Set(bound.security.map(({ name }) => name)),
    context.now,
  );
  const facts: XrayFacts = {
    repository: repository.key,
    ...(repository.indexed === undefined ? {} : { indexed: repository.indexed }),
    ...(overruled === undefined ? {} : { overruled }),
    ...(repository.unsure === undefined ? {} : { unsure: repository.unsure }),
    policies: bound.security,
    otherBlocking: bound.other,
    narrowlyIgnored: ignored?.narrow ?? [],
    ignoreRulesRead: ignored !== undefined,
  };
  return toPolicy(facts, ignored?.inForce ?? [], ignored?.expired ?? [], [...repository.problems, ...bound.problems], {
    repository: repository.key,
    watches: applying.map(({ record }) => record),
    policies,
  });
}

function toPolicy(
  facts: XrayFacts,
  allowlist: readonly AllowlistEntry[],
  expiredAllowlist: readonly AllowlistEntry[],
  problems: readonly Problem[],
  raw: unknown,
): NamespacePolicy {
  const blocking = facts.policies.flatMap(({ rules }) => rules.filter((rule) => rule.blocksDownload));
  return {
    policy: {
      enabled: facts.overruled === undefined && (blocking.length > 0 || facts.otherBlocking.length > 0),
      severity: [...new Set(blocking.map(criteriaOf))].join(' or '),
      allowlist,
      raw,
    },
    expiredAllowlist,
    problems,
    ...(facts.indexed === undefined ? {} : { scansOnPush: facts.indexed }),
    decidedBy: { name: 'JFrog Xray' },
    extra: { ...facts },
  };
}

interface FoundRepository {
  readonly key: string;
  readonly indexed?: boolean;
  readonly projectKey?: string;
  /** Why other watches may be over what an image lies in. */
  readonly unsure?: string;
  readonly problems: readonly Problem[];
}

/**
 * The repository's key is the first part of the path, or the first label of the host, as Artifactory is set up. Of a virtual repository, the one that pushes go to is what holds the image.
 */
async function findRepository(reference: ImageReference, api: ArtifactoryApi): Promise<FoundRepository> {
  const [first = ''] = reference.repository.split('/');
  const [label = ''] = reference.registry.split('.');
  const candidates = reference.repository.includes('/') ? [first, label] : [label];
  for (const key of candidates) {
    const answer = await api.ask(`/artifactory/api/repositories/${encodeURIComponent(key)}`);
    if (answer.status === 200 && (textOf(answer.body, 'key') ?? '') !== '') return followVirtual(answer.body, api);
    if (answer.status === 401) throw api.refusal(answer, 'the repository', 'read on the repository');
    // Artifactory says 400 for what is not there. Otherwise it may be there, and not for us to see.
    if (answer.status !== 400 && answer.status !== 404) {
      const message = `Artifactory does not tell of the repository '${key}' (${answer.status}): it is taken for a local repository of that name.`;
      return { key, unsure: `the repository '${key}' is not shown to this user`, problems: [{ code: 'permission', message }] };
    }
  }
  throw new PolicyError(
    'not-found',
    `${reference.registry} has no repository '${candidates.join("' or '")}' that this user may see: an image is named HOST/REPOSITORY/NAME, or REPOSITORY.HOST/NAME`,
  );
}

async function followVirtual(answer: unknown, api: ArtifactoryApi): Promise<FoundRepository> {
  const deployedTo = textOf(answer, 'rclass') === 'virtual' ? textOf(answer, 'defaultDeploymentRepo') : undefined;
  if (deployedTo === undefined || deployedTo === '') return toRepository(answer);
  const local = await api.ask(`/artifactory/api/repositories/${encodeURIComponent(deployedTo)}`);
  return local.status === 200
    ? toRepository(local.body)
    : { key: deployedTo, unsure: `the repository '${deployedTo}' is not shown to this user`, problems: [] };
}

function toRepository(answer: unknown): FoundRepository {
  const indexed = memberOf(answer, 'xrayIndex');
  const projectKey = textOf(answer, 'projectKey');
  const key = textOf(answer, 'key') ?? '';
  const isVirtual = textOf(answer, 'rclass') === 'virtual';
  return {
    key,
    ...(typeof indexed === 'boolean' ? { indexed } : {}),
    ...(projectKey === undefined || projectKey === '' || projectKey === 'default' ? {} : { projectKey }),
    ...(isVirtual ? { unsure: `the virtual repository '${key}' names none that pushes go to` } : {}),
    problems: isVirtual
      ? [{ code: 'other', message: `The virtual repository '${key}' names none that pushes go to: watches over those behind it are not looked at.` }]
      : [],
  };
}

/** Those of everybody, and those of the repository's project. */
async function listScoped(api: ArtifactoryApi, path: string, project: string, what: string, role: string): Promise<readonly JsonRecord[]> {
  const everybodys = await api.list(path, what, role);
  return project === '' ? everybodys : [...everybodys, ...(await api.list(`${path}${project}`, what, role))];
}

interface BoundPolicies {
  readonly security: readonly XrayPolicy[];
  readonly other: readonly string[];
  readonly problems: readonly Problem[];
}

function bindPolicies(watches: readonly Watch[], records: readonly JsonRecord[]): BoundPolicies {
  const byName = new Map(records.map((record) => [`${textOf(record, 'type') ?? ''}\0${textOf(record, 'name') ?? ''}`, record]));
  const security: XrayPolicy[] = [];
  const other = new Set<string>();
  const problems: Problem[] = [];
  for (const watch of watches) {
    for (const { name, type } of watch.policies) {
      const record = byName.get(`${type}\0${name}`);
      if (record === undefined) {
        other.add(`policy '${name}', which this user may not read`);
        problems.push({
          code: 'permission',
          message: `The policy '${name}' of the watch '${watch.name}' cannot be read: what it refuses is not known.`,
        });
      } else if (type !== 'security') {
        if (blocksDownload(record)) other.add(`policy '${name}' (${type.replaceAll('_', ' ')})`);
      } else if (blocksDownload(record)) {
        security.push({ name, watch: watch.name, surelyApplies: watch.surelyApplies, rules: toRules(record) });
      }
    }
  }
  return { security, other: [...other].sort(compareText), problems };
}
