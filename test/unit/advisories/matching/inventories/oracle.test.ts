import { test } from 'node:test';
import { flawsOf, interpretOval, readingOfDefinitions } from '../../../../support/expected/oval-interpreter.ts';
import type { Reading } from '../../../../support/expected/reading.ts';
import { besideRpm, compareRpm } from '../../../../support/expected/rpm-order.ts';
import { distroOf } from '../../../../support/family-match.ts';
import { needsSharedData } from '../../../../support/shared-data.ts';
import { definition } from '../../feeds/oval-builder.ts';
import { madePackages } from './made-packages.ts';
import { commonTest, withTables } from './oval-tables.ts';
import { proveInventory, type RecordFile } from './prove.ts';
import { readSamples, samples } from './samples.ts';

const FILE = 'com.oracle.elsa-all.xml';
const BITS_32 = /^i[3-6]86$/;

/** Oracle's definitions for one release. What Ksplice patches and what is validated by FIPS is built apart, and fixed at versions of its own. The architecture is the system's, which has packages of 32 bits, too. */
function readOracle(files: readonly RecordFile[], release: string): Reading {
  const definitions = files.flatMap(({ text }) =>
    interpretOval(text, {
      order: compareRpm,
      isSameBuild: (fixed, version) => /ksplice|_fips$/.exec(fixed)?.[0] === /ksplice|_fips$/.exec(version)?.[0],
      systemHolds(comment, { architecture = '', stream }) {
        if (comment.endsWith(' is enabled')) return comment === `Module ${stream ?? ''} is enabled`;
        const system = /^Oracle Linux arch is (\S+)$/.exec(comment)?.[1];
        if (system !== undefined)
          return architecture === 'noarch' || system === architecture || (BITS_32.test(architecture) && (system === 'x86_64' || system === 'i386'));
        return /^Oracle Linux \d+ is installed$/.test(comment) ? comment === `Oracle Linux ${release} is installed` : undefined;
      },
    }),
  );
  return readingOfDefinitions(definitions, ({ text }) => flawsOf(text, /ELSA-\d{4}-\d+/));
}

function toOracleTest(comment: string): ReturnType<typeof commonTest> {
  const [, release] = /^Oracle Linux (\d+) is installed$/.exec(comment) ?? [];
  if (release !== undefined) return { name: 'oraclelinux-release', fields: [['version', 'pattern match', `^${release}`]] };
  const [, architecture] = /^Oracle Linux arch is (\S+)$/.exec(comment) ?? [];
  if (architecture !== undefined) return { name: 'oraclelinux-release', fields: [['arch', 'pattern match', architecture]] };
  return commonTest(comment);
}

function prove(t: Parameters<typeof proveInventory>[0], files: readonly RecordFile[], release: string, packages: number): void {
  proveInventory(t, {
    feed: 'oracle-oval',
    files,
    reading: readOracle(files, release),
    distro: distroOf('ol', `${release}.9`),
    type: 'rpm',
    beside: besideRpm,
    packages,
    architectures: ['x86_64', 'i386', 'i686', 'aarch64', 'noarch'],
    more: { vendor: 'Oracle America' },
  });
}

for (const [release, packages] of [
  ['5', 47],
  ['6', 16],
  ['7', 48],
  ['8', 1],
] as const) {
  test(`Oracle Linux ${release}: published samples`, needsSharedData(samples.vulnList), (t) => {
    // One sample is the definitions alone, without the tables that they point to.
    const files = [
      ...readSamples(t, samples.vulnList, /oracle\/oval\/testdata\/(?:all-positive-data|elsa-2018-1196-1)\.xml/),
      ...readSamples(t, samples.vuls, /oracle\/linux\/testdata\/fixtures\/com\.oracle\.elsa-all\.xml/),
    ].map(({ text }) => ({
      name: FILE,
      text: text.includes('<tests>') ? text : withTables([...text.matchAll(/<definition [\s\S]*?<\/definition>/g)].join(''), toOracleTest),
    }));
    prove(t, files, release, packages);
  });
}

