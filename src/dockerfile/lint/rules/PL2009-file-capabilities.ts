import { commandsNamed, nameWord } from '../queries/commands.ts';
import { dropCommand } from '../queries/drop-command.ts';
import { fixWith } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL2009',
  slug: 'file-capabilities',
  title: 'Capabilities given to a program',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'setcap that gives a program capabilities. Taking them away (`setcap -r`, `cap_chown=-ep`) and comparing them (`setcap -v`) is not reported.',
    why: 'Whoever can start the program has the capability, as with a setuid program: cap_setuid, cap_sys_admin, cap_dac_override or cap_sys_ptrace are as good as root, cap_net_raw lets it forge packets on the network of the containers.',
    fix: 'Give the capability to the container that needs it, at run time (`--cap-add`, securityContext.capabilities), or listen on a port above 1023.',
    bad: [
      'FROM debian:12\nRUN setcap cap_net_raw,cap_net_admin+eip /usr/bin/tool\n',
      "FROM debian:12\nRUN apt-get update && setcap 'cap_setuid=ep' /usr/bin/python3.11\n",
      "FROM node:22\nRUN setcap 'cap_net_bind_service=+ep' /usr/local/bin/node\n",
    ],
    good: ['FROM debian:12\nRUN setcap -r /usr/bin/ping\n', 'FROM debian:12\nRUN apt-get install -y libcap2-bin && getcap -r /\n'],
    references: ['https://man7.org/linux/man-pages/man7/capabilities.7.html', 'https://man7.org/linux/man-pages/man8/setcap.8.html'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'setcap')) {
      const [first] = command.args.filter(({ value }) => !/^-[qn]$/.test(value));
      if (first === undefined || first.value === '-r' || first.value === '-v' || !grants(first.value)) continue;
      const capabilities = /^[a-z_,]{3,200}/i.exec(first.value)?.[0];
      yield {
        message: `Whoever starts this program has ${capabilities ?? 'its capabilities'}`,
        range: (nameWord(command) ?? first).range,
        fixes: fixWith('suggested', 'Remove setcap', dropCommand(model, command)),
      };
    }
  },
};

/** False for clauses that only take capabilities away: `cap_chown=-ep`, `cap_chown-e`, `=`. */
function grants(clauses: string): boolean {
  return !/^[a-z_,]*=?(?:-[eip]{1,3}|$)/i.test(clauses) || /[=+][eip]/.test(clauses);
}
