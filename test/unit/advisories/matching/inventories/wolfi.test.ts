import { test } from 'node:test';
import { readAlpine } from '../../../../support/expected/alpine.ts';
import { readOsvDistribution } from '../../../../support/expected/osv-distribution.ts';
import { readingOf, type Fact, type Order } from '../../../../support/expected/reading.ts';
import { besideApk, compareByApk } from '../../../../support/expected/system-orders.ts';
import { distroOf } from '../../../../support/family-match.ts';
import { needsSharedData } from '../../../../support/shared-data.ts';
import { madePackages } from './made-packages.ts';
import { proveInventory, type RecordFile } from './prove.ts';
import { readOsvSamples, readSamples, OSV_SAMPLES, samples } from './samples.ts';

const compareApk: Order = (a, b) => compareByApk([[a, b]])[0] ?? 0;

const distributions = [
  { id: 'wolfi', ecosystem: 'Wolfi', host: 'packages.wolfi.dev', osvPackages: 5 },
  { id: 'chainguard', ecosystem: 'Chainguard', host: 'packages.cgr.dev', osvPackages: 8 },
  { id: 'minimos', ecosystem: 'MinimOS', host: 'packages.mini.dev', osvPackages: 0 },
] as const;

for (const { id, ecosystem, osvPackages } of distributions) {
  const prove = (
    t: Parameters<typeof proveInventory>[0],
    feed: string,
    files: readonly RecordFile[],
    facts: readonly Fact[],
    packages: number,
  ): void => {
    const distro = distroOf(id, '20230201');
    proveInventory(t, {
      feed,
      files,
      reading: readingOf(facts, compareApk),
      distro,
      type: 'apk',
      beside: besideApk,
      packages,
      more: { architecture: 'x86_64' },
    });
  };

  test(`${ecosystem}: published sample of the security database`, needsSharedData(samples.vulnList), (t) => {
    const files = readSamples(t, samples.vulnList, new RegExp(`/${id}/testdata/security\\.json$`));
    prove(
      t,
      'wolfi-secdb',
      files,
      files.flatMap(({ text }) => readAlpine(text)),
      1,
    );
  });

  if (osvPackages > 0) {
    test(`${ecosystem}: published samples in the OSV schema`, needsSharedData(OSV_SAMPLES), (t) => {
      const isOwn = (name: string): boolean => name === ecosystem;
      const records = readOsvSamples(isOwn);
      const files = records.map((record) => ({ name: `${record.id}.json`, text: JSON.stringify(record) }));
      prove(
        t,
        'osv',
        files,
        records.flatMap((record) => readOsvDistribution(record, isOwn)),
        osvPackages,
      );
    });
  }

  test(`${ecosystem}: a made security database, read beside those of the others`, (t) => {
    const files = distributions.map((other, place) => ({
      name: `${other.id}/security.json`,
      text: JSON.stringify({
        apkurl: '{{urlprefix}}/{{reponame}}/{{arch}}/{{pkg.name}}-{{pkg.ver}}.apk',
        archs: ['x86_64'],
        reponame: 'os',
        urlprefix: `https://${other.host}`,
        packages: madePackages.map(({ name, version }, index) => ({
          pkg: {
            name,
            secfixes: {
              // Never affected; fixed twice, the flaw again by the later one; several names of one flaw.
              '0': [`CVE-2023-${String(20000 + index)}`],
              [`${version.replaceAll(/[a-z]\d+$/g, '')}-r${String(place + 1)}`]: [`CVE-2024-${String(10000 + index)}`, 'CVE-2024-20000'],
              [`${version.replaceAll(/[a-z]\d+$/g, '')}.1-r0`]: [
                'CVE-2024-20000',
                `CVE-2024-${String(30000 + index)} GHSA-2222-3333-${String(4000 + index)}`,
              ],
            },
          },
        })),
      }),
    }));
    const own = files.filter(({ name }) => name.startsWith(id));
    prove(
      t,
      'wolfi-secdb',
      files,
      own.flatMap(({ text }) => readAlpine(text)),
      madePackages.length,
    );
  });

  test(`${ecosystem}: made records in the OSV schema, of both ways to name the flaw`, (t) => {
    const isOwn = (name: string): boolean => name === ecosystem;
    const records = madePackages.map(({ name, version }, index) => ({
      schema_version: '1.6.0',
      id: `CGA-2222-3333-${String(4000 + index)}`,
      [index % 2 === 0 ? 'upstream' : 'related']: [`CVE-2024-${String(10000 + index)}`, `GHSA-2222-3333-${String(4000 + index)}`],
      affected: distributions.map((other, place) => ({
        package: { ecosystem: other.ecosystem, name },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: `${version.replace(/[a-z]\d+$/, '')}-r${String(place + 1)}` }] }],
      })),
    }));
    const files = records.map((record) => ({ name: `${record.id}.json`, text: JSON.stringify(record) }));
    prove(
      t,
      'osv',
      files,
      records.flatMap((record) => readOsvDistribution(record, isOwn)),
      madePackages.length,
    );
  });
}
