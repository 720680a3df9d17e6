import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { auditNamespace, mergeAudits, type AuditOptions } from '../../../src/engine/audit.ts';
import type { AuditRecord } from '../../../src/engine/audit-records.ts';
import { readConfiguration } from '../../../src/engine/configuration.ts';
import type { AuditResult } from '../../../src/foundation/model/audit.ts';
import { startMemoryRegistry, type MemoryRegistry, type MemoryRegistryOptions } from '../../support/memory-registry.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG = 'application/vnd.oci.image.config.v1+json';

/** Images that nobody attached a report to: what is decided of them is that it is not known. */
function putImage(registry: MemoryRegistry, repository: string, ...tags: readonly string[]): string {
  const config = Buffer.from(JSON.stringify({ os: 'linux', architecture: 'amd64', config: {}, rootfs: { type: 'layers', diff_ids: [] } }));
  const digest = registry.putBlob(repository, config);
  const manifest = { schemaVersion: 2, mediaType: MANIFEST, config: { mediaType: CONFIG, digest, size: config.length }, layers: [] };
  return tags.map((tag) => registry.put(repository, tag, MANIFEST, manifest)).at(-1) ?? '';
}

async function start(t: TestContext, options: MemoryRegistryOptions = {}) {
  const registry = await startMemoryRegistry(options);
  t.after(() => registry.close());
  const folder = temporaryDirectory(t);
  process.env.DOCKER_CONFIG = folder;
  const audit = async (more: Partial<AuditOptions> = {}): Promise<AuditResult> =>
    auditNamespace(`${registry.host}/team`, {
      configuration: await readConfiguration(path.join(folder, 'image')),
      tags: { kind: 'all' },
      tagsText: 'all',
      jobs: 4,
      remote: false,
      ...more,
    });
  return { registry, folder, audit };
}

test('many repositories, page by page; charts and attachments are no images', async (t) => {
  const { registry, audit } = await start(t, { pageSize: 20 });
  for (let i = 0; i < 90; i += 1) putImage(registry, `team/app-${String(i)}`, '1.0', 'latest');
  registry.put('team/chart', '1', MANIFEST, {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: { mediaType: 'application/vnd.cncf.helm.config.v1+json' },
  });
  registry.put('team/app-1', `sha256-${'a'.repeat(64)}`, 'application/vnd.oci.image.index.v1+json', { schemaVersion: 2, manifests: [] });
  const { summary, complete, images } = await audit();
  assert.deepEqual(summary, { repositories: 91, images: 90, allow: 0, block: 0, blockUntilScanned: 0, unknown: 90 });
  assert.equal(complete, true);
  assert.deepEqual(images[0]?.tags, ['1.0', 'latest']);
  assert.deepEqual(
    images.map(({ repository }) => repository).toSorted(),
    images.map(({ repository }) => repository),
  );
});

test('a registry that asks for patience gets it', async (t) => {
  let refusals = 0;
  const { registry, audit } = await start(t, {
    mood: (request, response) => {
      if (refusals >= 2 || request.url?.includes('/tags/') !== true) return false;
      refusals += 1;
      response.writeHead(429, { 'retry-after': '1' }).end();
      return true;
    },
  });
  for (const name of ['a', 'b', 'c']) putImage(registry, `team/${name}`, '1');
  const { summary, problems } = await audit();
  assert.deepEqual([summary.images, problems, refusals], [3, [], 2]);
});

