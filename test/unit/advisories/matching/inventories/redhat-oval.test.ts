import { test } from 'node:test';
import { flawsOf, interpretOval, readingOfDefinitions } from '../../../../support/expected/oval-interpreter.ts';
import { compareRedHat } from '../../../../support/expected/redhat.ts';
import { besideRpm } from '../../../../support/expected/rpm-order.ts';
import { distroOf } from '../../../../support/family-match.ts';
import { needsSharedData } from '../../../../support/shared-data.ts';
import { proveInventory, readRecords } from './prove.ts';
import { readSamples, samples } from './samples.ts';

/** A repository that an image has, and the products of its packages; without one it has the system alone. */
const images = [
  { release: '6', cpes: ['cpe:/o:redhat:enterprise_linux:6'], packages: 9 },
  {
    release: '7',
    repository: 'rhel-7-server-dotnet-rpms',
    cpes: ['cpe:/a:redhat:rhel_dotnet:3.1', 'cpe:/a:redhat:rhel_dotnet:3.1::el7'],
    packages: 11,
  },
  {
    release: '8',
    repository: 'ansible-2-for-rhel-8-x86_64-rpms',
    cpes: ['cpe:/a:redhat:ansible_engine:2.9', 'cpe:/a:redhat:ansible_engine:2.9::el8'],
    packages: 2,
  },
] as const;

test("published samples of Red Hat's OVAL", needsSharedData(samples.vulnList), async (t) => {
  const files = readSamples(t, samples.vulnList, /redhat\/oval\/testdata\/happy\/RHEL\d\/[^/]*\.oval\.xml/);
  for (const image of images)
    await t.test(`Red Hat Enterprise Linux ${image.release}`, (inner) => {
      const definitions = files
        .flatMap(({ text }) =>
          interpretOval(text, {
            order: compareRedHat,
            systemHolds: (comment) =>
              /^Red Hat Enterprise Linux\b.* installed$/.test(comment)
                ? comment === `Red Hat Enterprise Linux ${image.release} is installed`
                : undefined,
          }),
        )
        .filter(({ id, text }) => {
          const listed = [...text.matchAll(/<cpe>([^<]+)<\/cpe>/g)].map(([, cpe = '']) => cpe);
          const own: readonly string[] = image.cpes;
          // Older definitions list no products: they are of the system.
          return (
            !id.includes('unaffected') &&
            (listed.length === 0 ? own.some((cpe) => cpe.startsWith('cpe:/o:')) : listed.some((cpe) => own.includes(cpe)))
          );
        });
      const repository = 'repository' in image ? image.repository : undefined;
      proveInventory(inner, {
        feed: 'redhat-oval',
        files,
        extra:
          repository === undefined
            ? []
            : readRecords('redhat-products', {
                name: 'repository-to-cpe.json',
                text: JSON.stringify({ data: { [repository]: { cpes: image.cpes } } }),
              }),
        reading: readingOfDefinitions(definitions, ({ text }) => flawsOf(text, /(?!)/)),
        distro: distroOf('rhel', `${image.release}.10`, repository === undefined ? {} : { contentSets: [repository] }),
        type: 'rpm',
        beside: besideRpm,
        packages: image.packages,
        architectures: ['x86_64', 'noarch'],
        more: { vendor: 'Red Hat, Inc.' },
        isAllOpen: image.release === '6',
      });
    });
});
