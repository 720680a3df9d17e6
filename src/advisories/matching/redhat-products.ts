import type { Distro } from '../../foundation/model/image.ts';
import type { AdvisoryEntry } from '../store/record.ts';
import type { AdvisoryStore } from '../store/store.ts';

/** What an image without content sets is taken to have: the repositories of a subscription without extras, by major release; those of other architectures are of the same products. */
const defaultContentSets: Readonly<Record<string, readonly string[]>> = {
  '6': ['rhel-6-server-rpms', 'rhel-6-server-extras-rpms'],
  '7': ['rhel-7-server-rpms', 'rhel-7-server-extras-rpms'],
  '8': ['rhel-8-for-x86_64-baseos-rpms', 'rhel-8-for-x86_64-appstream-rpms'],
  '9': ['rhel-9-for-x86_64-baseos-rpms', 'rhel-9-for-x86_64-appstream-rpms'],
  '10': ['rhel-10-for-x86_64-baseos-rpms', 'rhel-10-for-x86_64-appstream-rpms'],
};

/**
 * Returns the test of whether an entry of Red Hat's holds for an image: one of the entry's products must be one of the image's, which its content sets name, else the default ones
 * of the major release. Where the database knows none of those repositories, the product's own name tells: Red Hat Enterprise Linux of that release, without an add-on.
 */
export function holdsForImage(distro: Distro, major: string, store: AdvisoryStore): (entry: AdvisoryEntry) => boolean {
  const numbersOf = (names: readonly string[]): number[] => names.flatMap((name) => store.redhatProducts('repository', name));
  const recorded = numbersOf((distro.contentSets ?? []).map(withoutBuildSuffix));
  const own = new Set(recorded.length > 0 ? recorded : numbersOf(defaultContentSets[major] ?? []));
  const isBaseProduct = createBaseProductTest(major, store);
  return ({ cpeNumbers }) => cpeNumbers === undefined || cpeNumbers.some((number) => (own.size > 0 ? own.has(number) : isBaseProduct(number)));
}

/** The build system puts `__8` behind names of repositories; `__9_DOT_2` is of another repository, the one of extended updates. */
function withoutBuildSuffix(contentSet: string): string {
  return contentSet.replace(/__\d+$/, '');
}

/** `cpe:/o:redhat:enterprise_linux:9::baseos`, `cpe:/a:redhat:enterprise_linux:9::appstream`, `cpe:/o:redhat:enterprise_linux:9`. */
function createBaseProductTest(major: string, store: AdvisoryStore): (number: number) => boolean {
  const known = new Map<number, boolean>();
  return (number) => {
    const answer = known.get(number) ?? isBaseProductName(store.redhatProductName(number) ?? '', major);
    known.set(number, answer);
    return answer;
  };
}

function isBaseProductName(cpe: string, major: string): boolean {
  const [scheme, , vendor, product, version = '', update = '', edition = ''] = cpe.split(':');
  const isRelease = version === major || version.startsWith(`${major}.`);
  return (
    scheme === 'cpe' &&
    vendor === 'redhat' &&
    product === 'enterprise_linux' &&
    isRelease &&
    update === '' &&
    /^(?:baseos|appstream|crb|server|client|workstation|computenode|)$/.test(edition)
  );
}
