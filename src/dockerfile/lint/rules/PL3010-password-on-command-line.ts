import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { isLiteralSecret, secretMount } from '../queries/build-secrets.ts';
import { commandsNamed } from '../queries/commands.ts';
import { fixWith, insertAt, replaceRange } from '../queries/edits.ts';
import { isSecretName } from '../queries/secret-names.ts';
import { rangeIn } from '../queries/secret-texts.ts';
import { settingsOf } from '../queries/settings.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL3010',
  slug: 'password-on-command-line',
  title: 'Password in a command',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'A password, written out, that is given to a program: `curl -u user:password`, `sshpass -p`, `mysql -p…`, `redis-cli -a`, `docker login -p`, an Authorization header, --password and --token options, `-passin pass:…`, and shell variables such as PGPASSWORD=…. Variables, placeholders and empty values are not reported; neither is changeit, which every Java knows.',
    why: "The command stands word for word in the image's history and in the repository: everybody who can read one of them has the password.",
    fix: 'Replace the password where it is in use, and give its successor with `RUN --mount=type=secret,id=…,env=…`.',
    bad: [
      'FROM alpine:3.20\nRUN curl -u bob:hunter2 https://example.com/a -o /a\n',
      'FROM alpine:3.20\nRUN sshpass -p hunter2 scp bob@example.com:/a /a\n',
      'FROM mysql:8\nRUN mysql -uroot -phunter2 -e "select 1"\n',
      'FROM postgres:17\nRUN PGPASSWORD=hunter2 psql -h db -c "select 1"\n',
      'FROM alpine:3.20\nRUN wget --http-password=hunter2 https://example.com/a\n',
      'FROM alpine:3.20\nRUN openssl pkcs12 -in a.p12 -passin pass:hunter2 -out a.pem\n',
    ],
    good: [
      'FROM alpine:3.20\nRUN --mount=type=secret,id=p,env=P curl -u "bob:$P" https://example.com/a -o /a\n',
      'FROM mysql:8\nRUN mysql -p -e "select 1" && mkdir -p hunter2\n',
      'FROM eclipse-temurin:21\nRUN keytool -importcert -cacerts -storepass changeit -noprompt -file ca.pem\n',
      'FROM postgres:17\nRUN PGPASSWORD="$(cat /run/secrets/p)" psql && curl -u bob https://example.com && PASSWORD_FILE=/a b\n',
    ],
    references: ['https://docs.docker.com/build/building/secrets/', 'https://cwe.mitre.org/data/definitions/798.html'],
  },
  *check(model) {
    for (const { instruction, word, range, edits } of [...givenAsOption(model), ...givenAsVariable(model)]) {
      if (instruction.keyword !== 'RUN') continue;
      yield {
        message: "The password stands in the image's history",
        range,
        fixes: fixWith(
          'suggested',
          'Give it as a build secret',
          canExpand(word) ? [insertAt(instruction.keywordRange.end, MOUNT), ...edits] : undefined,
        ),
      };
    }
  },
};

const VARIABLE = 'PASSWORD';
const MOUNT = secretMount(VARIABLE);

interface Place {
  readonly instruction: Instruction;
  readonly word: ShellWord | undefined;
  readonly range: TextRange;
  readonly edits: readonly TextEdit[];
}

/** In single quotes and without a shell a variable would stay as it is. */
function canExpand(word: ShellWord | undefined): boolean {
  return word?.written === true && !word.text.includes("'");
}

