import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import type { Rule, RuleHit } from '../rule.ts';
import type { ShellWord } from '../../syntax/shell/command.ts';
import { cmdletArguments, findParameter, replaceArgument, type CmdletArguments } from '../queries/cmdlets.ts';
import { commandsNamed } from '../queries/commands.ts';
import { fixWith, insertAt, replaceWord } from '../queries/edits.ts';
import { registryWrites } from '../queries/registry-writes.ts';
import { replaceValue, settingsNamed } from '../queries/settings.ts';

const WINDOWS = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n';

export const rule: Rule = {
  id: 'PL9003',
  slug: 'execution-policy-persisted',
  title: "PowerShell's execution policy turned off for good",
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'Set-ExecutionPolicy Bypass or Unrestricted for the machine or the user, the same by the registry or PSExecutionPolicyPreference in ENV. Not reported: -Scope Process and powershell -ExecutionPolicy Bypass, which end with the process.',
    why: 'The setting stays in the image: in every container made of it, any script that reaches the disk runs, signed or not, also one that came from the internet.',
    fix: 'Add -Scope Process, or give -ExecutionPolicy to the one powershell that needs it; RemoteSigned if it has to stay.',
    bad: [
      `${WINDOWS}RUN powershell -Command Set-ExecutionPolicy Bypass -Force\n`,
      `${WINDOWS}SHELL ["powershell", "-Command"]\nRUN Set-ExecutionPolicy -ExecutionPolicy Unrestricted -Scope LocalMachine -Force\n`,
      `${WINDOWS}RUN reg add HKLM\\SOFTWARE\\Microsoft\\PowerShell\\1\\ShellIds\\Microsoft.PowerShell /v ExecutionPolicy /d Unrestricted /f\n`,
      `${WINDOWS}ENV PSExecutionPolicyPreference=Bypass\n`,
    ],
    good: [
      `${WINDOWS}RUN powershell -Command Set-ExecutionPolicy Bypass -Scope Process -Force; ./a.ps1\n`,
      `${WINDOWS}RUN powershell -ExecutionPolicy Bypass -File a.ps1\n`,
      `${WINDOWS}SHELL ["powershell", "-ExecutionPolicy", "Bypass", "-Command"]\nRUN Set-ExecutionPolicy RemoteSigned; echo Bypass\n`,
    ],
    references: ['https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_execution_policies'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'set-executionpolicy')) {
      const given = cmdletArguments(command, ['force', 'whatif', 'confirm']);
      const [policy, rest] = argumentOf(given, 'executionpolicy', 'e', given.operands);
      const [scope] = argumentOf(given, 'scope', 's', rest);
      if (policy === undefined || !isOpen(policy.value) || scope?.value.toLowerCase() === 'process') continue;
      const edits = scope === undefined ? [insertAt(policy.range.end, ' -Scope Process')] : scope.replace('Process');
      yield hit(policy.value, policy.range, 'Set it for this process only', edits);
    }
    for (const { key, name, value, valueWord } of registryWrites(model)) {
      if (name !== 'executionpolicy' || !key.includes('powershell') || !isOpen(value)) continue;
      yield hit(value, valueWord.range, 'Use RemoteSigned', replaceWord(valueWord, 'RemoteSigned'));
    }
    for (const setting of settingsNamed(model, 'PSExecutionPolicyPreference', 'PSEXECUTIONPOLICYPREFERENCE')) {
      if (setting.definition?.kind !== 'ENV' || !isOpen(setting.value)) continue;
      yield hit(setting.value, setting.range, 'Use RemoteSigned', replaceValue(setting, 'RemoteSigned'));
    }
  },
};

interface Argument {
  readonly value: string;
  readonly range: TextRange;
  replace(newText: string): readonly TextEdit[] | undefined;
}

/** Returns an argument given by name or by its place, and what is left of those given by place. */
function argumentOf(
  given: CmdletArguments,
  name: string,
  shortest: string,
  [operand, ...rest]: readonly ShellWord[],
): readonly [Argument | undefined, readonly ShellWord[]] {
  const named = findParameter(given, name, shortest);
  if (named !== undefined) {
    const { value = '', word, valueWord } = named;
    const all = operand === undefined ? [] : [operand, ...rest];
    return [{ value, range: (valueWord ?? word).range, replace: (newText) => replaceArgument(named, newText) }, all];
  }
  if (operand === undefined) return [undefined, rest];
  return [{ value: operand.value, range: operand.range, replace: (newText) => replaceWord(operand, newText) }, rest];
}

function isOpen(policy: string): boolean {
  return /^(?:bypass|unrestricted)$/i.test(policy);
}

function hit(policy: string, range: TextRange, title: string, edits: readonly TextEdit[] | undefined): RuleHit {
  return {
    message: `Execution policy ${policy} stays in the image: any script runs in its containers`,
    range,
    fixes: fixWith('suggested', title, edits),
  };
}
