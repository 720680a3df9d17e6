/**
 * Feeds as they were published, against a second reading of the same files that shares no code with the first: regular expressions over the text, and what criteria say of themselves in their
 * comments. Every definition is compared, not a sample.
 */
import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import type { AdvisoryFeed } from '../../../../src/advisories/feeds/feed.ts';
import { feed as azureOval } from '../../../../src/advisories/feeds/readers/azure-oval.ts';
import { feed as debianOval } from '../../../../src/advisories/feeds/readers/debian-oval.ts';
import { feed as photonOval } from '../../../../src/advisories/feeds/readers/photon-oval.ts';
import { feed as redhatOval } from '../../../../src/advisories/feeds/readers/redhat-oval.ts';
import { feed as rockyOval } from '../../../../src/advisories/feeds/readers/rocky-oval.ts';
import { feed as ubuntuCveTracker } from '../../../../src/advisories/feeds/readers/ubuntu-cve-tracker.ts';
import { feed as ubuntuOval } from '../../../../src/advisories/feeds/readers/ubuntu-oval.ts';
import type { AdvisoryRecord } from '../../../../src/advisories/store/record.ts';
import { unpackStream } from '../../../../src/engine/unpack-stream.ts';
import { TarReader } from '../../../../src/foundation/formats/tar-reader.ts';
import { needsSharedData, sharedData } from '../../../support/shared-data.ts';
import { readFeed } from './read-feed.ts';

type Affected = Extract<AdvisoryRecord, { kind: 'affected' }>;

/** The one file of a folder of the shared advisories that `pattern` names, unpacked; of a tar, the entry that it names. */
async function publishedFile(folder: string, pattern: RegExp): Promise<{ readonly name: string; readonly text: string }> {
  for await (const file of publishedFiles(folder)) if (pattern.test(file.name)) return file;
  assert.fail(`${folder} has no file like ${pattern.source}`);
}

async function* publishedFiles(folder: string): AsyncGenerator<{ readonly name: string; readonly text: string }> {
  const root = sharedData(path.join('advisories', folder)) ?? '';
  for (const name of await readdir(root)) {
    const plain = unpackStream(createReadStream(path.join(root, name)));
    if (!name.includes('.tar')) {
      yield { name: name.replace(/\.\w+$/, ''), text: (await collect(plain)).toString() };
      continue;
    }
    const reader = new TarReader(plain);
    for (let entry = await reader.next(); entry !== undefined; entry = await reader.next()) {
      if (entry.type === 'file') yield { name: entry.name, text: Buffer.from((await reader.readBody()) ?? []).toString() };
    }
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const chunk of chunks) pieces.push(Buffer.from(chunk));
  return Buffer.concat(pieces);
}

/** 'bucket package id version', sorted and each once; a version is 'none' where there is no fix. */
function lines(records: readonly AdvisoryRecord[]): readonly string[] {
  const affected = records.filter((record): record is Affected => record.kind === 'affected');
  return sorted(affected.map(({ bucket, packageName, id, advisory }) => [bucket, packageName, id, advisory.fixedVersion ?? 'none'].join(' ')));
}

function sorted(items: Iterable<string>): readonly string[] {
  return [...new Set(items)].sort();
}

function definitionsOf(text: string): readonly string[] {
  return text
    .split(/<definition\b/)
    .slice(1)
    .map((part) => part.slice(0, part.indexOf('</definition>')));
}

function all(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

function read(feed: AdvisoryFeed, file: { readonly name: string; readonly text: string }): ReturnType<typeof readFeed> {
  assert.ok(feed.wants(file.name), file.name);
  return readFeed(feed, file.name, file.text);
}

/** Shows the first lines that differ, not thousands. */
function assertSame(actual: readonly string[], expected: readonly string[]): void {
  const [found, wanted] = [new Set(actual), new Set(expected)];
  const missing = expected.filter((line) => !found.has(line)).slice(0, 10);
  const surplus = actual.filter((line) => !wanted.has(line)).slice(0, 10);
  assert.deepEqual({ missing, surplus }, { missing: [], surplus: [] });
  assert.ok(expected.length > 500, `only ${expected.length} lines were compared`);
}

for (const [release, pattern] of [
  ['11', /bullseye/],
  ['12', /bookworm/],
] as const) {
  test(`Debian ${release}: every definition says what its criterion's comment says`, needsSharedData('advisories/debian-oval'), async () => {
    const file = await publishedFile('debian-oval', pattern);
    const expected = definitionsOf(file.text).flatMap((definition) => {
      const [, name = '', version = ''] = /comment="(\S+) DPKG is earlier than ([^"]+)"/.exec(definition) ?? [];
      if (name === 'None' || name === '') return [];
      return all(definition, /<reference source="CVE" ref_id="([^"]+)"/g).map(
        (id) => `debian ${release} ${name} ${id} ${version === '0' ? 'none' : version}`,
      );
    });
    const { records } = read(debianOval, file);
    assertSame(lines(records), sorted(expected));
  });
}

