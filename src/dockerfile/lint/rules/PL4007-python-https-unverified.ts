import { fixWith } from '../queries/edits.ts';
import { removeSetting, settingsNamed } from '../queries/settings.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL4007',
  slug: 'python-https-unverified',
  title: 'Python does not check certificates',
  severity: 'high',
  aliases: ['CKV2_DOCKER_5'],
  fixable: 'safe',
  docs: {
    reports: 'PYTHONHTTPSVERIFY set to 0, by ENV or ARG, in a RUN, or in front of a command.',
    why: "Whoever answers in the server's place hands out what Python downloads, and is given the tokens it sends; as an ENV this holds for the running application too.",
    fix: 'Remove it. For a private CA set SSL_CERT_FILE or REQUESTS_CA_BUNDLE to its certificate.',
    bad: [
      'FROM python:3.13\nENV PYTHONHTTPSVERIFY=0\n',
      'FROM python:3.13\nRUN PYTHONHTTPSVERIFY=0 python setup.py install\n',
      'FROM python:3.13\nRUN export PYTHONHTTPSVERIFY="0" && python a.py\n',
    ],
    good: ['FROM python:3.13\nENV PYTHONHTTPSVERIFY=1\n', 'FROM python:3.13\nENV SSL_CERT_FILE=/ca.pem\nRUN echo PYTHONHTTPSVERIFY=0\n'],
    references: ['https://peps.python.org/pep-0493/'],
  },
  *check(model) {
    for (const setting of settingsNamed(model, 'PYTHONHTTPSVERIFY')) {
      if (setting.value !== '0') continue;
      yield {
        message: 'Python accepts any certificate with PYTHONHTTPSVERIFY=0',
        range: setting.range,
        fixes: fixWith('safe', 'Remove PYTHONHTTPSVERIFY', removeSetting(model, setting)),
      };
    }
  },
};
