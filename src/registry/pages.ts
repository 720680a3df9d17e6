import { MAX_EMPTY_PAGES, MAX_LIST_PAGES, MAX_LIST_SILENCE_MS } from '../foundation/base/limits.ts';
import type { HttpResponse } from '../foundation/io/http.ts';
import { RegistryError, toStatusError } from './error.ts';
import { isSuccess, type RegistrySession, type Scope } from './session.ts';

export interface PagedList {
  readonly scope: Scope;
  /** Of the first page. */
  readonly url: string;
  readonly accept: string;
  /** What the list is of, for errors: a repository, 'its list of repositories'. */
  readonly about: string;
}

/** What a page of a list brought. */
export interface PageNews<T> {
  /** What is wanted of it, and was not told before. */
  readonly fresh: readonly T[];
  /** True when nothing at all stands on it. */
  readonly isEmpty: boolean;
}

/**
 * Returns what the pages of a list bring, page by page, as `read` finds it; undefined from `read` ends the list. A registry must not keep anyone with pages that bring nothing.
 * @throws {RegistryError} 'malformed' beyond MAX_EMPTY_PAGES in a row, or for a next page on another server · 'timeout' beyond MAX_LIST_SILENCE_MS · 'too-large' beyond MAX_LIST_PAGES
 */
export async function* readList<T>(
  session: RegistrySession,
  list: PagedList,
  read: (page: HttpResponse) => PageNews<T> | undefined,
): AsyncGenerator<readonly T[]> {
  let emptyPages = 0;
  let silentMs = 0;
  // Only what the registry takes counts, not what is done with its answers.
  let askedAt = performance.now();
  for await (const page of readPages(session, list)) {
    silentMs += performance.now() - askedAt;
    const news = read(page);
    if (news === undefined) return;
    emptyPages = news.isEmpty ? emptyPages + 1 : 0;
    if (news.fresh.length > 0) silentMs = 0;
    const { registry } = session;
    if (emptyPages > MAX_EMPTY_PAGES)
      throw new RegistryError(
        'malformed',
        `${registry} sent ${emptyPages} pages in a row for ${list.about} on which nothing stands: its end was not reached`,
      );
    if (silentMs > MAX_LIST_SILENCE_MS)
      throw new RegistryError(
        'timeout',
        `${registry} told nothing new for ${list.about} in ${Math.round(silentMs / 60_000)} minutes of asking for pages: its end was not reached`,
      );
    yield news.fresh;
    askedAt = performance.now();
  }
}

/**
 * Returns the pages of a list, one after another, as the Link header of each names the next. A page that was there already ends the list: a registry that goes in circles must not keep anyone.
 * @throws {RegistryError} 'malformed' for a next page on another server: the credential must not go there · 'too-large' beyond MAX_LIST_PAGES
 * @see OCI distribution-spec, listing tags; RFC 8288 Web Linking
 */
async function* readPages(session: RegistrySession, list: PagedList): AsyncGenerator<HttpResponse> {
  const seen = new Set<string>();
  let url: string | undefined = list.url;
  while (url !== undefined && !seen.has(url)) {
    if (seen.size >= MAX_LIST_PAGES)
      throw new RegistryError('too-large', `${session.registry} names more than ${MAX_LIST_PAGES} pages for ${list.about}`);
    seen.add(url);
    const response: HttpResponse = await session.exchange(list.scope, { url, headers: { accept: list.accept } });
    if (!isSuccess(response)) throw toStatusError(response, session.registry, list.about);
    yield response;
    url = nextPage(response.headers.link ?? '', url, session);
  }
}

const MAX_LINK_LENGTH = 16_384;
/** One link of the header: its target, and all its parameters up to the comma that begins the next one. */
const LINK = /<([^<>]*)>((?:\s*;\s*[^\s=;,<>"]+\s*=\s*(?:"[^"]*"|[^\s;,<>"]*))*)/g;
const NEXT = /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next(?:\s*;|\s*$))/i;

function nextPage(header: string, current: string, session: RegistrySession): string | undefined {
  for (const [, target = '', parameters = ''] of header.slice(0, MAX_LINK_LENGTH).matchAll(LINK)) {
    if (!NEXT.test(parameters)) continue;
    const url = URL.parse(target, current);
    if (url?.origin !== new URL(session.origin).origin)
      throw new RegistryError('malformed', `${session.registry} names a next page on another server, which is not asked`);
    return url.href;
  }
  return undefined;
}
