import { test } from 'node:test';
import { besideAlpm, compareAlpm } from '../../../../support/expected/alpm-order.ts';
import { readArch } from '../../../../support/expected/arch.ts';
import { readingOf } from '../../../../support/expected/reading.ts';
import { distroOf } from '../../../../support/family-match.ts';
import { needsSharedData } from '../../../../support/shared-data.ts';
import { madePackages } from './made-packages.ts';
import { proveInventory, type RecordFile } from './prove.ts';
import { readSamples, samples } from './samples.ts';

function prove(t: Parameters<typeof proveInventory>[0], files: readonly RecordFile[], packages: number): void {
  proveInventory(t, {
    feed: 'arch',
    files,
    reading: readingOf(
      files.flatMap(({ text }) => readArch(text)),
      compareAlpm,
    ),
    distro: distroOf('arch', ''),
    type: 'alpm',
    beside: besideAlpm,
    packages,
    more: { architecture: 'x86_64' },
  });
}

test('Arch Linux: published samples', needsSharedData(samples.vulnList), (t) => {
  const files = [
    ...readSamples(t, samples.vulnList, /arch\/testdata\/archlinux\.json$/),
    ...readSamples(t, samples.trivyDb, /arch-linux\/testdata\/happy\/.*AVG-\d+\.json$/),
  ];
  prove(t, files, 3);
});

test('Arch Linux: a made list of groups in every state', (t) => {
  const group = (
    number: number,
    packages: readonly string[],
    issues: readonly string[],
    affected: string,
    fixed: string | null,
    status = 'Fixed',
  ): unknown => ({
    name: `AVG-${String(number)}`,
    packages,
    status,
    severity: 'High',
    type: 'made',
    affected,
    fixed,
    ticket: null,
    issues,
    advisories: [],
  });
  const groups = [
    ...madePackages.map(({ name, version, epoch }, index) => {
      const number = epoch === undefined ? version : `${epoch}:${version}`;
      return group(index, [name, `lib32-${name}`], [`CVE-2024-${String(10000 + index)}`, 'CVE-2024-20000'], `${number}-2`, `${number}.1-3`);
    }),
    // Found in a later version again, open, under test, being looked at, and no flaw of Arch's.
    group(101, ['bash'], ['CVE-2024-10000'], '5.2-1', '5.2-4'),
    group(102, ['curl'], ['CVE-2024-20002'], '7.76.1-1', null, 'Vulnerable'),
    group(103, ['expat'], ['CVE-2024-20003'], '2.5.0-1', '2.6.0-1', 'Testing'),
    group(104, ['sqlite'], ['CVE-2024-20004'], '3.34.0-1', null, 'Unknown'),
    group(105, ['zlib'], ['CVE-2024-20005'], '1.2.0-1', '1:1.3-1', 'Not affected'),
    // A fix and an open group of one flaw.
    group(106, ['tar'], ['CVE-2024-20006'], '1:1.0-1', null, 'Vulnerable'),
    group(107, ['tar'], ['CVE-2024-20006'], '1:1.0-1', '2:1.35-2'),
    // Where pacman orders otherwise than rpm: letters behind a number, and more dots.
    group(108, ['openssh'], ['CVE-2024-20008'], '9.6p1-1', '9.6rc1-1'),
    group(109, ['sudo'], ['CVE-2024-20009'], '1.9.15.p5-1', '1.9.16-1.1'),
  ];
  prove(t, [{ name: 'archlinux.json', text: JSON.stringify(groups) }], 2 * madePackages.length);
});
