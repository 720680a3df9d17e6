import type { DockerfileModel } from '../../syntax/model.ts';
import { copiesOf } from '../queries/instructions.ts';
import { dropCommand } from '../queries/drop-command.ts';
import { fixWith, removeInstruction } from '../queries/edits.ts';
import type { Rule, RuleHit } from '../rule.ts';

export const rule: Rule = {
  id: 'PL7013',
  slug: 'crypto-miner',
  title: 'Cryptocurrency miner',
  severity: 'critical',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'The name of a known mining program or the address of a mining pool in a command, a FROM, a COPY or an ADD. Texts that are only printed or searched for are not reported.',
    why: 'Miners are what most attackers leave in images: they spend the CPU of every machine that runs them, and show that someone else could change the image.',
    fix: 'Remove it, find out who put it there, and treat the images that were built from this file as taken over.',
    bad: [
      'FROM debian:12\nRUN git clone https://github.com/xmrig/xmrig.git\n',
      'FROM debian:12\nCMD ["/app/run", "-o", "stratum+tcp://pool.example.com:3333"]\n',
      'FROM debian:12\nCOPY minerd /usr/local/bin/\n',
      'FROM debian:12\nRUN cd /tmp && ./xmrig --donate-level 1\n',
    ],
    good: ['FROM debian:12\nRUN echo "no xmrig here" && ! pgrep xmrig\n', 'FROM debian:12\nCOPY determiner /usr/bin/\nRUN ./examinerd\n'],
    references: ['https://attack.mitre.org/techniques/T1496/'],
  },
  *check(model) {
    if (!MINER.test(model.text)) return;
    yield* commandHits(model);
    for (const { image } of model.stages) {
      if (image?.kind === 'image' && MINER.test(image.resolved))
        yield { message: 'This base image holds a cryptocurrency miner', range: image.word.range };
    }
    for (const instruction of copiesOf(model)) {
      const word = instruction.args.find(({ value }) => MINER.test(value));
      if (word === undefined) continue;
      const fixes = fixWith('suggested', 'Remove it', removeInstruction(model, instruction));
      yield { message: 'This file is by its name a cryptocurrency miner', range: word.range, fixes };
    }
  },
};

const MINER =
  /\bstratum[12]?\+(?:tcp|ssl|tls|udp):\/\/|(?<![a-z0-9])(?:xmrig|xmr-stak|minerd|cpuminer|ccminer|ethminer|cgminer|bfgminer|nbminer|lolminer|phoenixminer|nanominer|teamredminer|srbminer|kinsing|kdevtmpfsi)(?![a-z])/i;
/** Programs that only print or look for the words they are given. */
const TALKS = /^(?:echo|printf|grep|egrep|fgrep|pgrep|pkill|killall|rm|test|\[)$/;

function* commandHits(model: DockerfileModel): Generator<RuleHit> {
  for (const command of model.commands()) {
    if (TALKS.test(command.name)) continue;
    // What a wrapper starts is a command of its own.
    const word = command.words.find(({ value }) => MINER.test(value));
    if (word === undefined || /\s/.test(word.value)) continue;
    const fixes = fixWith('suggested', 'Remove it', dropCommand(model, command));
    yield { message: 'This is by its name a cryptocurrency miner or its pool', range: word.range, fixes };
  }
}
