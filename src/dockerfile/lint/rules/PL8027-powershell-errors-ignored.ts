import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { offsetAt, positionAt } from '../../syntax/text-document.ts';
import { fixWith, insertAt } from '../queries/edits.ts';
import { instructionsNamed } from '../queries/instructions.ts';
import { shellAt } from '../queries/shells.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8027',
  slug: 'powershell-errors-ignored',
  title: 'PowerShell goes on after an error',
  severity: 'low',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      "A RUN of several PowerShell statements where neither SHELL nor the RUN sets `$ErrorActionPreference = 'Stop'`. It is reported at the SHELL, or at the powershell of the RUN.",
    why: 'PowerShell goes on with the next statement after most errors: a download or a checksum comparison that failed does not stop the build.',
    fix: 'Write `SHELL ["powershell", "-Command", "$ErrorActionPreference = \'Stop\';"]`.',
    bad: [
      'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN Get-A; Set-B\n',
      'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN powershell -Command Get-A; Set-B\n',
    ],
    good: [
      'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command", "$ErrorActionPreference = \'Stop\';"]\nRUN Get-A; Set-B\n',
      'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN Get-A | Set-B\n',
      "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN powershell -Command $ErrorActionPreference = 'Stop'; Get-A; Set-B\n",
    ],
    references: ['https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_preference_variables#erroractionpreference'],
  },
  *check(model) {
    const told = new Set<Instruction>();
    for (const instruction of instructionsNamed(model, 'RUN')) {
      if (PREFERENCE.test(instruction.body.text) || instruction.heredocs.some(({ body }) => PREFERENCE.test(body.text))) continue;
      const commands = model.commandsOf(instruction).filter(({ language, within }) => language === 'powershell' && within === undefined);
      for (const [wrapper, started] of Map.groupBy(commands, (command) => command.wrapper)) {
        if (countStatements(started, wrapper) < 2) continue;
        const shell = shellAt(model, instruction);
        const [program] = shell?.args ?? [];
        if (wrapper?.words[0] !== undefined) yield { message: 'What follows an error here is run all the same', range: wrapper.words[0].range };
        else if (shell !== undefined && program !== undefined && !told.has(shell) && !shell.args.some(({ value }) => PREFERENCE.test(value))) {
          told.add(shell);
          yield {
            message: 'In this shell what follows an error is run all the same',
            range: program.range,
            fixes: fixWith('suggested', "Set $ErrorActionPreference to 'Stop'", setPreference(model, shell)),
          };
        }
      }
    }
  },
};

/** The pipelines in which the powershell itself stands come last. */
function countStatements(commands: readonly ShellCommand[], wrapper: ShellCommand | undefined): number {
  return new Set(commands.map(({ places }) => places.at(-1 - (wrapper?.places.length ?? 0))?.pipeline)).size;
}

const PREFERENCE = /\$ErrorActionPreference\s*=|-ErrorActionPreference/i;

function setPreference(model: DockerfileModel, shell: Instruction): readonly TextEdit[] | undefined {
  const last = shell.args.at(-1);
  if (last === undefined) return undefined;
  const end = offsetAt(model.document, last.range.end);
  if (model.text[end] !== '"') return undefined;
  const isCommand = /^-c(?:ommand)?$/i.test(last.value);
  if (!isCommand && shell.args.length > 1) return undefined;
  return [insertAt(positionAt(model.document, end + 1), `${isCommand ? '' : ', "-Command"'}, "$ErrorActionPreference = 'Stop';"`)];
}
