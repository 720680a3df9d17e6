import { createHash, randomUUID } from 'node:crypto';
import type http from 'node:http';
import { startFileServer } from './file-server.ts';

/** A registry in memory that knows what Debian's does not: the referrers API, pages as small as a test wants them, moods. It checks what a real one checks: digests, uploads, subjects. */
export interface MemoryRegistry {
  readonly host: string;
  readonly asked: readonly string[];
  readonly repositories: Map<string, MemoryRepository>;
  /** Puts a manifest there without asking, and returns its digest. */
  put(repository: string, name: string | undefined, mediaType: string, manifest: unknown): string;
  putBlob(repository: string, bytes: Uint8Array): string;
  close(): Promise<void>;
}

export interface MemoryRepository {
  readonly manifests: Map<string, { readonly mediaType: string; readonly bytes: Buffer }>;
  readonly blobs: Map<string, Buffer>;
  readonly tags: Map<string, string>;
}

export interface MemoryRegistryOptions {
  /** False: it lists referrers without telling so when one is pushed. Default true. */
  readonly tellsSubject?: boolean;
  /** False: DELETE is refused with 405. Default true. */
  readonly forgets?: boolean;
  /** True: `artifactType` in the question is heeded. Default true. */
  readonly filters?: boolean;
  /** Entries of a page of anything. */
  readonly pageSize?: number;
  /** Answers in the registry's place when it returns true. */
  readonly mood?: (request: http.IncomingMessage, response: http.ServerResponse) => boolean;
}

const INDEX = 'application/vnd.oci.image.index.v1+json';

