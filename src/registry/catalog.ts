import { RegistryError } from './error.ts';
import { memberOf, parseJson } from './json.ts';
import { readList, type PagedList, type PageNews } from './pages.ts';
import { isRepository, isTag } from './reference.ts';
import type { RegistrySession } from './session.ts';

/** How many names are asked for at once; a registry may give fewer. */
const PAGE_SIZE = 1000;

/**
 * Returns the repositories below a namespace, page by page as the registry lists them; a name that is no repository's is left out.
 * @throws {RegistryError} where it does not list them, or not for this account @see https://distribution.github.io/distribution/spec/api/#listing-repositories
 */
export async function* listRepositories(session: RegistrySession, namespace: string): AsyncGenerator<readonly string[]> {
  const url = `${session.origin}/v2/_catalog?n=${PAGE_SIZE}`;
  const list = { scope: 'registry:catalog:*', url, accept: 'application/json', about: 'its list of repositories' } as const;
  yield* readNames(session, list, 'repositories', (name) => name.startsWith(`${namespace}/`) && isRepository(name));
}

/** Returns the tags of a repository; what is no tag is left out. @throws {RegistryError} @see OCI distribution-spec, listing tags */
export async function listTags(session: RegistrySession, repository: string): Promise<readonly string[]> {
  const url = `${session.url(repository, 'tags', 'list')}?n=${PAGE_SIZE}`;
  const list = { scope: `repository:${repository}:pull`, url, accept: 'application/json', about: repository } as const;
  const tags: string[] = [];
  for await (const page of readNames(session, list, 'tags', isTag)) for (const tag of page) tags.push(tag);
  return tags;
}

/** Each name once, of those that are wanted. */
function readNames(session: RegistrySession, list: PagedList, key: string, isWanted: (name: string) => boolean): AsyncGenerator<readonly string[]> {
  const seen = new Set<string>();
  return readList(session, list, (page): PageNews<string> | undefined => {
    const names = namesIn(page.body, key, session.registry);
    const fresh = [...new Set(names)].filter((name) => !seen.has(name));
    // A page of what was told before is one of an endless row.
    if (names.length > 0 && fresh.length === 0) return undefined;
    for (const name of fresh) seen.add(name);
    return { fresh: fresh.filter(isWanted), isEmpty: names.length === 0 };
  });
}

function namesIn(body: Uint8Array, key: string, registry: string): readonly string[] {
  const names = memberOf(parseJson(body), key);
  // distribution and others say null for none.
  if (names === null) return [];
  if (!Array.isArray(names)) throw new RegistryError('malformed', `${registry} sent no list of ${key}`);
  return names.filter((name): name is string => typeof name === 'string');
}
