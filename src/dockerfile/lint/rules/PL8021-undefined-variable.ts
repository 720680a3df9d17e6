import type { Fix } from '../../../foundation/model/diagnostic.ts';
import type { DockerfileModel, Instruction, Stage } from '../../syntax/model.ts';
import { fixWith, insertLineAbove, replaceRange, textAt } from '../queries/edits.ts';
import { lineageOf } from '../queries/instructions.ts';
import { nearestOf } from '../queries/nearest.ts';
import type { VariableUse } from '../queries/variables.ts';
import { isDefinedBefore, stagesDefining, variablesIn } from '../queries/variables.ts';
import type { Rule, RuleHit } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8021',
  slug: 'undefined-variable',
  title: 'Variable without a value',
  severity: 'low',
  aliases: ['UndefinedVar'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'A variable in an instruction that has no value there: an ARG from before the first FROM or one of the builder (TARGETARCH) that the stage does not repeat, one that is defined only further down or in another stage, a misspelling of one that is defined, any unknown one in an image from scratch, alpine, busybox, debian or ubuntu, which define nothing but PATH. Names that another base image may define are not reported, nor is `${NAME:-default}`.',
    why: 'The builder puts in nothing: `COPY app $DIR/` copies to the root directory, and no error is shown.',
    fix: 'Repeat `ARG NAME` in the stage, define the variable before it is used, or give a default.',
    bad: [
      'ARG VERSION=1\nFROM alpine:3.20\nLABEL version=$VERSION\n',
      'FROM alpine:3.20\nCOPY app-$TARGETARCH /app\n',
      'FROM alpine:3.20\nENV APP_HOME=/app\nWORKDIR $APP_HOMEE\n',
      'FROM alpine:3.20\nWORKDIR $DIR\nARG DIR=/app\n',
      'FROM scratch\nCOPY app ${DIR}/app\n',
      'FROM debian:12-slim\nENV CACHE=$HOME/cache\n',
    ],
    good: [
      'ARG VERSION=1\nFROM alpine:3.20\nARG VERSION\nLABEL version=$VERSION\n',
      'FROM node:22\nLABEL node=$NODE_VERSION\nENV PATH=/x:$PATH\n',
      'FROM alpine:3.20\nWORKDIR ${DIR:-/app}\nARG DIR\n',
      'FROM alpine:3.20 AS a\nARG DIR=/app\nFROM a\nWORKDIR $DIR\n',
    ],
    references: ['https://docs.docker.com/reference/build-checks/undefined-var/', 'https://docs.docker.com/reference/dockerfile/#scope'],
  },
  *check(model) {
    for (const instruction of model.instructions) {
      if (!EXPANDED.has(instruction.keyword) || instruction.onbuild || instruction.stage < 0 || !instruction.body.text.includes('$')) continue;
      const told = new Set<string>();
      for (const { source } of instruction.args) {
        for (const use of variablesIn(model, source)) {
          if (use.hasFallback || told.has(use.name) || GIVEN.test(use.name) || isDefinedBefore(model, use.name, instruction)) continue;
          const hit = explain(model, instruction, use);
          if (hit === undefined) continue;
          told.add(use.name);
          yield { range: use.range, ...hit };
        }
      }
    }
  },
};

/** Instructions in which the builder puts variables in. FROM has rules of its own. */
const EXPANDED: ReadonlySet<string> = new Set(['ADD', 'ARG', 'COPY', 'ENV', 'EXPOSE', 'LABEL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR']);
/** Always there: the system's path, and the arguments that need no ARG. */
const GIVEN = /^(?:PATH|(?:https?|ftp|no|all)_proxy)$/i;
const PLATFORM = /^(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)$/;
const MIN_MISSPELT = 4;

function explain(model: DockerfileModel, instruction: Instruction, use: VariableUse): Omit<RuleHit, 'range'> | undefined {
  const { name } = use;
  const places = stagesDefining(model, name);
  const repeat = fixWith('suggested', `Add ARG ${name}`, [insertLineAbove(model, instruction, `ARG ${name}`)]);
  if (places.has(-1)) return { message: `ARG ${name} was given before FROM: this stage has to repeat it`, fixes: repeat };
  if (PLATFORM.test(name)) return { message: `${name} has a value only where the stage has an ARG ${name}`, fixes: repeat };
  const own = places.get(instruction.stage);
  // What the same instruction defines is told of by another rule.
  if (own !== undefined) return own === instruction.index ? undefined : { message: `${name} is defined only further down` };
  const nearest = name.length < MIN_MISSPELT ? undefined : nearestOf(name, namesSeen(model, instruction), 1);
  if (nearest !== undefined) return { message: `${name} is not defined: is ${nearest} meant?`, fixes: respell(model, use, nearest) };
  if (places.size > 0) return { message: `${name} is defined only in another stage` };
  return isBare(lineageOf(model.stages[instruction.stage]).at(-1)) ? { message: `${name} is not defined anywhere` } : undefined;
}

/** Official images whose only variable is PATH. */
const BARE = /^(?:library\/)?(?:alpine|busybox|debian|ubuntu)$/;

function isBare(first: Stage | undefined): boolean {
  const image = first?.image;
  if (image === undefined || image.unresolved) return false;
  return image.kind === 'scratch' || (BARE.test(image.repository) && (image.registry === undefined || image.registry === 'docker.io'));
}

/** More names than this are not compared: no file written by hand has them. */
const MAX_NAMES = 200;

function namesSeen(model: DockerfileModel, { stage }: Instruction): readonly string[] {
  if (model.definitions.length > MAX_NAMES) return [];
  const stages = new Set(lineageOf(model.stages[stage]).map(({ index }) => index));
  return model.definitions.flatMap(({ name, instruction }) => (stages.has(instruction.stage) ? [name] : []));
}

function respell(model: DockerfileModel, { name, range }: VariableUse, nearest: string): readonly Fix[] {
  const written = textAt(model, range);
  return fixWith('suggested', `Write ${nearest}`, written.includes(name) ? [replaceRange(range, written.replace(name, nearest))] : undefined);
}
