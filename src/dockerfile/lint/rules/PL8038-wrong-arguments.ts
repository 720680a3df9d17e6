import type { TextRange } from '../../../foundation/model/text-range.ts';
import type { Instruction } from '../../syntax/model.ts';
import { hasForeignSyntax } from '../queries/keywords.ts';
import type { Rule, RuleHit } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8038',
  slug: 'wrong-arguments',
  title: 'Arguments missing or in the wrong form',
  severity: 'low',
  aliases: [],
  appliesToHistory: false,
  docs: {
    reports:
      'An instruction without the arguments it needs: COPY without a target, ENV without a value, FROM with words that are not `AS name`, a SHELL that is no JSON array, a HEALTHCHECK that is neither CMD nor NONE, several words where one is taken.',
    why: 'The build fails.',
    fix: 'Complete the instruction.',
    bad: [
      'FROM alpine:3.20\nCOPY a\n',
      'FROM alpine:3.20\nENV A=1 B\n',
      'FROM alpine:3.20 build\n',
      'FROM alpine:3.20\nSHELL /bin/bash -c\n',
      'FROM alpine:3.20\nHEALTHCHECK curl localhost\n',
      'FROM alpine:3.20\nRUN\n',
    ],
    good: ['FROM alpine:3.20 AS build\nARG A B=1\nENV A=1 B="" C=$A\nCMD []\nHEALTHCHECK NONE\nUSER app\nCOPY <<EOF /a\nx\nEOF\n'],
    references: ['https://docs.docker.com/reference/dockerfile/'],
  },
  *check(model) {
    if (hasForeignSyntax(model)) return;
    for (const instruction of model.instructions) {
      const { keyword, body, json, keywordRange } = instruction;
      const isBare = body.text === '' && NEEDS_ARGUMENTS.has(keyword);
      if (isBare) yield { message: `${keyword} has no arguments`, range: keywordRange };
      else if (!TAKES_ANYTHING.has(keyword)) yield* checkArguments(instruction);
      if (keyword === 'VOLUME' && json && instruction.args.length === 0) yield { message: 'VOLUME names no directory', range: keywordRange };
    }
  },
};

/** Their words, which are many, are not split for this rule. */
const TAKES_ANYTHING: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT']);

const NEEDS_ARGUMENTS: ReadonlySet<string> = new Set([
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);

function* checkArguments({ keyword, args, json, keywordRange }: Instruction): Generator<RuleHit> {
  const [first, second, third] = args;
  const fourth = args[3];
  switch (keyword) {
    case 'COPY':
    case 'ADD':
      if (args.length < 2) yield { message: `${keyword} needs a source and a target`, range: first?.range ?? keywordRange };
      return;
    case 'ENV':
    case 'LABEL':
      yield* checkPairs(keyword, args);
      return;
    case 'FROM':
      if (second !== undefined && second.value.toUpperCase() !== 'AS')
        yield { message: 'Behind the image only AS and the name of the stage may stand', range: second.range };
      else if (second !== undefined && third === undefined) yield { message: 'The name of the stage is missing', range: second.range };
      else if (fourth !== undefined) yield { message: 'The name of a stage is one word', range: fourth.range };
      return;
    case 'SHELL':
      if (!json || args.length === 0) yield { message: 'SHELL needs a JSON array: ["/bin/bash", "-c"]', range: rangeOf(args) ?? keywordRange };
      return;
    case 'HEALTHCHECK':
      if (first !== undefined && !/^(?:CMD|NONE)$/i.test(first.value)) yield { message: 'Behind HEALTHCHECK stands CMD or NONE', range: first.range };
      else if (first?.value.toUpperCase() === 'CMD' && second === undefined)
        yield { message: 'The command of the HEALTHCHECK is missing', range: first.range };
      else if (first?.value.toUpperCase() === 'NONE' && second !== undefined) yield { message: 'NONE takes no arguments', range: second.range };
      return;
    case 'STOPSIGNAL':
    case 'USER':
      if (second !== undefined && !first?.value.includes('$')) yield { message: `${keyword} takes one word`, range: second.range };
  }
}

function* checkPairs(keyword: string, args: Instruction['args']): Generator<RuleHit> {
  const [first, second] = args;
  if (first === undefined) return;
  // `ENV NAME value`: the first word decides on the form.
  if (!first.text.includes('=')) {
    if (second === undefined) yield { message: `${keyword} ${first.value} has no value`, range: first.range };
    return;
  }
  for (const { text, value, range } of args) {
    if (!text.includes('=')) yield { message: `${value} has no value: a blank in a value needs quotes`, range };
    else if (text.startsWith('=')) yield { message: 'The name before the = is missing', range };
  }
}

function rangeOf(args: Instruction['args']): TextRange | undefined {
  const start = args[0]?.range.start;
  const end = args.at(-1)?.range.end;
  return start === undefined || end === undefined ? undefined : { start, end };
}
