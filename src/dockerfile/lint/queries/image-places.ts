import type { ImageName } from '../../syntax/model.ts';
import { optionOf, type TextsOption } from '../options.ts';
import type { RuleContext } from '../rule.ts';

const HUB = 'docker.io';

/** A registry, or a part of one, that the configuration names. */
export interface ImagePlace {
  /** `*.example.com` stands for every name below, `*` for every registry. */
  readonly registry: string;
  /** Empty: all of it. */
  readonly path: string;
}

/** Returns what an entry such as `registry.example`, `ghcr.io/org` or `library` names: as in an image's name, a first part without dot and colon belongs to Docker Hub. */
export function readPlace(entry: string): ImagePlace {
  const plain = entry
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/{1,9}\*{0,2}$/, '');
  const slash = plain.indexOf('/');
  const first = slash < 0 ? plain : plain.slice(0, slash);
  if (first !== '*' && first !== 'localhost' && !/[.:]/.test(first)) return { registry: HUB, path: plain };
  return { registry: isHub(first) ? HUB : first, path: slash < 0 ? '' : plain.slice(slash + 1) };
}

/** True for an image that is in a place: its registry or one that the place's stands for, at its path or below. */
export function isInPlace({ registry, path }: ImagePlace, image: ImageName): boolean {
  const own = registryOf(image);
  const isSame = registry === '*' || own === registry || (registry.startsWith('*.') && own.replace(/:\d{1,5}$/, '').endsWith(registry.slice(1)));
  const repository = own === HUB && !image.repository.includes('/') ? `library/${image.repository}` : image.repository;
  return isSame && (path === '' || repository === path || repository.startsWith(`${path}/`));
}

/** Returns the registry that an image is pulled from, in lower case. */
export function registryOf({ registry }: ImageName): string {
  const name = registry?.toLowerCase() ?? HUB;
  return isHub(name) ? HUB : name;
}

/** True for a registry that holds more than Docker Hub's images and can be moved to. */
export function isMirror({ registry }: ImagePlace): boolean {
  return registry !== HUB && !registry.startsWith('*');
}

function isHub(registry: string): boolean {
  return registry === HUB || registry === 'index.docker.io' || registry === 'registry-1.docker.io' || registry === 'hub.docker.com';
}

/** Of the rules that ask for a tag or a digest. */
export const ignoredImages: TextsOption = {
  kind: 'texts',
  name: 'ignore',
  description: 'Registries and repositories whose images may go without, written as in `trustedRegistries`.',
  default: [],
  examples: ['registry.example.com', 'ghcr.io/acme/base'],
};

/** Returns the test for images that {@link ignoredImages} names. */
export function imageIgnorer(context: RuleContext): (image: ImageName) => boolean {
  const places = optionOf(context, ignoredImages).map(readPlace);
  return (image) => places.some((place) => isInPlace(place, image));
}