export async function startMemoryRegistry(options: MemoryRegistryOptions = {}): Promise<MemoryRegistry> {
  const repositories = new Map<string, MemoryRepository>();
  const uploads = new Set<string>();
  const repositoryOf = (name: string): MemoryRepository => {
    const known = repositories.get(name) ?? { manifests: new Map(), blobs: new Map(), tags: new Map() };
    repositories.set(name, known);
    return known;
  };
  const put = (repository: string, name: string | undefined, mediaType: string, bytes: Buffer): string => {
    const digest = digestOf(bytes);
    const { manifests, tags } = repositoryOf(repository);
    manifests.set(digest, { mediaType, bytes });
    if (name !== undefined && !name.startsWith('sha256:')) tags.set(name, digest);
    return digest;
  };

  const server = await startFileServer((request, response) => {
    void readBody(request).then((body) => {
      if (options.mood?.(request, response) !== true) answer(request, response, body);
    });
  });

  function answer(request: http.IncomingMessage, response: http.ServerResponse, body: Buffer): void {
    const url = new URL(request.url ?? '', server.origin);
    const send = (status: number, headers: Record<string, string> = {}, content: string | Buffer = ''): void => {
      response.writeHead(status, headers).end(request.method === 'HEAD' ? '' : content);
    };
    const sendPage = (
      key: string,
      entries: readonly unknown[],
      contentType: string,
      rest: object = {},
      headers: Record<string, string> = {},
    ): void => {
      const size = Math.min(options.pageSize ?? Infinity, Number(url.searchParams.get('n') ?? Infinity));
      const from = Number(url.searchParams.get('from') ?? 0);
      const page = entries.slice(from, from + size);
      const next = new URL(url);
      next.searchParams.set('from', String(from + size));
      const link = from + size < entries.length ? { link: `<${next.pathname}${next.search}>; rel="next"` } : {};
      send(200, { 'content-type': contentType, ...link, ...headers }, JSON.stringify({ ...rest, [key]: page }));
    };
    if (url.pathname === '/v2/_catalog') {
      sendPage('repositories', [...repositories.keys()].toSorted(), 'application/json');
      return;
    }
    const [, name = '', kind = '', what = ''] = /^\/v2\/(.+)\/(manifests|blobs|referrers|tags)\/(.*)$/.exec(decodeURIComponent(url.pathname)) ?? [];
    if (name === '') {
      send(404);
      return;
    }
    const repository = repositoryOf(name);
    if (kind === 'tags') sendPage('tags', [...repository.tags.keys()].toSorted(), 'application/json', { name });
    else if (kind === 'referrers') {
      const type = url.searchParams.get('artifactType');
      const applied = type !== null && options.filters !== false;
      const all = referrersOf(repository, what).filter((entry) => !applied || entry.artifactType === type);
      sendPage('manifests', all, INDEX, { schemaVersion: 2, mediaType: INDEX }, applied ? { 'oci-filters-applied': 'artifactType' } : {});
    } else if (kind === 'manifests' && request.method === 'PUT') {
      const subject = (JSON.parse(body.toString()) as { subject?: { digest: string } }).subject?.digest;
      const missing = blobsIn(body).filter((digest) => !repository.blobs.has(digest));
      if (missing.length > 0) send(400, {}, `{"errors":[{"code":"MANIFEST_BLOB_UNKNOWN","message":"${missing.join()}"}]}`);
      else {
        const digest = put(name, what, request.headers['content-type'] ?? '', body);
        const told = subject !== undefined && options.tellsSubject !== false ? { 'oci-subject': subject } : {};
        send(201, { 'docker-content-digest': digest, ...told });
      }
    } else if (kind === 'manifests' && request.method === 'DELETE') {
      if (options.forgets === false) send(405, {}, '{"errors":[{"code":"UNSUPPORTED"}]}');
      else send(repository.manifests.delete(what) ? 202 : 404);
    } else if (kind === 'manifests') {
      const manifest = repository.manifests.get(repository.tags.get(what) ?? what);
      if (manifest === undefined) send(404, {}, '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
      else send(200, { 'content-type': manifest.mediaType, 'docker-content-digest': digestOf(manifest.bytes) }, manifest.bytes);
    } else if (kind === 'blobs' && request.method === 'POST') {
      const id = randomUUID();
      uploads.add(id);
      send(202, { location: `/v2/${name}/blobs/uploads/${id}?state=a%2Bb` });
    } else if (kind === 'blobs' && request.method === 'PUT') {
      const isOpen = uploads.delete(what.replace('uploads/', '')) && url.searchParams.get('state') === 'a+b';
      const digest = digestOf(body);
      if (!isOpen || url.searchParams.get('digest') !== digest) send(400, {}, '{"errors":[{"code":"DIGEST_INVALID"}]}');
      else {
        repository.blobs.set(digest, body);
        send(201, { 'docker-content-digest': digest });
      }
    } else if (kind === 'blobs') {
      const blob = repository.blobs.get(what);
      if (blob === undefined) send(404);
      else send(200, {}, blob);
    } else send(404);
  }

  return {
    host: server.host,
    asked: server.asked,
    repositories,
    put: (repository, name, mediaType, manifest) => put(repository, name, mediaType, Buffer.from(JSON.stringify(manifest))),
    putBlob: (repository, bytes) => {
      const digest = digestOf(bytes);
      repositoryOf(repository).blobs.set(digest, Buffer.from(bytes));
      return digest;
    },
    close: () => server.close(),
  };
}

interface Entry {
  readonly artifactType: string | undefined;
}

function referrersOf({ manifests }: MemoryRepository, subject: string): readonly Entry[] {
  return [...manifests].flatMap(([digest, { mediaType, bytes }]) => {
    const manifest = JSON.parse(bytes.toString()) as {
      subject?: { digest: string };
      artifactType?: string;
      config?: { mediaType: string };
      annotations?: Record<string, string>;
    };
    if (manifest.subject?.digest !== subject) return [];
    const artifactType = manifest.artifactType ?? manifest.config?.mediaType;
    return [{ mediaType, digest, size: bytes.length, artifactType, ...(manifest.annotations && { annotations: manifest.annotations }) }];
  });
}

function blobsIn(manifest: Buffer): readonly string[] {
  const { config, layers = [] } = JSON.parse(manifest.toString()) as { config?: { digest: string }; layers?: { digest: string }[] };
  return [...(config === undefined ? [] : [config]), ...layers].map(({ digest }) => digest);
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

async function readBody(request: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
