import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed, findFlags } from '../queries/commands.ts';
import { fixWith, replaceWord } from '../queries/edits.ts';
import { isOff, removeSetting, settingsNamed } from '../queries/settings.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL4005',
  slug: 'git-ssl-no-verify',
  title: 'git does not check certificates',
  severity: 'high',
  aliases: ['CKV2_DOCKER_14'],
  fixable: 'safe',
  docs: {
    reports:
      'GIT_SSL_NO_VERIFY set to anything, 0 and nothing too, as git only looks whether it is there; `git config http.sslVerify false` (also for one URL), and `git -c http.sslVerify=false`.',
    why: "Whoever answers in the server's place hands out the source that is built, and is given the credentials that git sends.",
    fix: 'Remove it. For a private CA set http.sslCAInfo or GIT_SSL_CAINFO.',
    bad: [
      'FROM alpine:3.20\nENV GIT_SSL_NO_VERIFY=1\n',
      'FROM alpine:3.20\nENV GIT_SSL_NO_VERIFY=false\n',
      'FROM alpine:3.20\nRUN GIT_SSL_NO_VERIFY=true git clone https://example.com/a.git\n',
      'FROM alpine:3.20\nRUN git config --global http.sslVerify false\n',
      'FROM alpine:3.20\nRUN git -c http.sslVerify=false clone https://example.com/a.git\n',
      'FROM alpine:3.20\nRUN git config http.https://example.com.sslverify "false"\n',
    ],
    good: [
      'FROM alpine:3.20\nRUN git config --global http.sslVerify true && git clone https://example.com/a.git\n',
      'FROM alpine:3.20\nENV GIT_SSL_CAINFO=/ca.pem\nRUN echo http.sslVerify false\n',
    ],
    references: ['https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpsslVerify'],
  },
  *check(model) {
    for (const setting of settingsNamed(model, 'GIT_SSL_NO_VERIFY')) {
      // An ARG without a default sets nothing.
      if (setting.definition !== undefined && setting.definition.value === undefined) continue;
      const fixes = fixWith('safe', 'Remove GIT_SSL_NO_VERIFY', removeSetting(model, setting));
      yield { message: `git accepts any certificate with GIT_SSL_NO_VERIFY, whatever its value`, range: setting.range, fixes };
    }
    for (const command of commandsNamed(model, 'git')) {
      for (const { word, edits } of [...configured(command), ...givenOnce(command)]) {
        yield {
          message: 'git accepts any certificate with http.sslVerify off',
          range: word.range,
          fixes: fixWith('safe', 'Turn http.sslVerify on', edits),
        };
      }
    }
  },
};

interface Place {
  readonly word: ShellWord;
  readonly edits: readonly TextEdit[] | undefined;
}

/** `git config … http.sslVerify false`. */
function configured({ args }: ShellCommand): readonly Place[] {
  const config = args.findIndex((word) => word.value === 'config');
  const name = args.findIndex((word, index) => index > config && /^http\.(?:.*\.)?sslverify$/i.test(word.value));
  const value = args[name + 1];
  return config < 0 || name < 0 || value === undefined || !isOff(value.value) ? [] : [{ word: value, edits: replaceWord(value, 'true') }];
}

/** `git -c http.sslVerify=false …`. */
function givenOnce(command: ShellCommand): readonly Place[] {
  return findFlags(command, { short: 'c' }).flatMap(({ value, valueWord }) => {
    const match = /^(http\.(?:.*\.)?sslverify)=(.*)$/i.exec(value ?? '');
    if (match === null || valueWord === undefined || !isOff(match[2] ?? '')) return [];
    return [{ word: valueWord, edits: valueWord.value === value ? replaceWord(valueWord, `${match[1] ?? ''}=true`) : undefined }];
  });
}