test('what the registry refuses to give is blocked; what fails is not known, and tried again when taken up', async (t) => {
  let isFailing = true;
  const { registry, folder, audit } = await start(t, {
    mood: (request, response) => {
      const url = request.url ?? '';
      if (url.includes('/team/blocked/manifests/'))
        response.writeHead(412).end('{"errors":[{"code":"PROJECTPOLICYVIOLATION","message":"not scanned"}]}');
      else if (isFailing && url.includes('/team/flaky/manifests/')) response.writeHead(500).end();
      else if (isFailing && url.includes('/team/halting/blobs/')) response.writeHead(503).end();
      else if (isFailing && url.includes('/team/listless/tags/')) response.writeHead(502).end();
      else return false;
      return true;
    },
  });
  for (const name of ['blocked', 'flaky', 'halting', 'listless', 'fine']) putImage(registry, `team/${name}`, '1');
  const stateFile = path.join(folder, 'state');
  const first = await audit({ stateFile });
  assert.deepEqual(first.images.map(({ repository, decision, passing }) => [repository, decision, passing]).toSorted(), [
    ['team/blocked', 'block', undefined],
    ['team/fine', 'unknown', undefined],
    ['team/flaky', 'unknown', true],
    ['team/halting', 'unknown', true],
  ]);
  assert.deepEqual([first.complete, first.problems.length], [false, 1]);
  isFailing = false;
  const before = registry.asked.length;
  const second = await audit({ stateFile });
  assert.deepEqual([second.complete, second.problems, second.images.length], [true, [], 5]);
  assert.ok(second.images.every(({ repository, passing }) => passing === undefined && repository !== ''));
  assert.ok(registry.asked.slice(before).every((line) => !line.includes('/team/fine/')));
  // Told again, it is the whole audit: what --format jsonl prints can be put together.
  const records: AuditRecord[] = [];
  const third = await audit({ stateFile, onRecord: (record) => records.push(record) });
  assert.deepEqual(third, second);
  assert.deepEqual([records[0]?.kind, records.at(-1)?.kind], ['header', 'end']);
  assert.deepEqual(await mergeAudits([stateFile]), second);
});

test('a list of repositories that breaks off is a problem, and what came before it counts', async (t) => {
  const { registry, audit } = await start(t, {
    pageSize: 2,
    mood: (request, response) => {
      if (request.url?.includes('from=2') !== true) return false;
      response.end('{"repositories":["team/c');
      return true;
    },
  });
  for (const name of ['a', 'b', 'c']) putImage(registry, `team/${name}`, '1');
  const { images, complete, problems } = await audit();
  assert.deepEqual([images.length, complete], [2, false]);
  assert.match(problems[0]?.message ?? '', /sent no list of repositories/);
});

test("Harbor's own list is asked where there is one, and a policy of a namespace is read once", async (t) => {
  const { registry, audit } = await start(t, {
    mood: (request, response) => {
      const url = request.url ?? '';
      const reply = (value: unknown): true => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(value));
        return true;
      };
      if (url === '/api/v2.0/systeminfo') return reply({ auth_mode: 'db_auth', harbor_version: 'v2.9.0' });
      if (url === '/api/v2.0/projects/team') return reply({ project_id: 1, name: 'team', metadata: { public: 'true', prevent_vul: 'false' } });
      if (url === '/api/v2.0/system/CVEAllowlist') return reply({ items: [] });
      if (url === '/api/v2.0/projects/team/repositories?page=1&page_size=100')
        return reply([{ name: 'team/a' }, { name: 'team/b' }, { name: 'team/../x' }]);
      return url.startsWith('/v2/_catalog') ? (response.writeHead(401).end(), true) : false;
    },
  });
  for (const name of ['a', 'b', 'unlisted']) putImage(registry, `team/${name}`, '1');
  const { images, problems } = await audit();
  assert.deepEqual([images.map(({ repository }) => repository), problems], [['team/a', 'team/b'], []]);
  assert.ok(!registry.asked.some((line) => line.includes('_catalog')));
});

test("Harbor's list that is shorter than Harbor counts is not all there is", async (t) => {
  const listing = { total: '3', pages: [[{ name: 'team/a' }, { name: 'team/b' }]] as unknown[][], status: 200 };
  const { registry, audit } = await start(t, {
    mood: (request, response) => {
      const url = new URL(request.url ?? '', 'http://harbor');
      const reply = (value: unknown, status = 200): true => {
        response.setHeader('content-type', 'application/json');
        response.writeHead(status).end(JSON.stringify(value));
        return true;
      };
      if (url.pathname === '/api/v2.0/systeminfo') return reply({ auth_mode: 'db_auth' });
      if (url.pathname !== '/api/v2.0/projects/team/repositories') return url.pathname.startsWith('/api/') && reply({}, 403);
      response.setHeader('x-total-count', listing.total);
      const page = Number(url.searchParams.get('page'));
      return page > 1 && listing.status !== 200 ? reply({}, listing.status) : reply(listing.pages[page - 1] ?? []);
    },
  });
  for (const name of ['a', 'b', 'unlisted']) putImage(registry, `team/${name}`, '1');
  const short = await audit();
  assert.deepEqual([short.complete, short.images.map(({ repository }) => repository)], [false, ['team/a', 'team/b']]);
  assert.match(short.problems[0]?.message ?? '', /told 2 of the 3 repositories of project 'team'/);
  // A page may be as short as the registry likes, as long as the rest follows.
  listing.pages = [[{ name: 'team/a' }, { name: 'team/b' }], [{ name: 'team/unlisted' }]];
  const whole = await audit();
  assert.deepEqual([whole.complete, whole.images.length, whole.problems], [true, 3, []]);
  // What broke off is not made whole by another list, which may be shorter still.
  Object.assign(listing, { status: 500 });
  const broken = await audit();
  assert.deepEqual([broken.complete, broken.images.length], [false, 2]);
  assert.match(broken.problems[0]?.message ?? '', /answered 500/);
});

