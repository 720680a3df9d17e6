import type { TextRange } from '../../foundation/model/text-range.ts';
import { externalImages } from '../lint/queries/external-images.ts';
import { parseImageName } from '../syntax/image-name.ts';
import { emptyMappedText } from '../syntax/mapped-text.ts';
import type { DockerfileModel, ImageName } from '../syntax/model.ts';
import { registryPageOf } from './registry-pages.ts';

/** The name of an image, and the address of the page that its registry has of it. */
export interface ImageLink {
  readonly range: TextRange;
  readonly url: string;
}

/** A rule as a suppression comment names it: an id, a slug or another linter's id. */
export interface RuleMention {
  readonly range: TextRange;
  readonly name: string;
}

/** Returns the images that a Dockerfile names: bases, what files are copied or mounted from, and its syntax. */
export function imageLinksOf(model: DockerfileModel): readonly ImageLink[] {
  const syntax = model.directives.find(({ name }) => name === 'syntax');
  const named: readonly (readonly [ImageName, TextRange])[] = [
    ...(syntax === undefined ? [] : [[toImageName(syntax.value, syntax.valueRange), syntax.valueRange] as const]),
    ...model.stages.flatMap(({ image }) => (image === undefined ? [] : [[image, image.word.range] as const])),
    ...externalImages(model).map(({ image, range }) => [image, range] as const),
  ];
  return named.flatMap(([image, range]) => {
    const url = registryPageOf(image);
    return url === undefined ? [] : [{ range, url }];
  });
}

/** Returns the rules that comments name: `plimsoll ignore=`, `plimsoll ignore-file=`, `hadolint ignore=`, and `check=skip=` as a directive or a comment. */
export function ruleMentionsOf(model: DockerfileModel): readonly RuleMention[] {
  const check = model.directives.find(({ name }) => name === 'check');
  return [
    ...(check === undefined ? [] : mentionsIn(`check=${check.value}`, check.valueRange, -'check='.length)),
    ...model.comments.flatMap(({ text, range }) => mentionsIn(text, range, 1)),
  ];
}

const PREFIX = /^\s*(?:plimsoll\s+ignore(?:-file)?\s*=|hadolint\s+(?:global\s+)?ignore\s*=|check\s*=(?:[^;/]*;)?\s*skip\s*=)/i;
const NAME = /\s*([A-Za-z][\w-]*)(?![\w-]|\s*=)\s*,?/y;
/** More names than this in one comment are not links. */
const MAX_NAMES = 100;

/** `shift`: how far `text` begins behind the start of `range`. */
function mentionsIn(text: string, { start }: TextRange, shift: number): readonly RuleMention[] {
  const prefix = PREFIX.exec(text)?.[0];
  if (prefix === undefined) return [];
  const mentions: RuleMention[] = [];
  let at = prefix.length;
  while (mentions.length < MAX_NAMES) {
    NAME.lastIndex = at;
    const match = NAME.exec(text);
    const name = match?.[1];
    if (match === null || name === undefined) break;
    const character = start.character + shift + at + match[0].indexOf(name);
    mentions.push({ name, range: { start: { line: start.line, character }, end: { line: start.line, character: character + name.length } } });
    at += match[0].length;
    if (!match[0].endsWith(',')) break;
  }
  return mentions;
}

function toImageName(text: string, range: TextRange): ImageName {
  return parseImageName({ text, value: text, range, source: emptyMappedText }, text, 'image', false);
}
