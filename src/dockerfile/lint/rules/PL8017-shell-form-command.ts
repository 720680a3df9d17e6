import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import { fixWith, replaceRange, textAt } from '../queries/edits.ts';
import { shellAt } from '../queries/shells.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8017',
  slug: 'shell-form-command',
  title: 'Container started through a shell',
  severity: 'low',
  aliases: ['DL3025', 'JSONArgsRecommended'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'CMD and ENTRYPOINT in shell form. Not reported: with `exec`, which leaves the shell behind; in a stage that sets its own SHELL; on Windows.',
    why: 'The shell, not the program, is process 1: `docker stop` and the orchestrator signal the shell, the program is killed without a chance to finish its work, and a shell has to be in the image.',
    fix: 'Write it as a JSON array: `CMD ["program", "argument"]`. Where a shell is needed, begin with `exec`.',
    bad: ['FROM alpine:3.20\nCMD nginx -g daemon\n', 'FROM alpine:3.20\nENTRYPOINT /run.sh && echo $HOME\n'],
    good: [
      'FROM alpine:3.20\nENTRYPOINT ["/run.sh"]\nCMD exec /app --port $PORT\n',
      'FROM alpine:3.20\nSHELL ["/bin/bash", "-c"]\nCMD run\n',
      'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCMD app.exe\n',
    ],
    references: ['https://docs.docker.com/reference/build-checks/json-args-recommended/'],
  },
  *check(model) {
    for (const instruction of model.instructions) {
      const { keyword, json, body, stage, keywordRange } = instruction;
      if ((keyword !== 'CMD' && keyword !== 'ENTRYPOINT') || json || body.text === '' || body.text.startsWith('[')) continue;
      if (
        /^exec\s|^\S+\.(?:exe|cmd|bat|ps1)\b|^[A-Za-z]:/i.test(body.text) ||
        model.stages[stage]?.isWindows === true ||
        shellAt(model, instruction) !== undefined
      )
        continue;
      yield {
        message: `A shell runs this ${keyword} and does not pass signals on to the program`,
        range: keywordRange,
        fixes: fixWith('suggested', 'Write it as a JSON array', toJsonForm(model, instruction)),
      };
    }
  },
};

/** Only for words that no shell would change. */
function toJsonForm(model: DockerfileModel, { args, range }: Instruction): readonly TextEdit[] | undefined {
  const first = args[0];
  if (first === undefined || first.text.includes('=') || !args.every(({ text }) => /^[\w@%+=:,./-]+$/.test(text))) return undefined;
  const at = { start: first.range.start, end: range.end };
  if (/[\r\n]/.test(textAt(model, at))) return undefined;
  return [replaceRange(at, `[${args.map(({ text }) => JSON.stringify(text)).join(', ')}]`)];
}
