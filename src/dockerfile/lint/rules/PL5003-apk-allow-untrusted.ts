import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { commandsNamed, findFlags, optionsOf } from '../queries/commands.ts';
import { fixWith, removeOption } from '../queries/edits.ts';
import { integrityCheckOf, namesChecked } from '../queries/integrity-checks.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL5003',
  slug: 'apk-allow-untrusted',
  title: 'apk does not check signatures',
  severity: 'high',
  aliases: ['CKV2_DOCKER_7'],
  fixable: 'safe',
  docs: {
    reports:
      'apk with --allow-untrusted. Not reported: `apk index`, which installs nothing, and package files that a check of their signature or checksum in the same RUN names.',
    why: 'apk then installs packages that nobody signed, or an attacker did, and runs their scripts as root.',
    fix: 'Remove it. For a package of your own, copy its public key to /etc/apk/keys first.',
    bad: ['FROM alpine:3.20\nRUN apk add --no-cache --allow-untrusted ./a.apk\n', 'FROM alpine:3.20\nRUN apk --allow-untrusted -U add a\n'],
    good: [
      'FROM alpine:3.20\nCOPY a.rsa.pub /etc/apk/keys/\nRUN apk add --no-cache ./a.apk\n',
      'FROM alpine:3.20\nRUN echo apk add --allow-untrusted\n',
    ],
    references: ['https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'apk')) {
      const options = findFlags(command, { long: 'allow-untrusted', shortest: 'allow-u' });
      if (options.length === 0 || !trustsBlindly(model, command)) continue;
      for (const option of options) {
        yield {
          message: 'apk installs packages without a valid signature',
          range: option.word.range,
          fixes: fixWith('safe', 'Remove --allow-untrusted', removeOption(model, command, option)),
        };
      }
    }
  },
};

/** False when it installs nothing, or only files that were checked in another way. */
function trustsBlindly(model: DockerfileModel, command: ShellCommand): boolean {
  const [verb, ...packages] = optionsOf(command).operands.map(({ value }) => value);
  if (verb === 'index') return false;
  if (packages.length === 0 || !packages.every((name) => name.endsWith('.apk'))) return true;
  const commands = model.commandsOf(command.instruction);
  const checks = commands.slice(0, commands.indexOf(command)).flatMap((earlier) => integrityCheckOf(model, earlier) ?? []);
  return !packages.every((name) => checks.some((check) => namesChecked(check, name)));
}
