import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import { originRange } from '../../syntax/mapped-text.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { rangeAt } from '../../syntax/text-document.ts';
import { commandsNamed } from '../queries/commands.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import type { Rule, RuleHit } from '../rule.ts';

const WINDOWS = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n';

export const rule: Rule = {
  id: 'PL9023',
  slug: 'everyone-full-control',
  title: 'Files that every Windows account may write',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'icacls /grant and cacls that give Everyone, Users or Authenticated Users (or their SIDs) full control, modify or write, and a FileSystemAccessRule that does. Not reported: read and execute, /deny, /remove, a named account.',
    why: 'Any process in the container, however low its user, can replace the program or script that a higher one runs next.',
    fix: 'Give the right to the one account that needs it, on the folder it writes to, and read and execute (RX) to the others.',
    bad: [
      `${WINDOWS}RUN icacls C:\\app /grant Everyone:(OI)(CI)F /T\n`,
      `${WINDOWS}SHELL ["powershell", "-Command"]\nRUN icacls C:\\app /grant 'BUILTIN\\Users:(M)'\n`,
      `${WINDOWS}SHELL ["powershell", "-Command"]\nRUN $r = New-Object System.Security.AccessControl.FileSystemAccessRule('Everyone', 'FullControl', 'Allow')\n`,
    ],
    good: [
      `${WINDOWS}RUN icacls C:\\app /grant Everyone:(OI)(CI)RX /T && icacls C:\\app\\data /grant ContainerUser:(OI)(CI)M\n`,
      `${WINDOWS}RUN icacls C:\\app /deny Everyone:(W) && icacls C:\\app /remove Everyone && echo Everyone:(F)\n`,
    ],
    references: ['https://learn.microsoft.com/windows-server/administration/windows-commands/icacls'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'icacls', 'cacls')) {
      if (command.language === 'sh') continue;
      for (const word of grantsOf(command)) yield* grantHit(model, word);
    }
    if (!/FileSystemAccessRule/i.test(model.text)) return;
    for (const command of model.commands()) {
      if (command.language === 'powershell') yield* accessRuleHit(model, command);
    }
  },
};

const EVERYBODY = /^(?:everyone|world|(?:builtin\\)?users|(?:nt authority\\)?authenticated users|\*?s-1-1-0|\*?s-1-5-32-545|\*?s-1-5-11)$/i;
/** Rights that let write, delete or change the list itself. */
const WRITING = /^(?:F|M|W|C|WD|AD|WEA|WA|WDAC|WO|DE|D|DC|GA|GW)$/i;

/** Returns the words behind /grant (cacls: /G, /P) up to the next option. */
function grantsOf({ args, name }: ShellCommand): readonly ShellWord[] {
  const option = name === 'cacls' ? /^\/[gp]$/i : /^\/grant(?::r)?$/i;
  const grants: ShellWord[] = [];
  let isGranting = false;
  for (const word of args) {
    if (word.value.startsWith('/')) isGranting = option.test(word.value);
    else if (isGranting) grants.push(word);
  }
  return grants;
}

function* grantHit(model: DockerfileModel, word: ShellWord): Iterable<RuleHit> {
  const colon = word.value.lastIndexOf(':');
  const account = word.value.slice(0, Math.max(colon, 0));
  const match = /^(?:\((?:OI|CI|IO|NP|I)\)){0,5}(\(?)([A-Za-z,]{1,60})\)?$/.exec(word.value.slice(colon + 1));
  const rights = match?.[2];
  if (match === null || rights === undefined || !EVERYBODY.test(account.trim()) || !rights.split(',').some((right) => WRITING.test(right))) return;
  const from = colon + 1 + match[0].lastIndexOf(rights);
  yield hit(account, word, replacePart(model, word, from, from + rights.length, 'RX'));
}

/** `FileSystemAccessRule('Everyone', 'FullControl', …)`, by New-Object or ::new. */
function* accessRuleHit(model: DockerfileModel, command: ShellCommand): Iterable<RuleHit> {
  const from = command.words.findIndex(({ text }) => /FileSystemAccessRule\b/i.test(text));
  if (from < 0) return;
  const pattern = /["']([^"']{1,60})["']\s{0,9},\s{0,9}["'](FullControl|Modify|Write)["']/i;
  for (const word of command.words.slice(from)) {
    const match = pattern.exec(word.text);
    const [, account = '', right = ''] = match ?? [];
    // Only the innermost expression: what holds it is seen too.
    if (match === null || !EVERYBODY.test(account) || word.substitutions.some(({ commands }) => commands.some(mentionsAccessRule))) continue;
    const at = match.index + match[0].length - 1 - right.length;
    const canReplace = word.text === word.value;
    yield hit(account, word, canReplace ? replacePart(model, word, at, at + right.length, 'ReadAndExecute') : undefined);
  }
}

function mentionsAccessRule({ words }: ShellCommand): boolean {
  return words.some(({ text }) => /FileSystemAccessRule\b/i.test(text));
}

function replacePart(model: DockerfileModel, word: ShellWord, from: number, to: number, newText: string): readonly TextEdit[] | undefined {
  return word.written ? [replaceRange(rangeAt(model.document, ...originRange(word.source, from, to)), newText)] : undefined;
}

function hit(account: string, word: ShellWord, edits: readonly TextEdit[] | undefined): RuleHit {
  return {
    message: `${account} may write here: any account of the container can replace what others run`,
    range: word.range,
    fixes: fixWith('suggested', 'Let them read and execute only', edits),
  };
}
