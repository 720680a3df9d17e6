import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import type { MappedText } from '../../syntax/mapped-text.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed, hasFlag, optionsOf } from '../queries/commands.ts';
import { dropCommand } from '../queries/drop-command.ts';
import { fixWith, removeInstruction } from '../queries/edits.ts';
import { instructionsNamed } from '../queries/instructions.ts';
import { Memo } from '../queries/memo.ts';
import { isPlaceholder } from '../queries/secret-names.ts';
import { rangeIn } from '../queries/secret-texts.ts';
import { baseName } from '../queries/shell-paths.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL3007',
  slug: 'registry-credentials-written',
  title: 'Registry credentials written into the image',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  givesWayTo: ['PL3002'],
  docs: {
    reports:
      'Tokens and passwords that a RUN or a here-document writes into .npmrc, .yarnrc.yml, pip.conf, .pypirc, .netrc, settings.xml, NuGet.config, auth.json, .git-credentials or .docker/config.json, by echo and the like or by the tool itself (npm config set, poetry config, composer config, docker login, git config url.…), and the log-ins of clouds that keep what they are given (gcloud, az, doctl, gh). Not reported: a variable that the tool itself reads later (single quotes), and a file that the same RUN removes or a mount holds.',
    why: 'The file stays in the layer for everybody who can pull the image: with the token they read, and often publish, the packages that all other builds trust.',
    fix: 'Mount the whole file for the one step that needs it: `RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci`; or write the name of a variable into it and give the variable as a build secret.',
    bad: [
      'FROM node:22\nARG NPM_TOKEN\nRUN echo "//npm.example.com/:_authToken=$NPM_TOKEN" > .npmrc\n',
      'FROM node:22\nARG NPM_TOKEN\nRUN npm config set //npm.example.com/:_authToken=${NPM_TOKEN}\n',
      'FROM python:3.13\nARG T\nRUN pip config set global.index-url https://ci:$T@pypi.example.com/simple\n',
      'FROM maven:3.9\nARG P\nCOPY <<EOF /root/.m2/settings.xml\n<server><username>ci</username><password>$P</password></server>\nEOF\n',
      'FROM alpine:3.20\nARG T\nRUN echo "machine github.com login x password $T" > ~/.netrc\n',
      'FROM alpine:3.20\nARG T\nRUN git config --global url."https://$T@github.com/".insteadOf https://github.com/\n',
      'FROM google/cloud-sdk:500.0.0-slim\nRUN --mount=type=secret,id=key,target=/key.json gcloud auth activate-service-account --key-file=/key.json\n',
      'FROM docker:27-cli\nARG P\nRUN docker login -u ci -p $P registry.example.com\n',
    ],
    good: [
      "FROM node:22\nRUN echo '//npm.example.com/:_authToken=${NPM_TOKEN}' > .npmrc\n",
      'FROM node:22\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n',
      'FROM node:22\nRUN --mount=type=secret,id=t,env=T echo "//npm.example.com/:_authToken=$T" > .npmrc && npm ci && rm .npmrc\n',
      'FROM alpine:3.20\nRUN git config --global url."https://github.com/".insteadOf git@github.com: && npm config set registry https://r.example.com/\n',
    ],
    references: ['https://docs.docker.com/build/building/secrets/', 'https://docs.npmjs.com/docker-and-private-modules'],
  },
  *check(model) {
    const places = [...writtenByCommands(model), ...writtenByTools(model), ...copiedTexts(model)];
    for (const { file, range, edits } of places) {
      yield { message: `The credentials stay in ${file}, in a layer of the image`, range, fixes: fixWith('suggested', 'Do not write them', edits()) };
    }
  },
};

interface Place {
  readonly file: string;
  readonly range: TextRange;
  readonly edits: () => readonly TextEdit[] | undefined;
}

