import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed } from '../queries/commands.ts';
import type { PinStyle } from '../queries/package-managers.ts';
import { ignoredPackages, unpinnedPackages, VERSION_TEMPLATE } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6009',
  slug: 'go-unpinned',
  title: 'go module without a version',
  severity: 'low',
  aliases: ['DL3062'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      '`go install`, `go get` and `go run` of a module at another machine as @latest, at a branch, or without a version. Local paths are not reported.',
    why: 'The next build may get another version: one that does not work with the rest, or one that somebody published who should not. What was tested is not what is built.',
    fix: 'Write the version: `go install example.com/tool@v1.2.3`.',
    bad: ['FROM golang:1.23\nRUN go install example.com/a/tool@latest\n', 'FROM golang:1.23\nRUN go get example.com/a/b\n'],
    good: ['FROM golang:1.23\nRUN go install example.com/a/tool@v1.2.3 && go build ./... && go install ./cmd/a\n'],
    references: ['https://go.dev/ref/mod#go-install'],
  },
  options: [ignoredPackages],
  *check(model, context) {
    const actions = commandsNamed(model, 'go').flatMap((command) => {
      const [verb, ...operands] = command.args;
      const isFetch = command.instruction.keyword === 'RUN' && verb !== undefined && /^(?:install|get|run)$/.test(verb.value);
      // `go install tool` takes the versions of go.mod.
      return isFetch && operands[0]?.value !== 'tool' ? [{ command, verb, operands }] : [];
    });
    yield* unpinnedPackages(actions, style, 'the module proxy', context, remoteModules);
  },
};

const style: PinStyle = {
  isPinned: (name) => /@(?!latest$|upgrade$|patch$|main$|master$|HEAD$|develop$)/.test(name),
  pin: (name) => `${name.replace(/@.*$/, '')}@${VERSION_TEMPLATE}`,
};

/** A path whose first part has a dot is that of a host. What `go run` is given behind the module is its arguments. */
function remoteModules({ command, operands }: { readonly command: ShellCommand; readonly operands: readonly ShellWord[] }): readonly ShellWord[] {
  const modules = operands.filter(
    ({ value }) => /^[A-Za-z0-9-]{1,60}(?:\.[A-Za-z0-9-]{1,60}){1,8}\/[^\s$]{1,300}$/.test(value) && !value.includes('://'),
  );
  return command.args[0]?.value === 'run' ? modules.slice(0, 1) : modules;
}
