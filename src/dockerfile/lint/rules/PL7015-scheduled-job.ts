import { startupWrites } from '../queries/startup-files.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL7015',
  slug: 'scheduled-job',
  title: 'Cron job in the image',
  severity: 'low',
  aliases: [],
  appliesToHistory: false,
  docs: {
    reports: 'A cron job that RUN, COPY or ADD puts into the image. One that looks like a backdoor is reported by PL7014 instead.',
    why: 'cron needs root and runs beside the program: its jobs run in every replica at once, their output and failures are in no log, and a job is an inconspicuous way to start something.',
    fix: "Run the job in a container of its own, by the orchestrator's scheduler.",
    bad: [
      'FROM debian:12\nRUN echo "0 3 * * * root /usr/local/bin/backup" > /etc/cron.d/backup\n',
      'FROM alpine:3.20\nCOPY jobs /etc/crontabs/root\n',
      'FROM debian:12\nCOPY jobs /jobs\nRUN crontab /jobs\n',
    ],
    good: ['FROM debian:12\nRUN crontab -l\n', 'FROM debian:12\nRUN rm -f /etc/cron.daily/apt && ls /etc/cron.d > /cron.txt\n'],
    references: ['https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/'],
  },
  *check(model) {
    for (const { kind, suspicious, range } of startupWrites(model)) {
      if (kind === 'cron' && !suspicious) yield { message: 'This job runs beside the program, unseen by whoever starts the container', range };
    }
  },
};
