import type { TextPosition, TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, DockerWord, ImageName } from '../../syntax/model.ts';
import { offsetAt, positionAt } from '../../syntax/text-document.ts';
import { variesByPlatform } from './download-source.ts';
import { externalImages } from './external-images.ts';
import { stagesDefining, variablesIn } from './variables.ts';

/** Where `@digest` goes, or why no place is right. */
export type DigestPlace = { readonly at: TextPosition } | { readonly refused: string };

/** An image that the file names without a digest. */
export interface ImagePin {
  /** Of its name. */
  readonly range: TextRange;
  /** The name with ARG defaults put in, as docker would pull it. */
  readonly reference: string;
  readonly place: DigestPlace;
}

/** A template's `{{name}}` and other half-written things are no names yet. */
const REPOSITORY = /^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/i;

/** Returns the images of FROM, `COPY --from` and `RUN --mount=from` that have no digest, in that order. */
export function imagePins(model: DockerfileModel): readonly ImagePin[] {
  const bases = model.stages.flatMap(({ image }): readonly ImagePin[] => {
    if (image?.kind !== 'image' || image.digest !== undefined) return [];
    if (image.unresolved)
      return [{ range: image.word.range, reference: image.resolved, place: { refused: 'its name is complete only when it is built' } }];
    return REPOSITORY.test(image.repository) ? [{ range: image.word.range, reference: image.resolved, place: placeInFrom(model, image) }] : [];
  });
  const others = externalImages(model).flatMap(({ image, range, written }): readonly ImagePin[] => {
    if (image.digest !== undefined || !REPOSITORY.test(image.repository)) return [];
    return [{ range, reference: image.resolved, place: placeOutsideFrom(image, range, written) }];
  });
  return [...bases, ...others];
}

function placeOutsideFrom({ resolved, tag }: ImageName, { end }: TextRange, written: boolean): DigestPlace {
  if (!written) return { refused: 'its name is not written out where it is used' };
  // A misspelt stage must not become an image that somebody has put under that name.
  if (tag === undefined && !resolved.includes('/'))
    return { refused: 'it may be meant to be a stage or a build context; give it a tag if it is an image' };
  return { at: end };
}

/**
 * The digest wins over the tag without a word, so it goes where whoever changes the tag replaces it too: behind the name where the tag is written out, into the ARG's default
 * where the name ends with that ARG.
 */
function placeInFrom(model: DockerfileModel, { word, resolved, tag }: ImageName): DigestPlace {
  if (variesByPlatform(word.text)) return { refused: 'its name differs by platform' };
  const uses = variablesIn(model, word.source);
  if (uses.some(({ hasFallback }) => hasFallback)) return { refused: 'its name falls back on another one' };
  const last = uses.at(-1);
  if (last !== undefined && endsWithVariable(word, last.name)) return placeInDefault(model, last.name, resolved);
  if (last !== undefined && tag !== undefined && !withoutEndQuotes(word.text).endsWith(`:${tag}`))
    return { refused: `a digest would win over whatever tag --build-arg ${last.name} asks for` };
  return { at: beforeEndQuotes(model, word.range) };
}

function placeInDefault(model: DockerfileModel, name: string, resolved: string): DigestPlace {
  const definition = model.definitions.findLast((candidate) => candidate.name === name && candidate.instruction.stage === -1);
  if (definition?.valueRange === undefined || definition.value === undefined) return { refused: `ARG ${name} has no default` };
  if (definition.value !== definition.resolved) return { refused: `the default of ARG ${name} is made of other arguments` };
  if (!endsOnlyThisName(model, name, resolved)) return { refused: `ARG ${name} is used for other things as well` };
  return { at: beforeEndQuotes(model, definition.valueRange) };
}

/** True when the ARG ends names of this one image, and is used nowhere else: then a digest in its default does no harm. */
function endsOnlyThisName(model: DockerfileModel, name: string, resolved: string): boolean {
  if ([...stagesDefining(model, name).keys()].some((stage) => stage >= 0)) return false;
  return model.instructions.every(({ keyword, stage, flags, args }) => {
    if (flags.some(({ value = '' }) => mentions(value, name) > 0)) return false;
    const [image] = args;
    if (keyword !== 'FROM' || image === undefined) return stage >= 0 || args.every(({ text }) => mentions(text, name) === 0);
    const count = mentions(image.text, name);
    return count === 0 || (count === 1 && endsWithVariable(image, name) && model.stages[stage]?.image?.resolved === resolved);
  });
}

/** Returns how often `$NAME` or `${NAME…` stands in a text. */
function mentions(text: string, name: string): number {
  return Array.from(text.matchAll(/\$\{?(\w+)/g)).filter(([, mentioned]) => mentioned === name).length;
}

function endsWithVariable({ text }: DockerWord, name: string): boolean {
  const plain = withoutEndQuotes(text);
  return plain.endsWith(`$${name}`) || plain.endsWith(`\${${name}}`);
}

function withoutEndQuotes(text: string): string {
  return text.replace(/["']+$/, '');
}

function beforeEndQuotes({ text, document }: DockerfileModel, { end }: TextRange): TextPosition {
  let offset = offsetAt(document, end);
  while (text[offset - 1] === '"' || text[offset - 1] === "'") offset--;
  return positionAt(document, offset);
}