/** One advisory as Oracle nests it: for each architecture of a release every package, signed, and under its module where it is of one. */
function advisory(
  number: number,
  cves: readonly string[],
  parts: readonly {
    readonly release: string;
    readonly architectures: readonly string[];
    readonly stream?: string;
    readonly packages: readonly (readonly [name: string, evr: string])[];
  }[],
): string {
  const id = `ELSA-2024-${String(number)}`;
  let tests = 0;
  const criterion = (comment: string): string =>
    `<criterion test_ref="oval:com.oracle.elsa:tst:2024${String(number)}${String(++tests).padStart(3, '0')}" comment="${comment}"/>`;
  const all = (...children: string[]): string => `<criteria operator="AND">${children.join('')}</criteria>`;
  const any = (children: readonly string[]): string => `<criteria operator="OR">${children.join('')}</criteria>`;
  const criteria = parts.map(({ release, architectures, stream, packages }) => {
    const signed = packages.map(([name, evr]) =>
      all(criterion(`${name} is earlier than ${evr}`), criterion(`${name} is signed with the Oracle Linux ${release} key`)),
    );
    const systems = architectures.map((architecture) => all(criterion(`Oracle Linux arch is ${architecture}`), any(signed)));
    return all(
      criterion(`Oracle Linux ${release} is installed`),
      ...(stream === undefined ? [] : [criterion(`Module ${stream} is enabled`)]),
      any(systems),
    );
  });
  const references = [`<reference source="elsa" ref_id="${id}"/>`, ...cves.map((cve) => `<reference source="CVE" ref_id="${cve}"/>`)];
  const platforms = parts.map(({ release }) => `<platform>Oracle Linux ${release}</platform>`);
  return definition(
    `<title>\n${id}:  made (IMPORTANT)\n</title><affected family="unix">${platforms.join('')}</affected>${references.join('')}<advisory><severity>IMPORTANT</severity></advisory>`,
    any(criteria),
    'patch',
    `oval:com.oracle.elsa:def:2024${String(number)}`,
  );
}

for (const release of ['8', '9', '10']) {
  test(`Oracle Linux ${release}: a made record with modules, Ksplice's and FIPS builds, architectures and two releases in one`, (t) => {
    const other = release === '8' ? '9' : '8';
    const both = ['x86_64', 'aarch64'];
    const evr = (version: string, epoch = '0', number = 4, mark = `el${release}`): string => `${epoch}:${version}-${String(number)}.0.1.${mark}`;
    const definitions = [
      ...madePackages.map(({ name, version, epoch }, index) =>
        advisory(
          1000 + index,
          [`CVE-2024-${String(10000 + index)}`, 'CVE-2024-20000'],
          [
            {
              release,
              architectures: both,
              packages: [
                [name, evr(version, epoch)],
                [`${name}-libs`, evr(version, epoch)],
              ],
            },
          ],
        ),
      ),
      // Fixed again, later; on one architecture only; for two releases at once; and without a CVE.
      advisory(2001, ['CVE-2024-10000'], [{ release, architectures: both, packages: [['bash', evr('5.1.8', '0', 9)]] }]),
      advisory(2002, ['CVE-2024-20002'], [{ release, architectures: ['aarch64'], packages: [['openssl', evr('3.0.7', '1', 30)]] }]),
      advisory(
        2003,
        ['CVE-2024-20003'],
        [
          { release, architectures: both, packages: [['systemd', evr('252', '0', 40)]] },
          { release: other, architectures: both, packages: [['systemd', evr('300', '0', 1, `el${other}`)]] },
        ],
      ),
      advisory(2004, [], [{ release, architectures: both, packages: [['curl', evr('7.76.1', '0', 50)]] }]),
      // One flaw, three builds.
      advisory(2005, ['CVE-2024-20005'], [{ release, architectures: both, packages: [['glibc', evr('2.34', '0', 60)]] }]),
      advisory(2006, ['CVE-2024-20005'], [{ release, architectures: ['x86_64'], packages: [['glibc', `2:2.34-60.0.2.ksplice1.el${release}`]] }]),
      advisory(
        2007,
        ['CVE-2024-20005', 'CVE-2024-20006'],
        [{ release, architectures: both, packages: [['gnutls', `10:3.7.6-23.el${release}_fips`]] }],
      ),
      advisory(2008, ['CVE-2024-20006'], [{ release, architectures: both, packages: [['gnutls', evr('3.7.6', '0', 21)]] }]),
      // Two streams of a module, and an advisory that leaves its module out.
      advisory(
        2009,
        ['CVE-2024-20009'],
        [{ release, architectures: both, stream: 'nodejs:18', packages: [['nodejs', evr('18.19.0', '1', 1, `module+el${release}.9.0+1+a`)]] }],
      ),
      advisory(
        2010,
        ['CVE-2024-20009'],
        [{ release, architectures: both, stream: 'nodejs:20', packages: [['nodejs', evr('20.11.0', '1', 1, `module+el${release}.9.0+2+b`)]] }],
      ),
      advisory(
        2011,
        ['CVE-2024-20011'],
        [{ release, architectures: both, packages: [['nodejs', evr('20.12.0', '1', 1, `module+el${release}.9.0+3+c`)]] }],
      ),
      advisory(2012, ['CVE-2024-20012'], [{ release: other, architectures: both, packages: [['bash', evr('6.0', '0', 1, `el${other}`)]] }]),
    ];
    prove(t, [{ name: FILE, text: withTables(definitions.join(''), toOracleTest) }], release, 2 * madePackages.length);
  });
}