test('tags that no image has are told, of a whole audit and of its parts put together', async (t) => {
  const { registry, folder, audit } = await start(t);
  putImage(registry, 'team/a', '1.0');
  putImage(registry, 'team/b', '2.0');
  const tags = { tags: { kind: 'pattern', pattern: 'v1.*' }, tagsText: 'v1.*' } as const;
  const { complete, problems, summary } = await audit(tags);
  assert.deepEqual([complete, summary.images], [false, 0]);
  assert.match(problems[0]?.message ?? '', /No image .*team.* tag.*v1\.\*.*--tags/);
  const parts = [1, 2].map((index) => path.join(folder, `part-${String(index)}`));
  for (const [index, stateFile] of parts.entries()) {
    const part = await audit({ ...tags, shard: { index: index + 1, count: 2 }, stateFile });
    assert.equal(part.complete, true);
  }
  const merged = await mergeAudits(parts);
  assert.equal(merged.complete, false);
  assert.match(merged.problems[0]?.message ?? '', /v1\.\*/);
  assert.equal((await audit({ tags: { kind: 'pattern', pattern: '1.*' }, tagsText: '1.*' })).complete, true);
});

test('repositories of another namespace are not judged by this one, and that is told', async (t) => {
  const { registry, audit } = await start(t);
  for (const name of ['team/app', 'other/app', 'teams/app']) putImage(registry, name, '1');
  const { complete, images, problems } = await audit({ repositories: ['other/app', 'team/app', 'teams/app', 'team/../other/app', 'app'] });
  assert.deepEqual([complete, images.map(({ repository }) => repository)], [false, ['team/app']]);
  assert.equal(problems.length, 4);
  assert.match(problems[0]?.message ?? '', /'other\/app' .*below team.*not looked at/);
  assert.ok(!registry.asked.some((line) => line.includes('other')));
});

test('a namespace that holds nothing, or whose name has a slip in it, is not one in which all is well', async (t) => {
  const { registry, audit } = await start(t);
  putImage(registry, 'other/app', '1');
  const { complete, problems } = await audit();
  assert.equal(complete, false);
  assert.match(problems[0]?.message ?? '', /lists no repository below team .*check the name/);
  const named = await audit({ repositories: [] });
  assert.match(named.problems[0]?.message ?? '', /names none/);
  // A part of an audit that none of the repositories falls to has nothing to do, and is done.
  putImage(registry, 'team/app', '1');
  const parts = await Promise.all([1, 2].map((index) => audit({ shard: { index, count: 2 } })));
  assert.deepEqual(
    parts.map((part) => part.complete),
    [true, true],
  );
});

test('a part that does not exist is told as such', async () => {
  await assert.rejects(mergeAudits(['/nothing/part-1.jsonl']), /part-1\.jsonl does not exist, or is no audit/);
});

test('a cancelled audit keeps what it has', async (t) => {
  const controller = new AbortController();
  const { registry, folder } = await start(t);
  for (let i = 0; i < 20; i += 1) putImage(registry, `team/app-${String(i)}`, '1');
  const stateFile = path.join(folder, 'state');
  const options: AuditOptions = {
    configuration: await readConfiguration(path.join(folder, 'image')),
    tags: { kind: 'all' },
    tagsText: 'all',
    jobs: 1,
    remote: false,
    stateFile,
    onRecord: ({ kind }) => {
      if (kind === 'done') controller.abort();
    },
  };
  await assert.rejects(auditNamespace(`${registry.host}/team`, options, { signal: controller.signal }), { name: 'AbortError' });
  assert.match(await readFile(stateFile, 'utf8'), /"done":"team\/app-0"/);
  const merged = await mergeAudits([stateFile]);
  assert.equal(merged.complete, false);
});