test('Red Hat Enterprise Linux 9: every erratum fixes the packages that its comments name', needsSharedData('advisories/rhel9-oval'), async () => {
  const file = await publishedFile('rhel9-oval', /RHEL9/);
  const expected = definitionsOf(file.text).flatMap((definition) => {
    const id = /<reference ref_id="([^"]+)"[^>]*source="RHSA"/.exec(definition)?.[1] ?? '';
    // What a running or next kernel would be is said in a comment of the same form, with more words behind.
    const fixes = [...definition.matchAll(/comment="(\S+) is earlier than (?:0:)?([^" ]+)"/g)];
    const stream = /comment="Module (\S+) is enabled"/.exec(definition)?.[1];
    return fixes.map(([, name = '', version = '']) => `Red Hat ${stream === undefined ? '' : `${stream}::`}${name} ${id} ${version}`);
  });
  const { records, problems } = read(redhatOval, file);
  assert.deepEqual(problems, []);
  const actual = lines(records);
  // Live patches: for a kernel that is exactly one version, which is no range.
  const livePatches = sorted(expected).filter((line) => / kpatch-patch-/.test(line) && !actual.includes(line));
  assertSame(
    actual,
    sorted(expected).filter((line) => !livePatches.includes(line)),
  );
  const cves = new Set(records.flatMap((record) => (record.kind === 'affected' ? (record.advisory.cves ?? []).map(({ id }) => String(id)) : [])));
  assert.deepEqual(
    sorted(cves),
    sorted(
      definitionsOf(file.text)
        .filter((one) => / is earlier than /.test(one) && !/kpatch/.test(one))
        .flatMap((one) => all(one, /<reference ref_id="(CVE-[^"]+)"/g)),
    ),
  );
});

test(
  'Azure Linux 3 and CBL-Mariner 1: every definition fixes the package of its comment',
  needsSharedData('advisories/azurelinux-oval'),
  async () => {
    for (const [pattern, bucket, suffix] of [
      [/azurelinux-3\.0/, 'Azure Linux 3.0', 'azl3'],
      [/cbl-mariner-1\.0/, 'CBL-Mariner 1.0', 'cm1'],
    ] as const) {
      const file = await publishedFile('azurelinux-oval', pattern);
      const expected = definitionsOf(file.text).flatMap((definition) => {
        if (definition.includes('<patchable>Not Applicable<')) return [];
        // What has no patch is told by the title; what has one, by the comment of its criterion.
        const [, open = '', openName = ''] = /<title>(CVE-[\d-]+) affecting package (\S+) /.exec(definition) ?? [];
        if (definition.includes('<patchable>false<')) return [`${bucket} ${openName} ${open} none`];
        const [, name = '', version = '', id = ''] =
          /comment="Package (\S+) is earlier than ([^,]+), affected by (CVE-[\d-]+)"/.exec(definition) ?? [];
        return name === '' ? [] : [`${bucket} ${name} ${id} ${version}.${suffix}`];
      });
      const { records, problems } = read(azureOval, file);
      // Versions of three branches in one are none.
      assert.deepEqual(problems, bucket === 'Azure Linux 3.0' ? [`${file.name}: CVE-2022-41717: no package or version`] : []);
      // The distribution's mark is not always the release's: it is left out on both sides.
      const bare = (line: string): string => line.replace(/\.(?:azl3|cm[12])$/, '');
      assertSame(sorted(lines(records).map(bare)), sorted(expected.map(bare)));
    }
  },
);

test('Photon OS 3: every advisory fixes the packages that its comments name', needsSharedData('advisories/photon-oval'), async () => {
  const file = await publishedFile('photon-oval', /photon3\.xml$/);
  const expected = definitionsOf(file.text).flatMap((definition) => {
    const cves = all(definition, /<cve>(CVE-[\d-]+)<\/cve>/g);
    const fixes = [...definition.matchAll(/comment="(\S+) is earlier than (?:0:)?([^"]+)"/g)];
    return fixes.flatMap(([, name = '', version = '']) => cves.map((id) => `Photon OS 3.0 ${name} ${id} ${version}`));
  });
  const { records, problems } = read(photonOval, { ...file, name: path.basename(file.name) });
  assert.deepEqual(problems, []);
  assertSame(lines(records), sorted(expected));
});

