import { fixWith, replaceRange } from '../queries/edits.ts';
import { rangeIn, recordedTexts } from '../queries/secret-texts.ts';
import { findUrlCredentials } from '../queries/tokens.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL3003',
  slug: 'credentials-in-url',
  title: 'Credentials inside a URL',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  givesWayTo: ['PL3002'],
  docs: {
    reports: '`scheme://user:password@host` with a literal password in any instruction. A password from a variable or a placeholder is not reported.',
    why: "The password stands in the image's history for everybody who can pull it; git and pip also write such URLs into files of the layer.",
    fix: "Take the credentials out and give them as a build secret: a git credential helper, a netrc file or pip's keyring from `--mount=type=secret`.",
    bad: [
      'FROM alpine:3.20\nRUN git clone https://bob:hunter2@example.com/a.git\n',
      'FROM alpine:3.20\nADD https://bob:hunter2@example.com/a.tar /\n',
      'FROM python:3.13\nENV DATABASE_URL=postgres://app:hunter2@db/app\n',
    ],
    good: [
      'FROM alpine:3.20\nRUN git clone https://example.com/a.git && git clone ssh://git@example.com/b.git\n',
      'FROM alpine:3.20\nARG U\nRUN curl https://bob:$U@example.com/a && curl https://example.com:8443/@scope/a\n',
    ],
    references: ['https://docs.docker.com/build/building/secrets/', 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1'],
  },
  *check(model) {
    for (const { source } of recordedTexts(model)) {
      for (const { user, start, end } of findUrlCredentials(source.text)) {
        const edits = [replaceRange(rangeIn(model, source, start, end + 1), '')];
        yield {
          message: `The password of ${user === '' ? 'this URL' : user} stays in the image's history`,
          range: rangeIn(model, source, start, end),
          fixes: fixWith('suggested', 'Take the credentials out of the URL', edits),
        };
      }
    }
  },
};
