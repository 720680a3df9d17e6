import type { DockerfileModel, Stage } from '../../syntax/model.ts';
import { nameMatcher, optionOf, type TextsOption } from '../options.ts';
import { commandsNamed, findFlags, optionsOf } from '../queries/commands.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

const ignoredUsers: TextsOption = {
  kind: 'texts',
  name: 'ignore',
  description: 'Users that are known not to be root, such as those of a base image of your own.',
  default: [],
  examples: ['nonroot', 'app'],
};

export const rule: Rule = {
  id: 'PL2014',
  slug: 'non-numeric-user',
  title: 'Final USER is a name',
  severity: 'negligible',
  aliases: ['DL3066'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: 'A name instead of a number in the last USER of the final stage. root, a variable without a known value, and Windows are not reported.',
    why: 'Kubernetes cannot tell from a name that it is not root: with runAsNonRoot it refuses to start the container, and people then turn that check off.',
    fix: "Write the user's id: `USER 10001:10001`, and give the same id to useradd or adduser.",
    bad: ['FROM alpine:3.20\nRUN adduser -D -u 10001 app\nUSER app\n', 'FROM alpine:3.20\nUSER app:app\n'],
    good: [
      'FROM alpine:3.20\nUSER 10001:10001\n',
      'FROM alpine:3.20 AS build\nUSER app\nFROM build\nUSER 10001\n',
      'FROM alpine:3.20\nARG U\nUSER $U\n',
    ],
    references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
  },
  options: [ignoredUsers],
  *check(model, context) {
    const stage = model.finalStage;
    const word = stage?.user?.args[0];
    if (stage === undefined || stage.isWindows || word === undefined || word.text.includes('$')) return;
    const [user = ''] = word.value.split(':');
    if (user === '' || user === 'root' || /^\d+$/.test(user)) return;
    if (nameMatcher(optionOf(context, ignoredUsers))(user)) return;
    const id = idOf(model, stage, user);
    yield {
      message: `Whether ${user} is root cannot be told from its name`,
      range: word.range,
      fixes: fixWith('suggested', `Use the id of ${user}`, id === undefined ? undefined : [replaceRange(word.range, id)]),
    };
  },
};

/** Returns the id that useradd or adduser gives the user in this stage; undefined when none says so. */
function idOf(model: DockerfileModel, stage: Stage, user: string): string | undefined {
  const made = commandsNamed(model, 'useradd', 'adduser').findLast(
    (command) => command.instruction.stage === stage.index && optionsOf(command).operands.some(({ value }) => value === user),
  );
  if (made === undefined) return undefined;
  return findFlags(made, { short: 'u', long: 'uid' }).find(({ value }) => /^\d+$/.test(value ?? ''))?.value;
}
