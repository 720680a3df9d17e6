import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { commandsNamed } from '../queries/commands.ts';
import { instructionsNamed } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8005',
  slug: 'archive-copied-then-unpacked',
  title: 'Archive copied, then unpacked',
  severity: 'negligible',
  aliases: ['DL3010'],
  appliesToHistory: false,
  docs: {
    reports: 'COPY of a local tar archive that a later RUN of the stage unpacks with tar. Archives from other stages are not reported.',
    why: 'The archive stays in its own layer: everybody who pulls the image loads its content twice.',
    fix: 'Use ADD, which unpacks a local archive and leaves no copy of it; or mount it: `RUN --mount=type=bind,source=a.tar,target=/a.tar tar -xf /a.tar`.',
    bad: ['FROM alpine:3.20\nCOPY app.tar.gz /tmp/\nRUN tar -xzf /tmp/app.tar.gz -C /opt\n'],
    good: [
      'FROM alpine:3.20\nADD app.tar.gz /opt/\n',
      'FROM alpine:3.20\nCOPY app.tar.gz /tmp/\nRUN tar -tf /tmp/app.tar.gz\n',
      'FROM alpine:3.20 AS a\nFROM alpine:3.20\nCOPY --from=a app.tar.gz /tmp/\nRUN tar xf /tmp/app.tar.gz\n',
    ],
    references: ['https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives'],
  },
  *check(model) {
    const unpacked = lastUnpacked(model);
    if (unpacked.size === 0) return;
    for (const { args, flags, stage, index } of instructionsNamed(model, 'COPY')) {
      if (flags.some(({ name }) => name === 'from')) continue;
      const target = baseName(args.at(-1)?.value ?? '');
      for (const word of args.slice(0, -1)) {
        const source = baseName(word.value);
        if (!/\.(?:tar(?:\.(?:gz|bz2|xz|zst))?|tgz|tbz2?|txz)$/i.test(source)) continue;
        if ([source, target].some((name) => (unpacked.get(`${stage} ${name}`) ?? -1) > index))
          yield { message: `${source} is unpacked later, and stays in this layer all the same: ADD unpacks it`, range: word.range };
      }
    }
  },
};

/** By stage and file name: the number of the last instruction that unpacks such a file. */
function lastUnpacked(model: DockerfileModel): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const command of commandsNamed(model, 'tar', 'bsdtar').filter(unpacks)) {
    const { stage, index } = command.instruction;
    for (const { value } of command.args) last.set(`${stage} ${baseName(value)}`, index);
  }
  return last;
}

function unpacks({ args }: ShellCommand): boolean {
  return args.some(
    ({ value }, index) => /^-[a-zA-Z]*x/.test(value) || value === '--extract' || value === '--get' || (index === 0 && /^[a-zA-Z]*x/.test(value)),
  );
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
