import { gunzipSync } from 'node:zlib';
import { MAX_EPSS_BYTES, MAX_EPSS_PLAIN_BYTES, MAX_KEV_BYTES } from '../foundation/base/limits.ts';
import type { HttpClient, HttpResponse } from '../foundation/io/http.ts';
import { withStaging } from '../foundation/io/staging.ts';
import type { AdvisoryId } from '../foundation/model/brand.ts';
import { feed as kevFeed } from './feeds/readers/cisa-kev.ts';
import { feed as epssFeed } from './feeds/readers/epss.ts';
import type { AdvisoryFeed } from './feeds/feed.ts';
import { formatEpssIndex, type EpssScore } from './store/epss-index.ts';
import { EPSS_FILE, KEV_FILE, readEpssFile, readKevFile } from './store/extras-files.ts';
import { formatKevList, type ListOrigin } from './store/kev-list.ts';
import type { VulnerabilityDetail } from './store/record.ts';
import { AdvisoriesUpdateError, toUpdateError } from './update-error.ts';

/** The lists that lie beside the database: known-exploited vulnerabilities, probabilities of exploitation. */
export type ListKind = 'kev' | 'epss';

/** Where CISA and FIRST publish them. */
export const defaultListSources: Readonly<Record<ListKind, string>> = {
  kev: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
  epss: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
};

export interface ListUpdate {
  readonly kind: ListKind;
  readonly source: string;
  /** ISO 8601, '' when its publisher does not say. */
  readonly publishedAt: string;
  readonly changed: boolean;
}

/** How one kind of list is read, kept, and found again. */
interface ListFormat {
  readonly name: string;
  readonly file: string;
  readonly maxBytes: number;
  /** Returns what is kept now. */
  readonly originIn: (directory: string) => ListOrigin | undefined;
  /** Returns the file to keep of what was published. @throws {AdvisoriesUpdateError} malformed */
  readonly pack: (bytes: Uint8Array, origin: Omit<ListOrigin, 'publishedAt'>) => { readonly bytes: Uint8Array; readonly origin: ListOrigin };
}

const formats: Readonly<Record<ListKind, ListFormat>> = {
  kev: {
    name: 'known-exploited vulnerabilities',
    file: KEV_FILE,
    maxBytes: MAX_KEV_BYTES,
    originIn: (directory) => readKevFile(directory)?.origin,
    pack: packKev,
  },
  epss: {
    name: 'exploit probabilities',
    file: EPSS_FILE,
    maxBytes: MAX_EPSS_BYTES,
    originIn: (directory) => readEpssFile(directory)?.origin,
    pack: packEpss,
  },
};

/**
 * Downloads a list and puts it in the place of the previous one, which stays when anything fails. A server that says that nothing changed is believed.
 * @throws {AdvisoriesUpdateError} an abort throws the signal's reason
 */
export async function updateList(kind: ListKind, source: string, directory: string, http: HttpClient, signal?: AbortSignal): Promise<ListUpdate> {
  const { name, maxBytes, originIn } = formats[kind];
  const known = originIn(directory);
  try {
    const headers = known?.source === source && known.etag !== undefined ? { 'if-none-match': known.etag } : {};
    const response = await http.request({ url: source, headers, maxBytes, ...(signal === undefined ? {} : { signal }) });
    if (response.status === 304 && known !== undefined) return { kind, source, publishedAt: known.publishedAt, changed: false };
    checkAnswer(response);
    return await keepList(kind, response.body, source, directory, response.headers.etag);
  } catch (error) {
    signal?.throwIfAborted();
    throw toUpdateError(error, `the ${name} from ${source}`);
  }
}

/** Keeps a list that was carried here by hand, or just arrived. @throws {AdvisoriesUpdateError} malformed; what the operating system reports */
export async function keepList(kind: ListKind, published: Uint8Array, source: string, directory: string, etag?: string): Promise<ListUpdate> {
  const { file, pack } = formats[kind];
  const { bytes, origin } = pack(published, { source, ...(etag === undefined ? {} : { etag }) });
  await withStaging(directory, async (staging) => {
    await staging.write(file, bytes);
    await staging.publish(file);
  });
  return { kind, source, publishedAt: origin.publishedAt, changed: true };
}

/** Returns which list the bytes are, as far as their beginning tells; undefined for something else. Compressed ones are to be unpacked first. */
export function listKindOf(start: Uint8Array): ListKind | undefined {
  const text = new TextDecoder().decode(start.subarray(0, 2048)).trimStart();
  if (text.startsWith('{') && /"(?:catalogVersion|dateReleased|vulnerabilities)"/.test(text)) return 'kev';
  return /^(?:#[^\n]*\bscore_date:|"?cve"?[,;]"?epss|CVE-\d+-\d+[,;]\d)/.test(text) ? 'epss' : undefined;
}

function checkAnswer({ status, body }: HttpResponse): void {
  if (status === 401 || status === 403) throw new AdvisoriesUpdateError('refused', `the server does not let us in (${status})`);
  if (status === 404 || status === 410) throw new AdvisoriesUpdateError('not-found', `the server has no such file (${status})`);
  if (status < 200 || status >= 300) throw new AdvisoriesUpdateError('unreachable', `the server answered ${status}`);
  if (/^\s*</.test(new TextDecoder().decode(body.subarray(0, 64))))
    throw new AdvisoriesUpdateError('malformed', 'the server answers with a web page: something in between wants a sign-in, or the address is wrong');
}

function packKev(bytes: Uint8Array, from: Omit<ListOrigin, 'publishedAt'>): ReturnType<ListFormat['pack']> {
  const addedAt = new Map<AdvisoryId, string>();
  for (const [id, { kevAddedAt }] of detailsOf(kevFeed, 'known_exploited_vulnerabilities.json', bytes)) {
    if (kevAddedAt !== undefined) addedAt.set(id, kevAddedAt);
  }
  if (addedAt.size === 0) throw new AdvisoriesUpdateError('malformed', 'it is no list of known-exploited vulnerabilities');
  const origin = { ...from, publishedAt: toTime(/"dateReleased"\s*:\s*"([^"]{1,40})"/.exec(beginning(bytes))?.[1]) };
  return { bytes: new TextEncoder().encode(formatKevList({ origin, addedAt })), origin };
}

function packEpss(bytes: Uint8Array, from: Omit<ListOrigin, 'publishedAt'>): ReturnType<ListFormat['pack']> {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: MAX_EPSS_PLAIN_BYTES }) : bytes;
  const scores: (readonly [AdvisoryId, EpssScore])[] = [];
  for (const [id, { epss }] of detailsOf(epssFeed, 'epss_scores.csv', plain)) if (epss !== undefined) scores.push([id, epss]);
  if (scores.length === 0) throw new AdvisoriesUpdateError('malformed', 'it is no list of exploit probabilities');
  const origin = { ...from, publishedAt: toTime(/^#[^\n]*\bscore_date:([^,\s]{1,40})/.exec(beginning(plain))?.[1]) };
  return { bytes: formatEpssIndex(scores, origin), origin };
}

function* detailsOf(feed: AdvisoryFeed, name: string, bytes: Uint8Array): Generator<readonly [AdvisoryId, VulnerabilityDetail]> {
  for (const { value } of feed.read({ name, bytes })) {
    for (const record of value) if (record.kind === 'vulnerability') yield [record.id, record.detail];
  }
}

function beginning(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, 4096));
}

/** FIRST writes a zone without a colon, which not every reader of dates takes. */
function toTime(text: string | undefined): string {
  const time = Date.parse((text ?? '').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}
