import { MAX_LIST_PAGES } from '../../foundation/base/limits.ts';
import { registryOrigin, toBasic } from '../../registry/session.ts';
import { parseJson, textOf } from '../../registry/json.ts';
import { toPolicyError } from '../network-error.ts';
import { PolicyError, type ProviderContext } from '../provider.ts';

const PAGE_SIZE = 100;

/**
 * Returns the repositories of a project, page by page: 'team/app'. Harbor lists all of a registry's to its administrators only, and those of a project to whoever may read it.
 * @throws {PolicyError} 'forbidden' at the end of a list that is shorter than Harbor counts, too @see https://github.com/goharbor/harbor/blob/main/api/v2.0/swagger.yaml listRepositories
 */
export async function* listHarborRepositories(registry: string, project: string, context: ProviderContext): AsyncGenerator<readonly string[]> {
  const credential = await context.credential();
  const headers = {
    accept: 'application/json',
    // A name of digits alone would be taken for a project's number.
    ...(/^\d+$/.test(project) ? { 'x-is-resource-name': 'true' } : {}),
    ...(credential?.kind === 'basic' ? { authorization: toBasic(credential) } : {}),
  };
  const seen = new Set<string>();
  let total: number | undefined;
  for (let page = 1; page <= MAX_LIST_PAGES; page += 1) {
    const url = `${registryOrigin(registry)}/api/v2.0/projects/${encodeURIComponent(project)}/repositories?page=${page}&page_size=${PAGE_SIZE}`;
    const answer = await askForPage(url, headers, registry, project, context);
    total = answer.total ?? total;
    const fresh = answer.names.filter((name) => !seen.has(name));
    for (const name of fresh) seen.add(name);
    yield fresh;
    // A page of what was told before is one of an endless row.
    if (fresh.length === 0 || (total === undefined ? answer.names.length < PAGE_SIZE : seen.size >= total)) {
      assertAll(seen.size, total, registry, project);
      return;
    }
  }
  throw new PolicyError('malformed', `${registry} names more than ${MAX_LIST_PAGES} pages of repositories for project '${project}'`);
}

/** Harbor counts those, too, that it does not tell to an account, such as a robot's. */
function assertAll(told: number, total: number | undefined, registry: string, project: string): void {
  if (total === undefined || told >= total) return;
  throw new PolicyError(
    'forbidden',
    `${registry} told ${told} of the ${total} repositories of project '${project}': the others were not looked at. Use an account that may see all of them, or name them with --repositories FILE`,
  );
}

interface RepositoryPage {
  readonly names: readonly string[];
  /** How many there are, where Harbor says so. */
  readonly total?: number;
}

async function askForPage(
  url: string,
  headers: Readonly<Record<string, string>>,
  registry: string,
  project: string,
  { http, signal }: ProviderContext,
): Promise<RepositoryPage> {
  const response = await http.request({ url, headers, ...(signal === undefined ? {} : { signal }) }).catch((error: unknown) => {
    throw toPolicyError(error, registry);
  });
  if (response.status === 401 || response.status === 403)
    throw new PolicyError(
      'forbidden',
      `${registry} does not let this account list the repositories of project '${project}' (${response.status}); a robot account needs the permission repository:list`,
    );
  const list = response.status === 200 ? parseJson(response.body) : undefined;
  if (!Array.isArray(list)) {
    const code = response.status === 404 ? 'not-found' : response.status >= 500 ? 'server-error' : 'malformed';
    throw new PolicyError(code, `${registry} answered ${response.status} when asked for the repositories of project '${project}'`);
  }
  const counted = response.headers['x-total-count']?.trim() ?? '';
  return { names: list.flatMap((entry) => textOf(entry, 'name') ?? []), ...(/^\d{1,9}$/.test(counted) ? { total: Number(counted) } : {}) };
}
