import type { TextEdit } from '../../../foundation/model/text-range.ts';
import { expandVariables } from '../../syntax/docker-words.ts';
import type { Definition, DockerfileModel, Stage } from '../../syntax/model.ts';
import { fixWith, insertAt, insertLineAbove } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL1007',
  slug: 'argument-in-from',
  title: 'FROM uses an argument that has no value',
  severity: 'low',
  aliases: ['UndefinedArgInFrom', 'InvalidDefaultArgInFrom'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'A variable in FROM that no ARG before the first FROM declares, and one without a default where the name of the image is empty or broken without it. Not reported: TARGETPLATFORM and the like, `${NAME:-default}`, a name that is whole without the value (`busybox${SUFFIX}`).',
    why: 'The build stops, or, where the rest of the name is an image by chance, starts from something nobody meant.',
    fix: 'Declare the ARG before the first FROM, with a default.',
    bad: [
      'FROM alpine:$VERSION\n',
      'FROM alpine:3.22 AS a\nARG VERSION=13\nFROM debian:${VERSION}\n',
      'ARG VERSION\nFROM alpine:$VERSION\n',
      'ARG BASE=""\nFROM $BASE\n',
    ],
    good: [
      'ARG VERSION=3.22\nFROM alpine:$VERSION\n',
      'ARG SUFFIX\nFROM --platform=$BUILDPLATFORM busybox:1.37${SUFFIX}\n',
      'FROM alpine:${VERSION:-3.22}\n',
    ],
    references: [
      'https://docs.docker.com/reference/build-checks/undefined-arg-in-from/',
      'https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/',
    ],
  },
  *check(model) {
    const declared = new Map(model.definitions.filter(({ instruction }) => instruction.stage < 0).map((definition) => [definition.name, definition]));
    for (const stage of model.stages) {
      for (const name of variablesOf(stage)) {
        const word = stage.image?.word;
        const range = (word?.text.includes(name) === true ? word.range : stage.platform?.valueRange) ?? stage.from.keywordRange;
        const definition = declared.get(name);
        if (definition === undefined) {
          const message = `${name} is not declared before the first FROM, so nothing stands here in its place`;
          yield { message, range, fixes: fixWith('suggested', `Declare ${name} with a default to fill in`, declare(model, name)) };
        } else if (isEmpty(definition) && isBroken(model, stage, declared)) {
          const message = `${name} has no default, and without one this is no name of an image`;
          yield { message, range, fixes: fixWith('suggested', `Give ${name} a default to fill in`, giveDefault(definition)) };
        }
      }
    }
  },
};

/** The builder declares these itself. */
const PREDEFINED = /^(?:TARGET|BUILD)(?:PLATFORM|OS|OSVERSION|ARCH|VARIANT|STAGE)$/;

/** Returns the variables without a fallback, each once. */
function variablesOf({ image, platform }: Stage): ReadonlySet<string> {
  const text = `${image?.word.text ?? ''} ${platform?.value ?? ''}`;
  const names = [...text.matchAll(/\$(?:\{([A-Za-z_]\w{0,200})\}|([A-Za-z_]\w{0,200}))/g)].map((match) => match[1] ?? match[2] ?? '');
  return new Set(names.filter((name) => !PREDEFINED.test(name)));
}

function isEmpty({ value }: Definition): boolean {
  return value === undefined || value === '';
}

function isBroken(model: DockerfileModel, { image }: Stage, declared: ReadonlyMap<string, Definition>): boolean {
  if (image === undefined) return false;
  const { value } = expandVariables(image.word.text, model.escape, (name) => declared.get(name)?.resolved ?? '');
  return /^$|^[:@/.-]|[:@/.-]$|\/\/|[:@/][:@/]/.test(value);
}

function declare(model: DockerfileModel, name: string): readonly TextEdit[] | undefined {
  const first = model.stages[0]?.from;
  return first === undefined ? undefined : [insertLineAbove(model, first, `ARG ${name}=CHOOSE-A-VALUE`)];
}

function giveDefault({ value, valueRange, nameRange }: Definition): readonly TextEdit[] {
  if (value === undefined || valueRange === undefined) return [insertAt(nameRange.end, '=CHOOSE-A-VALUE')];
  return [{ range: valueRange, newText: 'CHOOSE-A-VALUE' }];
}
