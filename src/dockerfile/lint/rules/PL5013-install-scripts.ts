import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed, hasFlag, optionsOf } from '../queries/commands.ts';
import { fixWith, insertAt } from '../queries/edits.ts';
import { isOff, settingsOf } from '../queries/settings.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL5013',
  slug: 'install-scripts',
  title: 'Install scripts of fetched packages are run',
  severity: 'negligible',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'npm and yarn that install packages named on the command line, which no lockfile vouches for, without --ignore-scripts. Not reported: `npm ci`, `npm install` of what package.json names, and files where scripts are switched off.',
    why: "A package's install script runs at once, with the build's rights and network: it is how most malicious packages begin.",
    fix: 'Add --ignore-scripts where the package works without its scripts; or install it through package.json and a lockfile.',
    bad: ['FROM node:22\nRUN npm install -g pm2@5.4.2\n', 'FROM node:22\nRUN yarn global add serve@14.2.3\n'],
    good: [
      'FROM node:22\nRUN npm install -g --ignore-scripts pm2@5.4.2\n',
      'FROM node:22\nENV NPM_CONFIG_IGNORE_SCRIPTS=true\nRUN npm i -g pm2@5.4.2\n',
      'FROM node:22\nRUN npm ci\n',
    ],
    references: [
      'https://docs.npmjs.com/cli/v11/using-npm/config#ignore-scripts',
      'https://cheatsheetseries.owasp.org/cheatsheets/NPM_Security_Cheat_Sheet.html',
    ],
  },
  *check(model) {
    const commands = commandsNamed(model, 'npm', 'yarn', 'yarnpkg');
    if (commands.length === 0) return;
    const isSetOff =
      settingsOf(model).some(
        ({ name, value }) => (/^npm_config_ignore_scripts$/i.test(name) && !isOff(value)) || (/^yarn_enable_scripts$/i.test(name) && isOff(value)),
      ) ||
      commands.some(({ args }) => args[0]?.value === 'config' && /ignore-scripts/.test(args[2]?.value ?? '')) ||
      writtenTexts(model).some((text) => matchesIn(model, text, /ignore-scripts\s{0,4}=\s{0,4}true/g).length > 0);
    if (isSetOff) return;
    for (const command of commands) {
      const verb = installOfNamed(command);
      if (verb === undefined || hasFlag(command, { long: 'ignore-scripts' })) continue;
      const edits = verb.written && command.language === 'sh' ? [insertAt(verb.range.end, ' --ignore-scripts')] : undefined;
      yield {
        message: `${command.name} runs the install scripts of what it fetches`,
        range: verb.range,
        fixes: fixWith('suggested', 'Add --ignore-scripts', edits),
      };
    }
  },
};

/** Returns the verb of an install of packages that are named, and fetched. */
function installOfNamed(command: ShellCommand): ShellWord | undefined {
  const { operands } = optionsOf(command);
  const [first, ...rest] = operands;
  const [verb, names] = first?.value === 'global' ? [rest[0], rest.slice(1)] : [first, rest];
  const isInstall = verb !== undefined && (command.name === 'npm' ? /^(?:i|in|install|add)$/ : /^add$/).test(verb.value);
  return isInstall && names.some(({ value }) => !/^(?:\.|\/|~|file:)/.test(value)) ? verb : undefined;
}