test('Rocky Linux 9: every advisory fixes the packages that its tests lead to', needsSharedData('advisories/rocky-oval'), async () => {
  const file = await publishedFile('rocky-oval', /rlsa-9/);
  const { text } = file;
  const attribute = (pattern: RegExp): ReadonlyMap<string, string> =>
    new Map([...text.matchAll(pattern)].map((match) => [match[1] ?? '', match[2] ?? '']));
  const objectOf = attribute(/<red-def:rpminfo_test [^>]*id="([^"]+)"[^>]*>\s*<red-def:object object_ref="([^"]+)"/g);
  const stateOf = attribute(/<red-def:rpminfo_test [^>]*id="([^"]+)"[^>]*>\s*<red-def:object[^>]*>\s*<red-def:state state_ref="([^"]+)"/g);
  const nameOf = attribute(/<red-def:rpminfo_object id="([^"]+)"[^>]*>\s*<red-def:name>([^<]+)</g);
  const versionOf = attribute(/<red-def:rpminfo_state id="([^"]+)"[^>]*>[\s\S]*?<red-def:evr[^>]*>(?:0:)?([^<]+)</g);
  const expected = definitionsOf(text).flatMap((definition) => {
    const description = /<description>([\s\S]*?)<\/description>/.exec(definition)?.[1] ?? '';
    const cves = description.match(/CVE-\d{4}-\d+/g) ?? [];
    const stream = /<title>\S+ (\S+:\S+) (?:security|bug|enhancement|and)/.exec(definition)?.[1];
    return [...new Set(all(definition, /test_ref="([^"]+)"/g))].flatMap((reference) => {
      const name = nameOf.get(objectOf.get(reference) ?? '');
      const version = versionOf.get(stateOf.get(reference) ?? '');
      if (name === undefined || version === undefined) return [];
      const isModular = version.includes('.module+');
      const ids = cves.length > 0 ? cves : [/ref_id="(RLSA[^"]+)"/.exec(definition)?.[1] ?? ''];
      return isModular && stream === undefined ? [] : ids.map((id) => `rocky 9 ${isModular ? `${stream ?? ''}::` : ''}${name} ${id} ${version}`);
    });
  });
  assertSame(lines(read(rockyOval, file).records), sorted(expected));
});

for (const [codename, release] of [
  ['noble', '24.04'],
  ['oracular', '24.10'],
] as const) {
  test(`Ubuntu ${release}: every notice updates the packages that its own text lists`, needsSharedData('advisories/ubuntu-usn-oval'), async () => {
    const file = await publishedFile('ubuntu-usn-oval', new RegExp(`ubuntu\\.${codename}`));
    const { records, problems } = read(ubuntuOval, file);
    assert.deepEqual(problems, []);
    const actual = new Set(lines(records));
    const noticed = new Set(
      records.flatMap((record) => (record.kind === 'affected' ? [...(record.advisory.vendorIds ?? []), record.id].map(String) : [])),
    );
    let checked = 0;
    for (const definition of definitionsOf(file.text)) {
      const list =
        /following package versions:\s*([\s\S]*?)(?:No subscription required|Available with Ubuntu Pro|<\/description>)/.exec(definition)?.[1] ?? '';
      const notice = /ref_id="((?:USN|LSN)-[^"]+)"/.exec(definition)?.[1];
      if (notice === undefined) continue;
      if (!noticed.has(notice)) {
        // Criteria of kernels ask which one runs, and name no package.
        assert.match(definition, /<title>[^<]*(?:[Kk]ernel|Linux)/, notice);
        continue;
      }
      const ids = [...new Set(all(definition, /source="CVE" ref_id="([^"]+)"/g))];
      for (const [, name = '', version = ''] of list.matchAll(/(\S+) - (\S+)/g)) {
        for (const id of ids.length > 0 ? ids : [notice]) {
          checked += 1;
          assert.ok(actual.has(`ubuntu ${release} ${name} ${id} ${version}`), `${notice}: ${name} ${id} ${version}`);
        }
      }
    }
    assert.ok(checked > 1000, `${checked} lines were compared`);
  });
}

test(
  'Ubuntu 22.04: what the tracker says of each package, counted by another reading of its lines',
  needsSharedData('advisories/ubuntu-uct'),
  async () => {
    const counts = { expected: new Map<string, number>(), actual: new Map<string, number>() };
    const add = (map: Map<string, number>, key: string): void => {
      map.set(key, (map.get(key) ?? 0) + 1);
    };
    for await (const { name, text } of publishedFiles('ubuntu-uct')) {
      if (!ubuntuCveTracker.wants(name)) continue;
      for (const line of text.split('\n')) {
        const [left = '', ...right] = line.split(':');
        const [archive, packageName] = left.split(/_(.*)/s);
        if (archive !== 'jammy' || packageName === undefined || packageName === '' || /\s/.test(left)) continue;
        const status = right.join(':').trim();
        const word = status.split(/[\s(]/)[0] ?? '';
        if (word === 'released' && /^released\s+\(\s*\d[^\s,)]*\s*\)$/.test(status)) add(counts.expected, 'fixed');
        else if (['needed', 'pending', 'deferred'].includes(word)) add(counts.expected, 'affected');
        else if (word === 'needs-triage') add(counts.expected, 'under-investigation');
        else if (word === 'ignored' && !/end of|out of standard/.test(status)) add(counts.expected, 'will-not-fix');
      }
      for (const record of readFeed(ubuntuCveTracker, name, text).records) {
        if (record.kind !== 'affected' || record.bucket !== 'ubuntu 22.04' || record.advisory.service !== undefined) continue;
        add(counts.actual, record.advisory.fixedVersion === undefined ? (record.advisory.status ?? '') : 'fixed');
      }
    }
    counts.actual.delete('end-of-life');
    assert.deepEqual([...counts.actual].sort(), [...counts.expected].sort());
  },
);
