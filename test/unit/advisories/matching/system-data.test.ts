import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { feeds } from '../../../../src/advisories/feeds/feeds.generated.ts';
import { matchPackages } from '../../../../src/advisories/matching/match.ts';
import type { AdvisoryRecord } from '../../../../src/advisories/store/record.ts';
import type { Distro } from '../../../../src/foundation/model/image.ts';
import type { InstalledPackage, PackageType } from '../../../../src/foundation/model/package.ts';
import { chooseMany, listArchive, readArchive } from '../../../support/expected/advisory.ts';
import { readAlma } from '../../../support/expected/alma.ts';
import { readAlpine } from '../../../support/expected/alpine.ts';
import { readDebian } from '../../../support/expected/debian.ts';
import { commentedFixes, crossed, cvesOf, definitionsOf, testedFixes } from '../../../support/expected/oval.ts';
import { compareDeb } from '../../../support/expected/deb-order.ts';
import type { Order } from '../../../support/expected/reading.ts';
import { besideRpm, compareRpm } from '../../../support/expected/rpm-order.ts';
import { expectedIds, type SystemFact } from '../../../support/expected/system-fact.ts';
import { besideApk, besideDeb, compareByApk } from '../../../support/expected/system-orders.ts';
import { readUbuntu } from '../../../support/expected/ubuntu.ts';
import { openFlaws, readUpdates } from '../../../support/expected/windows.ts';
import { distroOf, matchWith, openStore, TEST_DAY } from '../../../support/family-match.ts';
import { installed } from '../../../support/memory-store.ts';
import { needsSharedData, sharedData } from '../../../support/shared-data.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

/** Packages of a distribution at versions that its own record names, just below and just above each, and older than all: what is found is what another reading of the record gives, in the distribution's own order. */
interface Distribution {
  readonly name: string;
  readonly folder: string;
  /** Which of the files in it. */
  readonly file: RegExp;
  readonly feed: string;
  readonly distro: Distro;
  readonly type: PackageType;
  readonly order: 'apk' | 'dpkg' | 'rpm';
  /** The files of an archive that are read; absent: it is one file. */
  readonly wants?: RegExp;
  /** The file's name, as the feed knows it. */
  readonly as?: string;
  readonly read: (text: string, name: string) => readonly SystemFact[];
}

const orders: Readonly<Record<Distribution['order'], { readonly compare: Order; readonly beside: (version: string) => readonly string[] }>> = {
  apk: { compare: (a, b) => compareByApk([[a, b]])[0] ?? 0, beside: besideApk },
  dpkg: { compare: compareDeb, beside: besideDeb },
  rpm: { compare: compareRpm, beside: besideRpm },
};
const MOST_VERSIONS = 5;
const OLDEST = '0';