/** What the lines of the files look like, a value behind it. */
const SIGNS = /_authToken|_auth|_password|npmAuthToken|npmAuthIdent|<password>|machine\s|"auths?"|ClearTextPassword|:\/\/[^\s/@]{1,200}@/;
const VALUE = '([^\\s"\'<>\\\\]{2,4000})';
const LINES: readonly (readonly [file: string, pattern: RegExp])[] = [
  ['.npmrc', new RegExp(`(?:_authToken|:?_auth|:_password)\\s{0,4}=\\s{0,4}"?${VALUE}`, 'g')],
  ['.yarnrc.yml', new RegExp(`npmAuth(?:Token|Ident)\\\\?"?:\\s{0,4}\\\\?"?${VALUE}`, 'g')],
  ['settings.xml', new RegExp(`<password>${VALUE}</password>`, 'g')],
  ['.netrc or auth.conf', new RegExp(`machine\\s{1,8}\\S{1,200}\\s{1,8}login\\s{1,8}\\S{1,200}\\s{1,8}password\\s{1,8}${VALUE}`, 'g')],
  ['NuGet.config', new RegExp(`ClearTextPassword\\\\?"\\s{1,4}value=\\\\?"${VALUE}`, 'g')],
  ['config.json', new RegExp(`"auth\\\\?"\\s{0,4}:\\s{0,4}\\\\?"${VALUE}`, 'g')],
  ['its configuration', /(?:index-url|index_url|registry|baseurl|repository|url)\s{0,4}=\s{0,4}https?:\/\/[^\s/:@]{0,200}:([^\s/@]{2,1000})@/g],
];
const CREDENTIAL_FILES =
  /(?:^|\/)(?:\.?npmrc|\.yarnrc(?:\.yml)?|\.?pip\.conf|\.pypirc|[._]netrc|settings(?:-security)?\.xml|nuget\.config|auth\.json|\.git-credentials|\.docker\/config\.json|\.dockercfg|\.gemrc|credentials(?:\.toml)?|sources\.list(?:\.d\/.{1,100})?|auth\.conf(?:\.d\/.{1,100})?)$/i;
const CREDENTIAL_FOLDERS = /(?:^|\/)(?:\.(?:docker|m2|aws|azure|kube|config)|\.config\/(?:gcloud|doctl|gh))\/?$/;
const PRINTERS: ReadonlySet<string> = new Set(['echo', 'printf', 'cat', 'sed', 'tee']);

/** echo, printf, sed and here-documents of a RUN. */
function writtenByCommands(model: DockerfileModel): readonly Place[] {
  return model.commands().flatMap((command) => {
    if (!PRINTERS.has(command.name) || command.language !== 'sh') return [];
    const own = command.args.flatMap((word) => (isForTheTool(word) ? [] : placesIn(model, word.source, () => dropCommand(model, command, true))));
    const bodies = command.redirects.flatMap(({ body }) => (body === undefined ? [] : placesIn(model, body, () => undefined)));
    return own.length + bodies.length === 0 || isTakenAway(model, command.instruction) ? [] : [...own, ...bodies];
  });
}

/** In single quotes a `${NPM_TOKEN}` stays as it is, for npm to read when it runs. */
function isForTheTool(word: ShellWord): boolean {
  return word.known && word.written && word.source.text.includes('${');
}

/** Here-documents of COPY and ADD. */
function copiedTexts(model: DockerfileModel): readonly Place[] {
  return ['COPY', 'ADD'].flatMap((keyword) =>
    instructionsNamed(model, keyword).flatMap((instruction) =>
      instruction.heredocs.flatMap(({ body, expand }) =>
        !expand && body.text.includes('${') ? [] : placesIn(model, body, () => removeInstruction(model, instruction)),
      ),
    ),
  );
}

