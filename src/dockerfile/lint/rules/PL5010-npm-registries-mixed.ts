import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { commandsNamed } from '../queries/commands.ts';
import { fixWith, replaceRange, replaceWord } from '../queries/edits.ts';
import { settingsOf } from '../queries/settings.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL5010',
  slug: 'npm-registries-mixed',
  title: 'Package names looked up in two npm registries',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'A registry named without a scope (--registry, `config set registry`, NPM_CONFIG_REGISTRY, a line of .npmrc) in a stage whose installs use another one as well; and one scope given two registries. One registry for everything, and a registry for each scope, are not reported.',
    why: 'A private package without a scope is then looked up in the public registry by some of the commands: whoever registers its name there has his install script run in the build.',
    fix: 'Give private packages a scope and bind the registry to it: `npm config set @team:registry https://…`; or use one registry, which proxies the public one, for everything.',
    bad: [
      'FROM node:22\nRUN npm install --registry=https://npm.example.com/ tool@1.0.0 && npm install express@5.0.0\n',
      'FROM node:22\nRUN npm config set registry https://npm.example.com/ && npm i tool@1.0.0\nRUN npm i --registry https://registry.example.org/ a@1.0.0\n',
      'FROM node:22\nRUN npm config set @team:registry https://npm.example.com/\nRUN npm config set @team:registry https://npm.example.org/\n',
    ],
    good: [
      'FROM node:22\nRUN npm config set registry https://npm.example.com/ && npm ci\n',
      'FROM node:22\nRUN npm config set @team:registry https://npm.example.com/ && npm install @team/tool@1.0.0 express@5.0.0\n',
      'FROM node:22\nENV NPM_CONFIG_REGISTRY=https://npm.example.com/\nRUN npm install express@5.0.0\n',
    ],
    references: ['https://docs.npmjs.com/cli/v11/using-npm/scope', 'https://cwe.mitre.org/data/definitions/427.html'],
  },
  *check(model) {
    const commands = commandsNamed(model, 'npm', 'pnpm', 'yarn', 'yarnpkg');
    if (commands.length === 0) return;
    const named = [...commands.flatMap((command) => [...flaggedRegistries(command), ...configuredRegistries(command)]), ...writtenRegistries(model)];
    for (const stage of new Set(commands.map(({ instruction }) => instruction.stage))) {
      const here = named.filter((registry) => registry.stage === stage);
      const general = here.filter(({ scope }) => scope === undefined);
      const lasting = general.filter(({ command }) => command === undefined).map(({ host }) => host);
      const installs = commands.filter((command) => command.instruction.stage === stage && isInstall(command));
      const isUnnamed = lasting.length === 0 && installs.some((command) => !general.some((registry) => registry.command === command));
      const usual = lasting[0] ?? (isUnnamed ? PUBLIC : general[0]?.host);
      for (const { range, edits, host } of general) {
        if (host === usual) continue;
        yield {
          message: `Names without a scope are looked up at ${host} here, at ${usual ?? PUBLIC} elsewhere in the stage`,
          range,
          fixes: fixWith('suggested', 'Bind it to a scope', edits),
        };
      }
      yield* scopesGivenTwice(here);
    }
  },
};

function* scopesGivenTwice(registries: readonly Registry[]): Iterable<{ readonly message: string; readonly range: TextRange }> {
  const hosts = new Map<string, string>();
  for (const { scope, host, range } of registries) {
    if (scope === undefined) continue;
    const first = hosts.get(scope);
    if (first === undefined) hosts.set(scope, host);
    else if (first !== host) yield { message: `Packages of ${scope} are looked up at ${host} and at ${first}`, range };
  }
}

interface Registry {
  readonly host: string;
  readonly scope: string | undefined;
  readonly stage: number;
  /** The one command it is for; undefined: it lasts. */
  readonly command: ShellCommand | undefined;
  readonly range: TextRange;
  readonly edits: readonly TextEdit[] | undefined;
}

