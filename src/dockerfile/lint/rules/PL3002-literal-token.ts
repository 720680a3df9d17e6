import { fixWith, replaceRange } from '../queries/edits.ts';
import { rangeIn, recordedTexts } from '../queries/secret-texts.ts';
import { findTokens } from '../queries/tokens.ts';
import type { Rule } from '../rule.ts';

// Put together here, so that no scanner takes this file for a leak.
const awsKey = 'AKIA' + 'Z7Q3M5K2X9W4B8D6';
const githubToken = 'ghp_' + '0123456789abcdefghijABCDEFGHIJ012345';

export const rule: Rule = {
  id: 'PL3002',
  slug: 'literal-token',
  title: 'Token or private key in the Dockerfile',
  severity: 'critical',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      "A token that its form gives away (AWS, GitHub, GitLab, Slack, npm, PyPI, Stripe, Google and others) or the head of a private key, in any instruction or here-document. The examples of the issuers' manuals and placeholders are not reported.",
    why: "Whoever reads the file, its repository or the image's history has the key, and automatic harvesters find published ones within minutes.",
    fix: 'Revoke the token now, then give its successor with `RUN --mount=type=secret,…`.',
    bad: [
      `FROM alpine:3.20\nENV ID=${awsKey}\n`,
      `FROM alpine:3.20\nRUN curl -H "Authorization: Bearer ${githubToken}" https://api.example.com\n`,
      'FROM alpine:3.20\nCOPY <<EOF /key\n-----BEGIN RSA PRIVATE KEY-----\nMIIB\nEOF\n',
    ],
    good: [
      `FROM alpine:3.20\n# ${awsKey} was revoked\nENV ID=AKIAIOSFODNN7EXAMPLE\n`,
      'FROM alpine:3.20\nRUN --mount=type=secret,id=gh curl -H "Authorization: Bearer $(cat /run/secrets/gh)" https://api.example.com\n',
      'FROM alpine:3.20\nENV T=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n',
    ],
    references: [
      'https://docs.docker.com/build/building/secrets/',
      'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github',
    ],
  },
  *check(model) {
    for (const { source } of recordedTexts(model)) {
      for (const { name, start, end } of findTokens(source.text)) {
        const range = rangeIn(model, source, start, end);
        const edits = name === 'private key' ? undefined : [replaceRange(range, '<revoked>')];
        yield {
          message: `${name} in the file: revoke it, and give its successor as a build secret`,
          range,
          fixes: fixWith('suggested', 'Take it out of the file', edits),
        };
      }
    }
  },
};
