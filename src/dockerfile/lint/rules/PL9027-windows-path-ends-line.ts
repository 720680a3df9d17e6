import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import { lineEnd, rangeAt } from '../../syntax/text-document.ts';
import { fixWith, insertAt, lineBreak, replaceRange } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

const WINDOWS = 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\n';

export const rule: Rule = {
  id: 'PL9027',
  slug: 'windows-path-ends-line',
  title: 'Backslash of a Windows path swallows the next line',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'A path such as `C:\\app\\` at the end of a line, in a file without the directive `# escape=` and a backtick, where the next line is not indented as a continuation would be. Not reported: forward slashes, a doubled backslash, here-documents.',
    why: 'The backslash joins the next line to this one: an instruction that is there to be read, `USER ContainerUser` for one, never happens, and the build may not even fail.',
    fix: 'Begin the file with the directive escape=` so that backslashes are just that, or write the path with forward slashes.',
    bad: [`${WINDOWS}COPY app C:\\app\\\nUSER ContainerUser\n`, `${WINDOWS}RUN mkdir C:\\app\\\nCMD ["C:/app/a.exe"]\n`],
    good: [
      `# escape=\`\n${WINDOWS}COPY app C:\\app\\\nUSER ContainerUser\n`,
      `${WINDOWS}COPY app C:/app/\nUSER ContainerUser\n`,
      `${WINDOWS}RUN mkdir C:\\app \\\n  && cd C:\\app\n`,
      `${WINDOWS}RUN copy a C:\\app\\\n  && del a\n`,
    ],
    references: ['https://docs.docker.com/reference/dockerfile/#escape'],
  },
  *check(model) {
    if (model.escape !== '\\' || !model.text.includes(':\\')) return;
    const places = model.instructions.flatMap((instruction) => swallowingPaths(model, instruction));
    for (const { instruction, start, end } of places) {
      const path = model.text.slice(start, end);
      yield {
        message: `The backslash that ends ${path} joins the next line to this one`,
        range: rangeAt(model.document, start, end),
        fixes: WITH_FORWARD_SLASHES.has(instruction.keyword)
          ? fixWith('suggested', 'Write it with forward slashes', [replaceRange(rangeAt(model.document, start, end), path.replaceAll('\\', '/'))])
          : fixWith('suggested', 'Make the backtick the escape character', places.length === 1 ? addDirective(model) : undefined),
      };
    }
  },
};

/** Where the builder itself reads the path, not a program of Windows. */
const WITH_FORWARD_SLASHES: ReadonlySet<string> = new Set(['COPY', 'ADD', 'WORKDIR', 'VOLUME']);
const PATH_AT_END = /(?:^|[\s="'])([A-Za-z]:\\(?:[^\s"'\\:]{1,255}\\){0,40})[ \t]*$/;
/** Longest end of a line that is looked at. */
const MAX_PATH = 1000;

interface Place {
  readonly instruction: Instruction;
  readonly start: number;
  readonly end: number;
}

function swallowingPaths(model: DockerfileModel, instruction: Instruction): readonly Place[] {
  const { document, text } = model;
  const last = instruction.heredocs[0]?.range.start.line ?? instruction.range.end.line;
  const places: Place[] = [];
  for (let line = instruction.range.start.line; line <= last; line++) {
    const lineStart = document.lineStarts[line] ?? 0;
    const end = lineEnd(document, line);
    if (!/\\[ \t]*$/.test(text.slice(Math.max(lineStart, end - 8), end)) || /^[ \t]*#/.test(text.slice(lineStart, lineStart + 80))) continue;
    const from = Math.max(lineStart, end - MAX_PATH);
    const match = PATH_AT_END.exec(text.slice(from, end));
    const path = match?.[1];
    if (match === null || path === undefined || !swallows(model, line)) continue;
    const start = from + match.index + match[0].indexOf(path);
    places.push({ instruction, start, end: start + path.length });
  }
  return places;
}

/** A continuation that is meant is indented, or goes on with an operator. */
function swallows({ document, text }: DockerfileModel, line: number): boolean {
  const start = document.lineStarts[line + 1];
  return start === undefined || !/^(?:[ \t]+\S|&|\||;|#)/.test(text.slice(start, start + 200));
}

/** Only where no other line goes on with a backslash: all of them would need the backtick. */
function addDirective(model: DockerfileModel): readonly TextEdit[] | undefined {
  const { document, text } = model;
  const continued = document.lineStarts.filter((start, line) => {
    const end = lineEnd(document, line);
    return /(?:^|[^\\])\\[ \t]*$/.test(text.slice(Math.max(start, end - 8), end));
  });
  if (continued.length !== 1 || model.directives.some(({ name }) => name === 'escape')) return undefined;
  return [insertAt({ line: 0, character: 0 }, `# escape=\`${lineBreak(model)}`)];
}