function placesIn(model: DockerfileModel, source: MappedText, edits: Place['edits']): readonly Place[] {
  if (!SIGNS.test(source.text)) return [];
  return LINES.flatMap(([file, pattern]) =>
    [...source.text.matchAll(pattern)].flatMap((match) => {
      const value = match[1] ?? '';
      if (isPlaceholder(value) || /^\$\{env\.|^%|^\{/.test(value)) return [];
      const end = match.index + match[0].length - (match[0].endsWith('>') ? '</password>'.length : match[0].endsWith('@') ? 1 : 0);
      return [{ file, range: rangeIn(model, source, end - value.length, end), edits }];
    }),
  );
}

interface Tool {
  readonly names: readonly string[];
  readonly file: string;
  /** Returns the word that holds the secret. */
  readonly find: (command: ShellCommand) => ShellWord | undefined;
}

const NPM_SECRET = /(?:^|:)_(?:authToken|auth|password)$|^npmAuth(?:Token|Ident)$/;

const tools: readonly Tool[] = [
  { names: ['npm', 'pnpm', 'yarn'], file: '.npmrc', find: findNpm },
  { names: ['pip', 'pip3'], file: 'pip.conf', find: (command) => findSet(command, /index-url$/, /^https?:\/\/[^/@]*:[^/@]+@/) },
  { names: ['poetry'], file: 'auth.toml', find: (command) => findSet(command, /^(?:http-basic|pypi-token)\./) },
  { names: ['composer'], file: 'auth.json', find: (command) => findSet(command, /^(?:http-basic|github-oauth|gitlab-token|gitlab-oauth|bearer)\./) },
  { names: ['bundle', 'bundler'], file: '.bundle/config', find: (command) => findSet(command, /\.(?:com|org|io|net)$|_TOKEN$/i, /^[^:]+:[^:]+$/) },
  { names: ['aws'], file: '.aws/credentials', find: (command) => findSet(command, /^(?:aws_secret_access_key|aws_session_token)$/) },
  { names: ['git'], file: '.gitconfig', find: findGit },
  { names: ['docker', 'podman', 'buildah', 'skopeo', 'nerdctl', 'helm', 'crane', 'oras'], file: 'config.json', find: findLogin },
  { names: ['cargo'], file: 'credentials.toml', find: (command) => (operand(command, 0) === 'login' ? optionsOf(command).operands[1] : undefined) },
  { names: ['dotnet', 'nuget'], file: 'NuGet.config', find: findNuget },
  {
    names: ['gcloud'],
    file: '.config/gcloud',
    find: (command) => findWordBehind(command, ['auth', 'activate-service-account'], /^--key-file(?:=|$)/),
  },
  { names: ['az'], file: '.azure', find: (command) => findWordBehind(command, ['login'], /^(?:-p|--password|--federated-token)(?:=|$)/) },
  { names: ['doctl'], file: '.config/doctl', find: (command) => findWordBehind(command, ['auth', 'init'], /^(?:-t|--access-token)(?:=|$)/) },
  { names: ['gh'], file: '.config/gh', find: (command) => findWordBehind(command, ['auth', 'login'], /^--with-token$/) },
];

function writtenByTools(model: DockerfileModel): readonly Place[] {
  return tools.flatMap(({ names, file, find }) =>
    commandsNamed(model, ...names).flatMap((command) => {
      const word = find(command);
      if (word === undefined || isForTheTool(word) || isPlaceholder(word.value) || isTakenAway(model, command.instruction)) return [];
      return [{ file, range: word.range, edits: () => dropCommand(model, command, command.places.length > 0) }];
    }),
  );
}

function operand(command: ShellCommand, index: number): string | undefined {
  return optionsOf(command).operands[index]?.value;
}

/** `npm config set NAME VALUE`, `npm config set NAME=VALUE`, `npm set NAME VALUE`. */
function findNpm(command: ShellCommand): ShellWord | undefined {
  const set = command.args.findIndex(({ value }) => value === 'set');
  const name = command.args[set + 1];
  if (set < 0 || set > 1 || name === undefined) return undefined;
  const equals = name.value.indexOf('=');
  if (equals > 0) return NPM_SECRET.test(name.value.slice(0, equals)) ? name : undefined;
  return NPM_SECRET.test(name.value) ? command.args[set + 2] : undefined;
}

/** `… config [set] NAME VALUE…`: the last word is the secret. */
function findSet(command: ShellCommand, name: RegExp, value = /./): ShellWord | undefined {
  const words = optionsOf(command).operands;
  if (!/^(?:config|configure)$/.test(words[0]?.value ?? '')) return undefined;
  const at = words.findIndex((word, index) => index > 0 && name.test(word.value));
  const last = words.at(-1);
  return at < 1 || last === undefined || last === words[at] || !value.test(last.value) ? undefined : last;
}

/** `git config url."https://TOKEN@host/".insteadOf …`. */
function findGit(command: ShellCommand): ShellWord | undefined {
  const config = command.args.findIndex(({ value }) => value === 'config');
  return config < 0
    ? undefined
    : command.args
        .slice(config)
        .find(({ value }) => /^(?:url\.|http\.[^\s]{0,200}extraheader).*(?:https?:\/\/[^\s/@]{2,1000}@|authorization:)/i.test(value));
}

/** `docker login -p PASSWORD`, `--password-stdin`, `helm registry login`. */
function findLogin(command: ShellCommand): ShellWord | undefined {
  const words = command.args.map(({ value }) => value);
  const login = words.indexOf('login');
  if (login < 0 || login > 2) return undefined;
  const at = words.findIndex((value, index) => index > login && /^(?:-p|--password)$/.test(value));
  return at >= 0 ? command.args[at + 1] : command.args.find(({ value }) => /^(?:--password=|--password-stdin$)/.test(value));
}

/** `dotnet nuget add source … --password P`. */
function findNuget(command: ShellCommand): ShellWord | undefined {
  if (!command.args.some(({ value }) => /^sources?$/.test(value)) || hasFlag(command, { short: 'h', long: 'help' })) return undefined;
  const at = command.args.findIndex(({ value }) => /^--?password$/i.test(value) || value === '-p');
  return at < 0 ? undefined : command.args[at + 1];
}

/** `gcloud auth activate-service-account --key-file=KEY`: the option, or the word behind it. */
function findWordBehind({ args }: ShellCommand, verbs: readonly string[], option: RegExp): ShellWord | undefined {
  const words = args.filter(({ value }) => !value.startsWith('-')).map(({ value }) => value);
  if (!verbs.every((verb, index) => words[index] === verb)) return undefined;
  const at = args.findIndex(({ value }) => option.test(value));
  const word = args[at];
  if (at < 0 || word === undefined || word.value.includes('=') || word.value === '--with-token') return word;
  return args[at + 1];
}

/** True when the RUN takes the file away itself, or keeps it in a mount: the layer then holds none. */
function isTakenAway(model: DockerfileModel, instruction: Instruction): boolean {
  return takenAway.of(instruction, () => lookForRemoval(model, instruction));
}

const takenAway = new Memo<boolean>();

/** A mount is no part of the layer. */
function isCredentialMount(mount: string): boolean {
  const target = /(?:^|,)(?:target|dst|destination)=([^,]*)/.exec(mount)?.[1] ?? '';
  return /(?:^|,)type=(?:tmpfs|cache|secret)(?:,|$)/.test(mount) && (CREDENTIAL_FILES.test(target) || CREDENTIAL_FOLDERS.test(target));
}

function lookForRemoval(model: DockerfileModel, instruction: Instruction): boolean {
  const isMounted = instruction.flags.some(({ name, value = '' }) => name === 'mount' && isCredentialMount(value));
  if (isMounted) return true;
  return model
    .commandsOf(instruction)
    .some(
      ({ name, args }) =>
        ((name === 'rm' || name === 'shred' || name === 'unlink') &&
          args.some(({ value }) => CREDENTIAL_FILES.test(value) || baseName(value).startsWith('.gitconfig') || CREDENTIAL_FOLDERS.test(value))) ||
        ((name === 'npm' || name === 'docker' || name === 'podman') &&
          (args[0]?.value === 'logout' || (args[0]?.value === 'config' && args[1]?.value === 'delete'))) ||
        (name === 'gcloud' && args.some(({ value }) => value === 'revoke')) ||
        ((name === 'az' || name === 'gh') && args.some(({ value }) => value === 'logout')) ||
        (name === 'git' && args.some(({ value }) => /^--unset(?:-all)?$|^--remove-section$/.test(value))),
    );
}
