import { RegistryError } from './error.ts';
import { memberOf, parseJson } from './json.ts';
import { readPages } from './pages.ts';
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
  let before = '';
  for await (const page of readPages(session, list)) {
    const names = namesIn(page.body, 'repositories', session.registry);
    // The same page again is one of an endless row.
    const told = names.join('\n');
    if (told !== '' && told === before) return;
    before = told;
    yield names.filter((name) => name.startsWith(`${namespace}/`) && isRepository(name));
  }
}

/** Returns the tags of a repository; what is no tag is left out. @throws {RegistryError} @see OCI distribution-spec, listing tags */
export async function listTags(session: RegistrySession, repository: string): Promise<readonly string[]> {
  const url = `${session.url(repository, 'tags', 'list')}?n=${PAGE_SIZE}`;
  const list = { scope: `repository:${repository}:pull`, url, accept: 'application/json', about: repository } as const;
  const tags = new Set<string>();
  for await (const page of readPages(session, list)) {
    const before = tags.size;
    const names = namesIn(page.body, 'tags', session.registry);
    for (const name of names) if (isTag(name)) tags.add(name);
    if (names.length > 0 && tags.size === before) break;
  }
  return [...tags];
}

function namesIn(body: Uint8Array, key: string, registry: string): readonly string[] {
  const names = memberOf(parseJson(body), key);
  // distribution and others say null for none.
  if (names === null) return [];
  if (!Array.isArray(names)) throw new RegistryError('malformed', `${registry} sent no list of ${key}`);
  return names.filter((name): name is string => typeof name === 'string');
}
