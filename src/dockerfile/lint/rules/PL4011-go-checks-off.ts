import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import { commandsNamed } from '../queries/commands.ts';
import { dropCommand } from '../queries/drop-command.ts';
import { fixWith, removeWord } from '../queries/edits.ts';
import { isOff, removeSetting, settingsOf } from '../queries/settings.ts';
import { findPlainUrl } from '../queries/plain-urls.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL4011',
  slug: 'go-checks-off',
  title: 'Go does not check modules',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'GOINSECURE, GONOSUMCHECK, GONOSUMDB, GOSUMDB=off, GOFLAGS with -insecure and GOPROXY with an http address, set by ENV, ARG, in a RUN, or by `go env -w`; `go get -insecure`. GOPRIVATE is not reported, nor GONOSUMDB beside a GONOPROXY of the same value, which means the same.',
    why: 'The checksum database is what tells a module from another one of the same version. Without it, or over plain http, whoever controls the proxy or the path to it chooses the source that is compiled.',
    fix: 'Remove it. For private modules set GOPRIVATE to their path, and reach their server over https.',
    bad: [
      'FROM golang:1.23\nENV GOINSECURE=example.com/*\n',
      'FROM golang:1.23\nENV GONOSUMDB=*\n',
      'FROM golang:1.23\nENV GONOSUMCHECK=1 GOFLAGS=-mod=mod\n',
      'FROM golang:1.23\nENV GOFLAGS="-insecure"\n',
      'FROM golang:1.23\nRUN GOSUMDB=off go build ./...\n',
      'FROM golang:1.23\nENV GOPROXY=http://proxy.example.com,direct\n',
      'FROM golang:1.23\nRUN go env -w GOSUMDB=off && go build\n',
      'FROM golang:1.16\nRUN go get -insecure example.com/a\n',
    ],
    good: [
      'FROM golang:1.23\nENV GOPRIVATE=example.com/* GOFLAGS=-mod=readonly GOPROXY=https://proxy.example.com,direct GOINSECURE=\n',
      'FROM golang:1.23\nENV GONOPROXY=example.com/ours GONOSUMDB=example.com/ours\n',
      'FROM golang:1.23\nRUN echo GOSUMDB=off && go env GONOSUMDB\n',
    ],
    references: ['https://go.dev/ref/mod#environment-variables', 'https://go.dev/ref/mod#checksum-database'],
  },
  *check(model) {
    const all = [...variables(model), ...settingsMade(model)];
    const direct = new Set(all.flatMap(({ name, value }) => (name === 'GONOPROXY' ? [value] : [])));
    for (const { name, value, range, edits } of all) {
      const reason = name === 'GONOSUMDB' && direct.has(value) ? undefined : weakness(name, value);
      if (reason !== undefined) yield { message: reason, range, fixes: fixWith('suggested', `Remove ${name}`, edits()) };
    }
    for (const command of commandsNamed(model, 'go')) {
      for (const word of command.args.filter(({ value }) => /^--?insecure$/.test(value)))
        yield {
          message: 'go get takes modules over plain http and unchecked',
          range: word.range,
          fixes: fixWith('suggested', 'Remove -insecure', removeWord(model, command, word)),
        };
    }
  },
};

interface GoVariable {
  readonly name: string;
  readonly value: string;
  readonly range: TextRange;
  readonly edits: () => readonly TextEdit[] | undefined;
}

function variables(model: DockerfileModel): readonly GoVariable[] {
  return settingsOf(model)
    .filter(({ name }) => name.startsWith('GO'))
    .map((setting) => ({ name: setting.name, value: setting.value, range: setting.range, edits: () => removeSetting(model, setting) }));
}

/** `go env -w NAME=VALUE…`. */
function settingsMade(model: DockerfileModel): readonly GoVariable[] {
  return commandsNamed(model, 'go').flatMap((command) => {
    const [verb, write, ...words] = command.args;
    if (verb?.value !== 'env' || write?.value !== '-w') return [];
    return words.flatMap((word) => {
      const equals = word.value.indexOf('=');
      const edits = (): readonly TextEdit[] | undefined => (words.length === 1 ? dropCommand(model, command) : removeWord(model, command, word));
      return equals < 0 ? [] : [{ name: word.value.slice(0, equals), value: word.value.slice(equals + 1), range: word.range, edits }];
    });
  });
}

/** Returns what a variable's value turns off; undefined when nothing. */
function weakness(name: string, value: string): string | undefined {
  if (value.trim() === '') return undefined;
  switch (name) {
    case 'GOINSECURE':
      return `Modules of ${value} are taken over plain http, and with any certificate`;
    case 'GONOSUMCHECK':
      return isOff(value) ? undefined : 'The checksums of modules are not compared';
    case 'GONOSUMDB':
      return `Modules of ${value} come from the proxy without a look at the checksum database`;
    case 'GOSUMDB':
      return value === 'off' ? 'Modules are not compared with the checksum database' : undefined;
    case 'GOFLAGS':
      return /(?:^|\s)--?insecure(?:=true)?(?:\s|$)/.test(value) ? 'Every go command takes modules over plain http and unchecked' : undefined;
    case 'GOPROXY':
      return findPlainUrl(value) === undefined ? undefined : 'Modules come over plain http, where they can be replaced on their way';
    default:
      return undefined;
  }
}