const PUBLIC = 'the public registry';
const SCOPED = '@CHOOSE-A-SCOPE:registry';

/** Returns the host of a registry's URL; undefined when it is not known. */
function hostOf(url: string): string | undefined {
  const host = /^(?:https?:)?\/\/(?:[^\s/@]{1,200}@)?([\w.-]{1,200}(?::\d+)?)/i.exec(url)?.[1]?.toLowerCase();
  return host !== undefined && /^registry\.(?:npmjs|yarnpkg)\./.test(host) ? PUBLIC : host;
}

function flaggedRegistries(command: ShellCommand): readonly Registry[] {
  if (!isInstall(command)) return [];
  return command.args.flatMap((word, index) => {
    const match = /^--(?:(@[\w.-]+):)?registry(?:=(.*))?$/.exec(word.value);
    if (match === null) return [];
    const valueWord = match[2] === undefined ? command.args[index + 1] : word;
    const url = match[2] ?? valueWord?.value ?? '';
    const host = hostOf(url);
    if (host === undefined || valueWord === undefined) return [];
    const range = { start: word.range.start, end: valueWord.range.end };
    const canEdit =
      command.name !== 'yarn' &&
      command.name !== 'yarnpkg' &&
      command.language === 'sh' &&
      word.written &&
      valueWord.written &&
      !/[\s"'\\]/.test(url);
    const isOneLine = range.start.line === range.end.line;
    const edits = canEdit && isOneLine ? [replaceRange(range, `--${SCOPED}=${url}`)] : undefined;
    return [{ host, scope: match[1], stage: command.instruction.stage, command, range, edits }];
  });
}

/** `npm config set registry URL`, `npm config set registry=URL`, `npm set registry=URL`. */
function configuredRegistries({ args, instruction }: ShellCommand): readonly Registry[] {
  const set = args.findIndex(({ value }) => value === 'set');
  if (set < 0 || set > 1) return [];
  const [name, next] = args.slice(set + 1).filter(({ value }) => !value.startsWith('-'));
  const match = /^(?:(@[\w.-]+):)?(?:registry|npmRegistryServer)(?:=(.*))?$/.exec(name?.value ?? '');
  const host = hostOf(match?.[2] ?? next?.value ?? '');
  if (match === null || name === undefined || host === undefined) return [];
  const edits = name.value.startsWith('registry') ? replaceWord(name, name.value.replace('registry', SCOPED)) : undefined;
  return [{ host, scope: match[1], stage: instruction.stage, command: undefined, range: name.range, edits }];
}

function writtenRegistries(model: DockerfileModel): readonly Registry[] {
  const settings = settingsOf(model).flatMap(({ name, value, range, definition, command }): readonly Registry[] => {
    const host = /^(?:npm_config_registry|yarn_npm_registry_server)$/i.test(name) ? hostOf(value) : undefined;
    const stage = (definition?.instruction ?? command?.instruction)?.stage ?? -1;
    return host === undefined ? [] : [{ host, scope: undefined, stage, command: undefined, range, edits: undefined }];
  });
  const lines = writtenTexts(model).flatMap((text) =>
    matchesIn(model, text, /(?:(?<=^|\n)|(?<=\\n))(?:(@[\w.-]{1,100}):)?registry\s{0,4}=\s{0,4}([^\s\\"']+)/g).flatMap(
      ({ match, range }): readonly Registry[] => {
        const host = hostOf(match[2] ?? '');
        const isLine = host !== undefined && text.source.text !== `registry=${match[2] ?? ''}`;
        return isLine ? [{ host, scope: match[1], stage: text.instruction.stage, command: undefined, range, edits: undefined }] : [];
      },
    ),
  );
  return [...settings, ...lines];
}

function isInstall({ name, args }: ShellCommand): boolean {
  const verb = args.find(({ value }) => !value.startsWith('-'))?.value;
  return verb === undefined ? name === 'yarn' : /^(?:i|in|install|ci|add|update|up|global)$/.test(verb);
}
