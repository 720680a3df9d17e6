import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8037',
  slug: 'heredoc-not-closed',
  title: 'Here-document not closed',
  severity: 'low',
  aliases: [],
  appliesToHistory: false,
  docs: {
    reports: 'A here-document whose closing name does not stand alone on a line.',
    why: 'Everything up to the end of the file belongs to it: the instructions that follow are not run, or the build fails.',
    fix: 'Put the name, without blanks around it, on a line of its own behind the text; indent it by tabs only, and only with `<<-`.',
    bad: ['FROM alpine:3.20\nRUN <<EOF\necho a\n  EOF\nCMD ["a"]\n', 'FROM alpine:3.20\nCOPY <<"A" /a\ntext\n'],
    good: ['FROM alpine:3.20\nRUN <<EOF\necho a\nEOF\nCOPY <<-A /a\n\ttext\n\tA\n'],
    references: ['https://docs.docker.com/reference/dockerfile/#here-documents'],
  },
  *check(model) {
    for (const { heredocs } of model.instructions) {
      for (const { terminated, name, range } of heredocs) {
        if (!terminated) yield { message: `No line closes this here-document: ${name} has to stand alone on one`, range };
      }
    }
  },
};
