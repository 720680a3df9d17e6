import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import { cmdletArguments, findParameter, isFalse, replaceArgument } from '../queries/cmdlets.ts';
import { commandsNamed } from '../queries/commands.ts';
import { fixWith, replaceWord } from '../queries/edits.ts';
import { isZero, registryWrites } from '../queries/registry-writes.ts';
import type { Rule, RuleHit } from '../rule.ts';

const WINDOWS = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n';

export const rule: Rule = {
  id: 'PL9016',
  slug: 'windows-firewall-off',
  title: 'Windows firewall turned off',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      '`netsh advfirewall set … state off`, `netsh firewall set opmode disable`, Set-NetFirewallProfile -Enabled False, EnableFirewall 0 in the registry. Not reported: rules that open a port.',
    why: 'Every port that any program of the container opens is reachable for all that share its network, the debug port that nobody thought of too.',
    fix: 'Leave it on and open what is needed: `netsh advfirewall firewall add rule … action=allow protocol=TCP localport=8080`.',
    bad: [
      `${WINDOWS}RUN netsh advfirewall set allprofiles state off\n`,
      `${WINDOWS}SHELL ["powershell", "-Command"]\nRUN Set-NetFirewallProfile -Profile Domain,Public,Private -Enabled False\n`,
      `${WINDOWS}RUN netsh firewall set opmode disable\n`,
    ],
    good: [
      `${WINDOWS}RUN netsh advfirewall firewall add rule name=off dir=in action=allow protocol=TCP localport=8080\n`,
      `${WINDOWS}RUN netsh advfirewall set allprofiles state on && echo state off\n`,
    ],
    references: [
      'https://attack.mitre.org/techniques/T1562/004/',
      'https://learn.microsoft.com/powershell/module/netsecurity/set-netfirewallprofile',
    ],
  },
  *check(model) {
    for (const { args, language } of commandsNamed(model, 'netsh')) {
      const words = args.map(({ value }) => value.toLowerCase());
      const isCurrent = words[0] === 'advfirewall' && words[1] === 'set' && words[3] === 'state';
      const word = isCurrent
        ? args.find((_, index) => index === 4 && words[index] === 'off')
        : words[0] === 'firewall' && words.includes('opmode')
          ? args.find(({ value }) => /^(?:mode=)?disable$/i.test(value))
          : undefined;
      if (word !== undefined && language !== 'sh') yield hit(word.range, replaceWord(word, isCurrent ? 'on' : 'enable'));
    }
    for (const command of commandsNamed(model, 'set-netfirewallprofile')) {
      const enabled = findParameter(cmdletArguments(command, ['all']), 'enabled', 'en');
      if (enabled?.valueWord === undefined || !isFalse(enabled.value) || command.language !== 'powershell') continue;
      yield hit(enabled.valueWord.range, replaceArgument(enabled, 'True'));
    }
    for (const { name, value, valueWord } of registryWrites(model)) {
      if (name === 'enablefirewall' && isZero(value)) yield hit(valueWord.range, replaceWord(valueWord, '1'));
    }
  },
};

function hit(range: TextRange, edits: readonly TextEdit[] | undefined): RuleHit {
  return { message: 'The firewall is off in every container of this image', range, fixes: fixWith('suggested', 'Leave it on', edits) };
}
