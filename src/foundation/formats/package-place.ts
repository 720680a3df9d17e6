/**
 * Where a package lies in an image, as a text that people read and our own reader takes back: `read from app/shop.war, layer 2, inside WEB-INF/lib/log4j-core-2.14.1.jar`. Bills of materials have no field for a layer, for a
 * place inside an archive, or for what is only declared.
 */
import type { ImagePath } from '../model/brand.ts';
import { toImagePath } from '../model/brand.ts';

/** One place of a package. */
export interface PackagePlace {
  /** The file that the package was read from. */
  readonly path?: ImagePath;
  /** Index of the layer. */
  readonly layer: number;
  readonly insideArchive?: string;
  readonly declaredOnly?: true;
  readonly configOnly?: true;
  /** The vendor's package that brought it. */
  readonly broughtBy?: string;
}

const READ_FROM = 'read from ';
const AND_FROM = 'and from ';
const LAYER = 'layer ';
const INSIDE = ', inside ';
const DECLARED_ONLY = 'declared only';
const CONFIG_ONLY = 'configuration files only';
const BROUGHT_BY = 'brought by ';
/** What names of packages are made of; another is not written. */
const PACKAGE_NAME = /^[A-Za-z0-9][\w.+~:@-]{0,200}$/;
const LONGEST = 16_384;

/** Returns what there is to say of a place beside its path: `layer 2, declared only`. */
export function formatPlaceDetail({ layer, insideArchive, declaredOnly, configOnly, broughtBy = '' }: PackagePlace): string {
  const words = [
    `${LAYER}${layer}`,
    ...(declaredOnly === true ? [DECLARED_ONLY] : []),
    ...(configOnly === true ? [CONFIG_ONLY] : []),
    ...(PACKAGE_NAME.test(broughtBy) ? [BROUGHT_BY + broughtBy] : []),
  ];
  return `${words.join(', ')}${insideArchive === undefined ? '' : INSIDE + quoteIfOdd(insideArchive)}`;
}

/** Returns a place as one line. */
export function formatPlace(place: PackagePlace): string {
  return `${place.path === undefined ? '' : `${READ_FROM}${quoteIfOdd(place.path)}, `}${formatPlaceDetail(place)}`;
}

/** Returns a line that, after that of a place, names one more file that tells of the same. */
export function formatFurtherPath(path: ImagePath): string {
  return `${AND_FROM}${quoteIfOdd(path)}`;
}

/** Returns what `formatPlaceDetail` wrote, undefined for any other text. */
export function parsePlaceDetail(text: string): PackagePlace | undefined {
  const inside = text.indexOf(INSIDE);
  const [first = '', ...words] = (inside < 0 ? text : text.slice(0, inside)).split(', ', 5);
  const layer = /^layer (\d{1,6})$/.exec(first)?.[1];
  const broughtBy = words.find((word) => word.startsWith(BROUGHT_BY))?.slice(BROUGHT_BY.length);
  if (layer === undefined || !words.every((word) => word === DECLARED_ONLY || word === CONFIG_ONLY || word === `${BROUGHT_BY}${broughtBy ?? ''}`))
    return undefined;
  const insideArchive = inside < 0 ? undefined : unquote(text.slice(inside + INSIDE.length));
  return {
    layer: Number(layer),
    ...(insideArchive !== undefined && { insideArchive }),
    ...(words.includes(DECLARED_ONLY) && { declaredOnly: true }),
    ...(words.includes(CONFIG_ONLY) && { configOnly: true }),
    ...(broughtBy !== undefined && PACKAGE_NAME.test(broughtBy) && { broughtBy }),
  };
}

/** Returns what `formatPlace` wrote, undefined for any other text. */
export function parsePlace(line: string): PackagePlace | undefined {
  if (line.length > LONGEST) return undefined;
  if (!line.startsWith(READ_FROM)) return parsePlaceDetail(line);
  const rest = line.slice(READ_FROM.length);
  const quoted = /^"(?:[^"\\]|\\.)*"/.exec(rest)?.[0];
  const end = quoted?.length ?? rest.indexOf(`, ${LAYER}`);
  const raw = end < 0 ? undefined : unquote(rest.slice(0, end));
  const path = raw === undefined ? undefined : toImagePath(raw);
  const detail = parsePlaceDetail(rest.slice(end + ', '.length));
  return path === undefined || detail === undefined ? undefined : { ...detail, path };
}

/** Returns what `formatFurtherPath` wrote, undefined for any other text. */
export function parseFurtherPath(line: string): ImagePath | undefined {
  const raw = line.startsWith(AND_FROM) && line.length <= LONGEST ? unquote(line.slice(AND_FROM.length)) : undefined;
  return raw === undefined ? undefined : toImagePath(raw);
}

/** A name may hold line ends, or the very words that stand around it. */
function quoteIfOdd(text: string): string {
  return text.startsWith('"') || text.includes(', ') || /\p{Cc}|\p{Cs}/u.test(text) ? JSON.stringify(text) : text;
}

function unquote(text: string): string | undefined {
  if (!text.startsWith('"')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
