import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed } from '../queries/commands.ts';
import { fixWith, replaceRange, replaceWord } from '../queries/edits.ts';
import { isOff, replaceValue, settingsOf } from '../queries/settings.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL4006',
  slug: 'npm-strict-ssl-off',
  title: 'npm, yarn or pnpm does not check certificates',
  severity: 'high',
  aliases: ['CKV2_DOCKER_12', 'CKV2_DOCKER_13'],
  fixable: 'safe',
  docs: {
    reports:
      'strict-ssl (yarn 2: enableStrictSsl) switched off by `config set`, by an option, by an environment variable, or in a line written to .npmrc or .yarnrc.',
    why: "Whoever answers in the registry's place chooses the packages, whose install scripts run in the build, and is given the registry token.",
    fix: 'Leave it on. For a private CA set `cafile` or NODE_EXTRA_CA_CERTS.',
    bad: [
      'FROM node:22\nRUN npm config set strict-ssl false\n',
      'FROM node:22\nRUN yarn config set "strict-ssl" false -g && yarn install\n',
      'FROM node:22\nRUN npm ci --strict-ssl=false\n',
      'FROM node:22\nENV NPM_CONFIG_STRICT_SSL=false\n',
      'FROM node:22\nRUN echo "strict-ssl=false" >> ~/.npmrc\n',
    ],
    good: [
      'FROM node:22\nRUN npm config set strict-ssl true && npm ci\n',
      'FROM node:22\nENV NPM_CONFIG_STRICT_SSL=true\nRUN npm config get strict-ssl\n',
    ],
    references: ['https://docs.npmjs.com/cli/v11/using-npm/config#strict-ssl'],
  },
  *check(model) {
    const message = "The package registry's certificate is not checked with strict-ssl off";
    for (const command of commandsNamed(model, 'npm', 'yarn', 'yarnpkg', 'pnpm', 'npx')) {
      for (const { word, edits } of placesIn(command)) yield { message, range: word.range, fixes: fixWith('safe', 'Turn strict-ssl on', edits) };
    }
    for (const setting of settingsOf(model)) {
      if (!/^(?:npm_config_strict_ssl|yarn_enable_strict_ssl)$/i.test(setting.name) || !isOff(setting.value) || setting.value === '') continue;
      yield { message, range: setting.range, fixes: fixWith('safe', 'Turn strict-ssl on', replaceValue(setting, 'true')) };
    }
    for (const text of writtenTexts(model)) {
      for (const { match, range } of matchesIn(model, text, /(?:^|\n|\\n)\s{0,8}(?:strict-ssl\s{0,8}[= ]|enableStrictSsl\s{0,8}:)\s{0,8}false\b/g)) {
        const edit = replaceRange(range, match[0].replace(/false$/, 'true'));
        yield { message, range, fixes: fixWith('safe', 'Turn strict-ssl on', text.written && !match[0].includes('\n') ? [edit] : undefined) };
      }
    }
  },
};

const NAME = /^(?:strict-ssl|enableStrictSsl)$/;

interface Place {
  readonly word: ShellWord;
  readonly edits: readonly TextEdit[] | undefined;
}

function placesIn({ args }: ShellCommand): readonly Place[] {
  // Behind `install`, strict-ssl is the name of a package.
  const isSet = args.slice(0, 3).some(({ value }) => value === 'set');
  return args.flatMap((word, index): readonly Place[] => {
    const [name = '', value] = word.value.split('=', 2);
    if (word.value === '--no-strict-ssl') return [{ word, edits: replaceWord(word, '--strict-ssl') }];
    if (!NAME.test(name.replace(/^--/, '')) || (!isSet && !name.startsWith('--'))) return [];
    if (value !== undefined) return isOff(value) ? [{ word, edits: replaceWord(word, `${name}=true`) }] : [];
    const next = args[index + 1];
    return next?.value === 'false' ? [{ word: next, edits: replaceWord(next, 'true') }] : [];
  });
}
