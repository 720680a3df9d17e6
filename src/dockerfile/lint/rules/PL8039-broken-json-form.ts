import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import { fixWith, replaceRange, textAt } from '../queries/edits.ts';
import { originRange } from '../../syntax/mapped-text.ts';
import { rangeAt } from '../../syntax/text-document.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8039',
  slug: 'broken-json-form',
  title: 'Array that is no JSON',
  severity: 'low',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'CMD, ENTRYPOINT, RUN, SHELL, VOLUME, COPY and ADD with an array that is not JSON: no quotes, single or typographic ones, a comma too many or too few. The test of a shell (`[ "$A" = b ] && …`) is not reported.',
    why: 'The builder takes it for a shell command and runs a program named `[nginx,`: the build succeeds, and the container does not start.',
    fix: 'Use double quotes, one comma between two strings, none behind the last.',
    bad: ["FROM alpine:3.20\nCMD ['nginx', '-g']\n", 'FROM alpine:3.20\nENTRYPOINT ["a", "b",]\n', 'FROM alpine:3.20\nRUN ["a" "b"]\n'],
    good: ['FROM alpine:3.20\nCMD ["a", "b"]\nRUN [ "$A" = b ] && c\nRUN [ -f "a" ]\n'],
    references: ['https://docs.docker.com/reference/dockerfile/#exec-form'],
  },
  *check(model) {
    for (const instruction of model.instructions) {
      const { keyword, json, body } = instruction;
      if (json || !body.text.startsWith('[') || !WITH_JSON_FORM.has(keyword) || !looksLikeArray(keyword, body.text)) continue;
      const range = rangeAt(model.document, ...originRange(body, 0, body.text.length));
      yield {
        message: `This is no JSON, so ${keyword} takes it for a plain command`,
        range,
        fixes: fixWith('suggested', 'Write it as JSON', repair(model, instruction, range)),
      };
    }
  },
};

const WITH_JSON_FORM: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'SHELL', 'VOLUME', 'ADD', 'COPY']);

/** A shell's test has a blank behind its bracket, and goes on behind the closing one or holds an operator. */
function looksLikeArray(keyword: string, text: string): boolean {
  if (/^\[["'\u2018-\u201f]/.test(text) || isBare(text)) return true;
  const isShell = keyword === 'RUN' || keyword === 'CMD' || keyword === 'ENTRYPOINT';
  return /^\[\s+["'\u2018-\u201f]/.test(text) && text.endsWith(']') && (!isShell || text.includes(','));
}

/** `[python, app.py]`: words without quotes. */
function isBare(text: string): boolean {
  return /^\[\s*[\w./:=@%+-]+(?:\s*,\s*[\w./:=@%+-]+)*\s*\]$/.test(text) && (text.includes(',') || !/^\[\s/.test(text));
}

function repair(model: DockerfileModel, { body }: Instruction, range: TextRange): readonly TextEdit[] | undefined {
  const { text } = body;
  if (/[\r\n]/.test(textAt(model, range)) || text.includes('\\')) return undefined;
  if (isBare(text)) return [replaceRange(range, text.replaceAll(/[\w./:=@%+-]+/g, '"$&"'))];
  const straight = text.replaceAll(/[\u201c-\u201f]/g, '"').replaceAll(/[\u2018-\u201b]/g, "'");
  if (straight.includes('"') && straight.includes("'")) return undefined;
  const array = straight
    .replaceAll("'", '"')
    .replace(/,\s*\]$/, ']')
    .replaceAll(/"\s+"/g, '", "');
  return isStringArray(array) ? [replaceRange(range, array)] : undefined;
}

function isStringArray(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
  } catch {
    return false;
  }
}
