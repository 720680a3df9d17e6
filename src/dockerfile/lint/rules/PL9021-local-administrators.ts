import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { cmdletArguments, findParameter } from '../queries/cmdlets.ts';
import { commandsNamed } from '../queries/commands.ts';
import { dropStatement } from '../queries/drop-statement.ts';
import { fixWith } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

const WINDOWS = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n';

export const rule: Rule = {
  id: 'PL9021',
  slug: 'local-administrators',
  title: 'Account added to the local administrators',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      '`net localgroup administrators NAME /add` and Add-LocalGroupMember with the group Administrators, by name or SID. Not reported: other groups, /delete, the list of members.',
    why: 'Whatever takes over a process of that account can do everything in the container: read all secrets, replace all programs, load drivers where the isolation lets it.',
    fix: 'Give the account the rights it needs on the files it needs (icacls), and run as ContainerUser.',
    bad: [
      `${WINDOWS}RUN net localgroup administrators app /add\n`,
      `${WINDOWS}SHELL ["powershell", "-Command"]\nRUN Add-LocalGroupMember -Group Administrators -Member app\n`,
    ],
    good: [
      `${WINDOWS}RUN net localgroup Users app /add && net localgroup administrators && net localgroup administrators app /delete\n`,
      `${WINDOWS}SHELL ["powershell", "-Command"]\nRUN Add-LocalGroupMember -Group 'Users' -Member Administrators; Get-LocalGroupMember Administrators\n`,
    ],
    references: ['https://attack.mitre.org/techniques/T1098/007/'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'net', 'net1', 'add-localgroupmember')) {
      const group = command.name === 'add-localgroupmember' ? groupOfCmdlet(command) : groupOfNet(command);
      if (group === undefined || command.language === 'sh' || !/^(?:builtin\\)?administrators$|^\*?S-1-5-32-544$/i.test(group.value)) continue;
      yield {
        message: 'This account becomes an administrator of every container of this image',
        range: group.range,
        fixes: fixWith('suggested', 'Remove it', dropStatement(model, command)),
      };
    }
  },
};

function groupOfNet({ args }: ShellCommand): ShellWord | undefined {
  const isAdding = /^localgroup$/i.test(args[0]?.value ?? '') && args.some(({ value }) => /^\/add$/i.test(value));
  return isAdding ? args.slice(1).find(({ value }) => !value.startsWith('/')) : undefined;
}

function groupOfCmdlet(command: ShellCommand): ShellWord | undefined {
  const given = cmdletArguments(command, ['whatif', 'confirm']);
  return findParameter(given, 'group', 'g')?.valueWord ?? findParameter(given, 'sid', 's')?.valueWord ?? given.operands[0];
}
