import { test } from 'node:test';
import { interpretOval, readingOfDefinitions } from '../../../../support/expected/oval-interpreter.ts';
import type { Reading } from '../../../../support/expected/reading.ts';
import { besideRpm, compareRpm } from '../../../../support/expected/rpm-order.ts';
import { listArchive, readArchive } from '../../../../support/expected/advisory.ts';
import { distroOf } from '../../../../support/family-match.ts';
import { needsSharedData } from '../../../../support/shared-data.ts';
import { temporaryDirectory } from '../../../../support/temporary-directory.ts';
import { definition } from '../../feeds/oval-builder.ts';
import { madePackages } from './made-packages.ts';
import { withTables, type ToTest } from './oval-tables.ts';
import { proveInventory, type RecordFile } from './prove.ts';
import { readSamples, samples } from './samples.ts';

/**
 * Microsoft's definitions, one for each flaw of a source package: below a version where there is a patch, up to one where there is none, and a patch goes before the word that there is none. What was looked into and does
 * not apply is no flaw.
 */
function readMariner(files: readonly RecordFile[]): Reading {
  const flawOf = (text: string): string => /ref_id="(CVE-[\d-]+)"/.exec(text)?.[1] ?? '';
  const isOpen = (text: string): boolean => text.includes('<patchable>false');
  const definitions = files
    .flatMap(({ text }) => interpretOval(text, { order: compareRpm, systemHolds: () => undefined }))
    .filter(({ text }) => !text.includes('<patchable>Not Applicable'));
  const patched = new Set(
    definitions.filter(({ text }) => !isOpen(text)).flatMap(({ text, named }) => named.map(({ name }) => `${name} ${flawOf(text)}`)),
  );
  return readingOfDefinitions(
    definitions.filter(({ text, named }) => !isOpen(text) || !named.some(({ name }) => patched.has(`${name} ${flawOf(text)}`))),
    ({ text }) => [flawOf(text)],
  );
}

function prove(t: Parameters<typeof proveInventory>[0], files: readonly RecordFile[], id: string, versionId: string, packages: number): void {
  proveInventory(t, {
    feed: 'azure-oval',
    files,
    reading: readMariner(files),
    distro: distroOf(id, versionId),
    type: 'rpm',
    beside: besideRpm,
    // What is open may be said of a version whatever its release; what is installed has one.
    respell: (version) => (version.includes('-') ? version : `${version}-18.cm2`),
    packages,
    architectures: ['x86_64', 'aarch64'],
    more: { vendor: 'Microsoft Corporation' },
  });
}

const MARINER_1 = 'advisories/azurelinux-oval/azurelinux-oval-2024-10-10.tar.xz';

test('CBL-Mariner 1.0: the whole of its definitions', needsSharedData(MARINER_1), (t) => {
  const names = listArchive(MARINER_1).filter((name) => name.endsWith('cbl-mariner-1.0-oval.xml'));
  prove(t, readArchive(MARINER_1, names, temporaryDirectory(t)), 'mariner', '1.0.20240101', 100);
});

test('CBL-Mariner 2.0: published samples', needsSharedData(samples.vulnList), (t) => {
  const files = readSamples(t, samples.vulnList, /mariner\/testdata\/happy\/cbl-mariner-2\.0-preview-oval\.xml$/).map(({ text }) => ({
    name: 'cbl-mariner-2.0-oval.xml',
    text,
  }));
  prove(t, files, 'mariner', '2.0.20240101', 4);
});

const toMarinerTest: ToTest = (comment) => {
  const [, name, below] = /^Package (\S+) is earlier than (\S+), affected by/.exec(comment) ?? [];
  if (name !== undefined && below !== undefined) return { name, fields: [['evr', 'less than', `0:${below}`]] };
  const [, open, upTo] = /^Package (\S+) is installed with version (\S+) or earlier$/.exec(comment) ?? [];
  return open === undefined || upTo === undefined ? undefined : { name: open, fields: [['evr', 'less than or equal', `0:${upTo}`]] };
};

for (const [id, file, versionId] of [
  ['mariner', 'cbl-mariner-2.0-oval.xml', '2.0.20240101'],
  ['azurelinux', 'azurelinux-3.0-oval.xml', '3.0.20240101'],
] as const) {
  test(`${id} ${versionId.slice(0, 3)}: a made record with and without patches`, (t) => {
    let number = 0;
    const flaw = (name: string, version: string, patchable: 'true' | 'false' | 'Not Applicable'): string => {
      const cve = `CVE-2024-${String(10000 + ++number)}`;
      const words =
        patchable === 'false'
          ? `Package ${name} is installed with version ${version} or earlier`
          : `Package ${name} is earlier than ${version}, affected by ${cve}`;
      return definition(
        `<title>${cve} affecting package ${name}</title><reference ref_id="${cve}" ref_url="https://nvd.example/${cve}" source="CVE"/><patchable>${patchable}</patchable><severity>High</severity>`,
        `<criteria operator="AND"><criterion test_ref="oval:com.microsoft.made:tst:${String(number)}" comment="${words}"/></criteria>`,
        'vulnerability',
        `oval:com.microsoft.made:def:${String(number)}`,
      );
    };
    const mark = versionId.startsWith('2') ? 'cm2' : 'azl3';
    const definitions = madePackages.flatMap(({ name, version }, index) => [
      flaw(name, `${version}-4.${mark}`, 'true'),
      flaw(name, `${version}-9.${mark}`, 'true'),
      flaw(name, index % 2 === 0 ? version : `${version}-2.${mark}`, 'false'),
      flaw(name, `${version}-99.${mark}`, 'Not Applicable'),
    ]);
    prove(t, [{ name: file, text: withTables(definitions.join(''), toMarinerTest) }], id, versionId, madePackages.length);
  });
}