const distributions: readonly Distribution[] = [
  {
    name: 'Alpine 3.18',
    folder: 'alpine-secdb',
    file: /\.tar\.xz$/,
    feed: 'alpine-secdb',
    distro: distroOf('alpine', '3.18.9'),
    type: 'apk',
    order: 'apk',
    wants: /v3\.18\/main\.json$/,
    read: readAlpine,
  },
  {
    name: 'Debian 12',
    folder: 'debian-oval',
    file: /bookworm/,
    feed: 'debian-oval',
    distro: distroOf('debian', '12'),
    type: 'deb',
    order: 'dpkg',
    read: readDebian,
  },
  {
    name: 'Ubuntu 22.04',
    folder: 'ubuntu-uct',
    file: /\.tar\.xz$/,
    feed: 'ubuntu-cve-tracker',
    distro: distroOf('ubuntu', '22.04'),
    type: 'deb',
    order: 'dpkg',
    wants: /active\/CVE-2023-[1-4]\d+$/,
    read: (text, name) => readUbuntu(name, text, 'jammy'),
  },
  {
    name: 'AlmaLinux 9',
    folder: 'almalinux-osv',
    file: /\.tar\.xz$/,
    feed: 'osv',
    distro: distroOf('almalinux', '9.4'),
    type: 'rpm',
    order: 'rpm',
    wants: /almalinux9\/ALSA-202[34][^/]*\.json$/,
    read: (text) => readAlma(text, 'AlmaLinux:9'),
  },
  {
    name: 'Rocky Linux 9',
    folder: 'rocky-oval',
    file: /rlsa-9/,
    feed: 'rocky-oval',
    distro: distroOf('rocky', '9.4'),
    type: 'rpm',
    order: 'rpm',
    read(text) {
      const fixesOf = testedFixes(text);
      // What was built in a module is filed under its stream.
      const isPlain = ([, version]: readonly [string, string]): boolean => !version.includes('.module+');
      return definitionsOf(text).flatMap((definition) => crossed(cvesOf(definition), fixesOf(definition).filter(isPlain)));
    },
  },
  {
    name: 'Red Hat Enterprise Linux 9',
    folder: 'rhel9-oval',
    file: /RHEL9/,
    feed: 'redhat-oval',
    distro: distroOf('rhel', '9.1'),
    type: 'rpm',
    order: 'rpm',
    read: (text) =>
      definitionsOf(text)
        .filter(({ text: definition }) => /<cpe>cpe:\/[ao]:redhat:enterprise_linux:9(?:::(?:appstream|baseos|crb))?<\/cpe>/.test(definition))
        .flatMap((definition) =>
          crossed(cvesOf({ ...definition, text: (definition.text.match(/ref_id="CVE-[^"]+"/g) ?? []).join(' ') }), commentedFixes(definition)),
        ),
  },
  {
    name: 'Azure Linux 3.0',
    folder: 'azurelinux-oval',
    file: /\.tar\.xz$/,
    feed: 'azure-oval',
    distro: distroOf('azurelinux', '3.0'),
    type: 'rpm',
    order: 'rpm',
    wants: /azurelinux-3\.0-oval\.xml$/,
    read(text) {
      // Comments leave the release's mark out of the version.
      const fixesOf = testedFixes(text);
      return (
        definitionsOf(text)
          .filter((definition) => definition.text.includes('<patchable>true</patchable>'))
          .flatMap((definition) => crossed(cvesOf(definition), fixesOf(definition)))
          // Two versions in the place of one are no version: which of them is meant nobody knows.
          .filter(({ fixed }) => fixed === undefined || !/[\s,]/.test(fixed))
      );
    },
  },
  {
    name: 'Photon OS 3.0',
    folder: 'photon-oval',
    file: /\.tar\.zst$/,
    feed: 'photon-oval',
    distro: distroOf('photon', '3.0'),
    type: 'rpm',
    order: 'rpm',
    wants: /\.xml$/,
    read: (text) =>
      definitionsOf(text).flatMap((definition) =>
        crossed(
          [...definition.text.matchAll(/<cve>(CVE-[\d-]+)<\/cve>/g)].map(([, id = '']) => id),
          commentedFixes(definition),
        ),
      ),
  },
];

for (const distribution of distributions) {
  test(`${distribution.name}: exactly what its own record says`, { skip: whySkipped(distribution) }, (t) => {
    const files = readFiles(distribution, temporaryDirectory(t));
    const facts = files.flatMap(({ name, text }) => distribution.read(text, name));
    const chosen = chooseMany(facts, ({ packageName }) => packageName, { groups: 25, most: 40 });
    assert.ok(chosen.size >= 20, `${chosen.size} packages are too few`);
    const { compare, beside } = orders[distribution.order];
    const cases = [...chosen].flatMap(([packageName, own]) => versionsToAsk(own, beside).map((version) => ({ packageName, version, own })));
    const isBelow = (version: string, fixed: string): boolean => compare(version, fixed) < 0;
    const records = files
      .flatMap((file) => recordsOf(distribution.feed, file))
      .filter((record) => record.kind !== 'affected' || chosen.has(record.packageName.replace(/^.*::/, '')));
    const packages = cases.map(({ packageName, version }): InstalledPackage =>
      installed(distribution.type, packageName, version, { architecture: 'x86_64' }),
    );
    const found = matchWith(t, records, distribution.distro, packages);
    assert.deepEqual(found.problems, []);
    const told = new Set<string>();
    cases.forEach(({ packageName, version, own }, index) => {
      const ids = found.vulnerabilities.filter((vulnerability) => vulnerability.package === packages[index]).map(({ id }) => id);
      assert.deepEqual(ids.toSorted(), expectedIds(own, isBelow, version), `${packageName} ${version}`);
      for (const id of ids) told.add(id);
    });
    t.diagnostic(`${chosen.size} packages, ${told.size} ids, ${cases.length} versions`);
  });
}

const windowsTable = 'advisories/wesng-msrc/wesng-2026-06-28.tar.xz';
/** Images are Server Core or less. */
const server2022 = ['Windows Server 2022 (Server Core installation)'];

test('Windows Server 2022: exactly what the table of updates says, at twenty of its monthly updates', needsSharedData(windowsTable), (t) => {
  const folder = temporaryDirectory(t);
  execFileSync('tar', ['-xJf', sharedData(windowsTable) ?? '', '-C', folder]);
  execFileSync('unzip', ['-qo', path.join(folder, 'definitions.zip'), '-d', folder]);
  const name = readdirSync(folder).find((entry) => /^CVEs_\d+\.csv$/.test(entry)) ?? '';
  const text = readFileSync(path.join(folder, name), 'latin1');
  const rows = readUpdates(text, server2022);
  const byFlaws = chooseMany(rows, ({ kb }) => (/^\d{7}$/.test(kb) ? kb : undefined), { groups: 20, most: 400 });
  assert.equal(byFlaws.size, 20);
  const records = recordsOf('wesng-msrc', { name, text }).filter((record) => record.kind === 'affected' && record.bucket === 'windows 10.0.20348');
  const store = openStore(t, records);
  t.diagnostic(`${byFlaws.size} updates, ${new Set(rows.map(({ cve }) => cve)).size} ids`);
  for (const kb of byFlaws.keys()) {
    const packages = [installed('windows-update', `KB${kb}`, '1.0')];
    const { vulnerabilities, problems } = matchPackages({ packages, distro: distroOf('windows', '10.0.20348'), store, now: new Date(TEST_DAY) });
    assert.deepEqual(problems, []);
    assert.deepEqual(vulnerabilities.map(({ id }) => id).sort(), openFlaws(rows, kb), `KB${kb}`);
  }
});

function whySkipped({ folder }: Distribution): string | false {
  return sharedData(`advisories/${folder}`) === undefined && `shared test data is absent: advisories/${folder}`;
}

/** A version older than all, and some of those that the record names, the newest among them, each with what is just below and above it. */
function versionsToAsk(facts: readonly SystemFact[], beside: (version: string) => readonly string[]): readonly string[] {
  const named = [...new Set(facts.flatMap(({ fixed }) => fixed ?? []))];
  const some = named.filter((_, index) => index % Math.ceil(named.length / MOST_VERSIONS) === 0);
  return [...new Set([OLDEST, ...some.flatMap((version) => [version, ...beside(version)])])];
}

function readFiles({ folder, file, wants }: Distribution, directory: string): readonly { readonly name: string; readonly text: string }[] {
  const home = sharedData(`advisories/${folder}`) ?? '';
  return readdirSync(home)
    .filter((name) => file.test(name))
    .flatMap((name) => {
      const full = path.join(home, name);
      if (wants === undefined)
        return [
          {
            name: name.replace(/\.(?:xz|bz2)$/, ''),
            text: execFileSync(name.endsWith('.bz2') ? 'bzip2' : 'xz', ['-dc', full], { encoding: 'utf8', maxBuffer: 2 ** 28 }),
          },
        ];
      if (name.endsWith('.zst')) {
        const tar = path.join(directory, 'archive.tar');
        execFileSync('zstd', ['-dqf', full, '-o', tar]);
        const names = execFileSync('tar', ['-tf', tar], { encoding: 'utf8' })
          .split('\n')
          .filter((entry) => wants.test(entry));
        return names.map((entry) => ({ name: entry, text: execFileSync('tar', ['-xOf', tar, entry], { encoding: 'utf8', maxBuffer: 2 ** 28 }) }));
      }
      const archive = `advisories/${folder}/${name}`;
      return readArchive(
        archive,
        listArchive(archive).filter((entry) => wants.test(entry)),
        directory,
      );
    });
}

function recordsOf(feedId: string, { name, text }: { readonly name: string; readonly text: string }): readonly AdvisoryRecord[] {
  const feed = feeds.find(({ id }) => id === feedId);
  assert.ok(feed, `no feed ${feedId}`);
  assert.ok(feed.wants(name), `${feedId} does not want ${name}`);
  return [...feed.read({ name, bytes: new TextEncoder().encode(text) })].flatMap(({ value }) => value);
}
