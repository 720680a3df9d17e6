import type { Problem } from '../../foundation/model/problem.ts';
import type { DocumentStore, ImageChoice } from './image-description.ts';
import { ImageSourceError } from './source.ts';

/** How images of an archive are told apart. */
export interface Naming<T> {
  references(image: T): readonly string[];
  /** Equal for entries that are one image, such as one for several platforms. */
  identity(image: T): string;
  label(image: T): string;
}

/** Returns the entries of the image that is meant by name, else of the first, with a problem when there are others. */
export function pickByReference<T>(
  store: DocumentStore,
  images: readonly T[],
  naming: Naming<T>,
  choice: ImageChoice,
  problems: Problem[],
): readonly [T, ...T[]] {
  const [first] = images;
  if (first === undefined) throw new ImageSourceError('not-an-image', `${store.name} lists no image. Save the image again.`);
  const { reference } = choice;
  const named =
    reference === undefined
      ? undefined
      : images.find((image) => naming.references(image).some((name) => familiarName(name) === familiarName(reference)));
  const identities = new Set(images.map((image) => naming.identity(image)));
  if (reference !== undefined && named === undefined && identities.size > 1) {
    throw new ImageSourceError(
      'not-found',
      `${store.name} holds no image ${reference}. It holds: ${images.map((image) => naming.label(image)).join(', ')}.`,
    );
  }
  const meant = named ?? first;
  if (reference === undefined && identities.size > 1) {
    const others = images.filter((image) => naming.identity(image) !== naming.identity(meant)).map((image) => naming.label(image));
    const message = `${store.name} holds ${identities.size} images; only ${naming.label(meant)} was looked at, not ${others.join(', ')}. Save each to a file of its own.`;
    problems.push({ code: 'other', message });
  }
  return [meant, ...images.filter((image) => image !== meant && naming.identity(image) === naming.identity(meant))];
}

/** Returns `docker.io/library/nginx:latest` as `nginx:latest`: archives use either form. */
function familiarName(reference: string): string {
  const short = reference.replace(/^docker\.io\/(?:library\/)?/, '');
  return short.includes('@') || short.includes(':', short.lastIndexOf('/') + 1) ? short : `${short}:latest`;
}
