import { test } from 'node:test';
import { readingOf } from '../../../../support/expected/reading.ts';
import { besideRpm, compareRpm } from '../../../../support/expected/rpm-order.ts';
import { readUpdateinfo } from '../../../../support/expected/updateinfo.ts';
import { distroOf } from '../../../../support/family-match.ts';
import { needsSharedData } from '../../../../support/shared-data.ts';
import { madePackages } from './made-packages.ts';
import { toUpdateinfo, type MadeRpm, type MadeUpdate } from './made-updateinfo.ts';
import { proveInventory, type RecordFile } from './prove.ts';
import { readSamples, samples } from './samples.ts';

/** Which stream an advisory is for stands in front of its year: ALAS, ALAS2, ALAS2023; behind that stands what else it is for. */
function prove(t: Parameters<typeof proveInventory>[0], files: readonly RecordFile[], stream: string, versionId: string, packages: number): void {
  const ids = new RegExp(`<id>ALAS${stream === '1' ? '' : stream}(?:[A-Z][^<]*)?-20\\d\\d-\\d+</id>`);
  const facts = files.flatMap(({ text }) =>
    readUpdateinfo(text, {
      isFor: (update) => ids.test(update),
      // Packages of Amazon Linux 2's extras: 'ALAS2KERNEL-5.15-2022-001'.
      lineOf: (id) => (stream === '2' ? /^ALAS2[A-Z][A-Z_-]*?-?(\d+(?:\.\d+)*)-\d{4}-\d+$/.exec(id)?.[1] : undefined),
    }),
  );
  proveInventory(t, {
    feed: 'updateinfo',
    files,
    reading: readingOf(facts, compareRpm),
    distro: distroOf('amzn', versionId),
    type: 'rpm',
    beside: besideRpm,
    packages,
    architectures: ['x86_64', 'aarch64', 'i686', 'noarch'],
    more: { vendor: 'Amazon Linux' },
  });
}

const streams: readonly (readonly [stream: string, versionId: string, published: number])[] = [
  ['1', '2018.03', 1],
  ['2', '2', 39],
  ['2022', '2022', 12],
  ['2023', '2023.4.20240401', 21],
];

for (const [stream, versionId, published] of streams) {
  test(`Amazon Linux ${stream}: published samples`, needsSharedData(samples.vuls), (t) => {
    const files = [
      ...readSamples(t, samples.vulnList, /amazon\/testdata\/fixtures\/updateinfo_(?!invalid)[^/]*\.xml/),
      ...readSamples(t, samples.vuls, /fetch\/amazon\/testdata\/fixtures\/updateinfo_(?!invalid)[^/]*\.xml/),
    ];
    prove(t, files, stream, versionId, published);
  });

  test(`Amazon Linux ${stream}: a made record with other streams, lines of extras and architectures`, (t) => {
    const mark = stream === '1' ? 'amzn1' : stream === '2' ? 'amzn2' : `amzn${stream}`;
    const both = ['x86_64', 'aarch64'];
    const update = (id: string, cves: readonly string[], packages: readonly MadeRpm[]): MadeUpdate => ({
      id,
      cves,
      collections: [{ short: `amazon-linux-${stream}`, name: `Amazon Linux ${stream}`, packages }],
    });
    const prefix = `ALAS${stream === '1' ? '' : stream}`;
    const other = stream === '2' ? '2023' : '2';
    const updates = [
      ...madePackages.map(({ name, version, epoch = '0' }, index) =>
        update(
          `${prefix}-2024-${String(100 + index)}`,
          [`CVE-2024-${String(10000 + index)}`, 'CVE-2024-20000'],
          [
            { name, epoch, version, release: `4.${mark}.0.2`, architectures: both },
            { name: `${name}-libs`, epoch, version, release: `4.${mark}.0.2`, architectures: [...both, 'i686'] },
            { name: `${name}-doc`, epoch, version, release: `4.${mark}.0.2`, architectures: ['noarch'] },
          ],
        ),
      ),
      update(`${prefix}-2024-901`, ['CVE-2024-10000'], [{ name: 'bash', version: '5.1.8', release: `9.${mark}`, architectures: both }]),
      update(
        `${prefix}-2024-902`,
        ['CVE-2024-20002'],
        [{ name: 'openssl', epoch: '1', version: '3.0.7', release: `30.${mark}`, architectures: ['aarch64'] }],
      ),
      update(`${prefix}-2024-903`, [], [{ name: 'curl', version: '7.76.1', release: `50.${mark}`, architectures: both }]),
      update(`ALAS${other}-2024-904`, ['CVE-2024-20004'], [{ name: 'bash', version: '9.0', release: `1.amzn${other}`, architectures: both }]),
      update(`ALAS${other}-2024-905`, ['CVE-2024-20005'], [{ name: 'only-there', version: '9.0', release: `1.amzn${other}`, architectures: both }]),
      ...(stream === '2'
        ? [
            update('ALAS2-2024-906', ['CVE-2024-20006'], [{ name: 'kernel', version: '4.14.330', release: '250.540.amzn2', architectures: both }]),
            update(
              'ALAS2KERNEL-5.4-2024-907',
              ['CVE-2024-20006'],
              [{ name: 'kernel', version: '5.4.266', release: '178.365.amzn2', architectures: both }],
            ),
            update(
              'ALAS2KERNEL-5.15-2024-908',
              ['CVE-2024-20006', 'CVE-2024-20007'],
              [{ name: 'kernel', version: '5.15.148', release: '97.161.amzn2', architectures: both }],
            ),
            update('ALAS2PHP8.1-2024-909', ['CVE-2024-20008'], [{ name: 'php-cli', version: '8.1.27', release: '1.amzn2', architectures: both }]),
            update(
              'ALAS2POSTGRESQL14-2024-910',
              ['CVE-2024-20009'],
              [{ name: 'postgresql', version: '14.11', release: '1.amzn2', architectures: both }],
            ),
          ]
        : []),
      ...(stream === '2023'
        ? [
            update(
              'ALAS2023LIVEPATCH-2024-911',
              ['CVE-2024-20010'],
              [{ name: 'kernel-livepatch-6.1.72-96.166', version: '1.0', release: '2.amzn2023', architectures: both }],
            ),
          ]
        : []),
    ];
    prove(t, [{ name: 'repodata/updateinfo.xml', text: toUpdateinfo(updates) }], stream, versionId, 3 * madePackages.length);
  });
}