/** By program: what stands before the secret in its own word (undefined: the next word is it). */
const options: readonly (readonly [names: readonly string[], inWord: RegExp | undefined, before: RegExp | undefined])[] = [
  [['curl'], /^(?:-u|--user=|--proxy-user=|-U)?[^\s:]{1,100}:(?=.)/, /^(?:-u|--user|-U|--proxy-user|-[a-zA-Z]{1,8}u)$/],
  [
    ['curl', 'wget', 'http'],
    /^(?:-H|--header=)?(?:proxy-)?authorization:\s{0,4}(?:basic|bearer|token)\s{1,4}(?=.)|^(?:-H|--header=)?(?:x-api-key|private-token|x-vault-token):\s{0,4}(?=.)/i,
    undefined,
  ],
  [['wget', 'wget2'], /^--(?:http-|ftp-|proxy-)?password=/, undefined],
  [['sshpass'], /^-p(?=.)/, /^-p$/],
  [['mysql', 'mysqladmin', 'mysqldump', 'mariadb', 'mariadb-admin', 'mariadb-dump'], /^(?:-p|--password=)(?=.)/, undefined],
  [['redis-cli'], undefined, /^(?:-a|--pass)$/],
  [
    [
      'mongo',
      'mongosh',
      'docker',
      'podman',
      'buildah',
      'skopeo',
      'helm',
      'az',
      'lftp',
      'ansible',
      'keytool',
      'svn',
      'hg',
      'gh',
      'vault',
      'smbclient',
      'influx',
      'cf',
      'oc',
      'kubectl',
    ],
    /^--?(?:password|token|storepass|keypass|client-secret)=(?=.)/,
    /^--?(?:password|token|storepass|keypass|client-secret)$/,
  ],
  [['docker', 'podman', 'mongo', 'mongosh', 'az'], undefined, /^-p$/],
  [['openssl'], /^pass:(?=.)/, undefined],
];
/** Programs whose -p is a password only behind `login`. */
const LOGIN_ONLY = /^(?:docker|podman|az)$/;

function* givenAsOption(model: DockerfileModel): Iterable<Place> {
  for (const [names, inWord, before] of options) {
    for (const command of commandsNamed(model, ...names)) {
      const isShort = inWord === undefined && LOGIN_ONLY.test(command.name);
      if (isShort && !command.args.slice(0, 2).some(({ value }) => value === 'login')) continue;
      for (const [index, word] of command.args.entries()) {
        const isNext = before?.test(command.args[index - 1]?.value ?? '') === true;
        const start = startOfSecret(command, word, inWord, isNext);
        const value = start === undefined ? '' : word.value.slice(start);
        if (start === undefined || !isLiteralSecret(value, word) || value === 'changeit') continue;
        yield toPlace(model, command.instruction, word, start);
      }
    }
  }
}

/** Returns where in a word the secret begins; undefined when it holds none. */
function startOfSecret({ name }: ShellCommand, word: ShellWord, inWord: RegExp | undefined, isNext: boolean): number | undefined {
  const prefix = inWord?.exec(word.value)?.[0];
  // curl's `user:password` is one only behind its option.
  if (name === 'curl' && prefix !== undefined && !isNext && !/^(?:-u|-U|--user=|--proxy-user=|(?:-H|--header=)?[a-z-]{5,30}:\s)/i.test(prefix))
    return undefined;
  if (prefix !== undefined) return prefix.length;
  return isNext && !(name === 'curl') ? 0 : undefined;
}

function toPlace(model: DockerfileModel, instruction: Instruction, word: ShellWord, start: number): Place {
  const range = rangeIn(model, word.source, start, word.source.text.length);
  return { instruction, word, range, edits: [replaceRange(range, `$${VARIABLE}`)] };
}

/** `PGPASSWORD=hunter2 psql`, `export TOKEN=…`, `env API_KEY=… x`. */
function* givenAsVariable(model: DockerfileModel): Iterable<Place> {
  for (const { name, value, range, valueRange, command } of settingsOf(model)) {
    if (command === undefined || valueRange === undefined || !(isSecretName(name) || /^(?:PGPASSWORD|MYSQL_PWD|SSHPASS|REDISCLI_AUTH)$/.test(name)))
      continue;
    const word =
      command.assignments.find((assignment) => assignment.range === range)?.value ?? command.args.find((argument) => argument.range === range);
    if (word === undefined || !isLiteralSecret(value, word)) continue;
    const isQuoted = /^["']/.test(word.text);
    yield {
      instruction: command.instruction,
      word,
      range: valueRange,
      edits: [replaceRange(valueRange, isQuoted ? `"$${VARIABLE}"` : `$${VARIABLE}`)],
    };
  }
}
