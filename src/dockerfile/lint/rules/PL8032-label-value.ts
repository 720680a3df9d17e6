import { labelsOf } from '../queries/labels.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8032',
  slug: 'label-value',
  title: 'Label value in the wrong form',
  severity: 'negligible',
  aliases: ['DL3052', 'DL3053', 'DL3054', 'DL3055', 'DL3056', 'DL3058'],
  appliesToHistory: false,
  docs: {
    reports:
      'Labels of the OCI and label-schema conventions whose value has not the form that they ask for: URLs, times (RFC 3339), licences (SPDX), the revision, the version, digests; and labels named email. Values from variables without a known value are not looked at.',
    why: 'Tools that follow an image back to its source cannot read the label, so nobody notices when the trace breaks off.',
    fix: 'Write the value in the form of the convention.',
    bad: [
      'FROM alpine:3.20\nLABEL org.opencontainers.image.source=github.com/a/b\n',
      'FROM alpine:3.20\nLABEL org.opencontainers.image.created="1 May 2025"\n',
      'FROM alpine:3.20\nLABEL org.opencontainers.image.licenses="Apache License 2.0"\n',
      'FROM alpine:3.20\nLABEL org.opencontainers.image.revision=main org.opencontainers.image.version=latest\n',
      'FROM alpine:3.20\nLABEL com.example.email="see the wiki"\n',
    ],
    good: [
      'FROM alpine:3.20\nLABEL org.opencontainers.image.source=https://github.com/a/b org.opencontainers.image.created=2025-05-01T10:00:00Z\n',
      'FROM alpine:3.20\nLABEL org.opencontainers.image.licenses="(MIT OR Apache-2.0) AND GPL-2.0-only WITH Classpath-exception-2.0"\n',
      'FROM alpine:3.20\nARG V\nLABEL org.opencontainers.image.version=$V org.opencontainers.image.revision=0123456789abcdef0123456789abcdef01234567\n',
    ],
    references: [
      'https://github.com/opencontainers/image-spec/blob/main/annotations.md',
      'https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/',
    ],
  },
  *check(model) {
    for (const { key, value, valueRange } of labelsOf(model)) {
      const form = formOf(key);
      if (form === undefined || value === undefined || value === '' || form.accepts(value)) continue;
      yield { message: `${key} should be ${form.what}`, range: valueRange };
    }
  },
};

interface Form {
  readonly what: string;
  accepts(value: string): boolean;
}

function matching(what: string, pattern: RegExp): Form {
  return { what, accepts: (value) => pattern.test(value) };
}

const url = matching('a URL', /^(?:(?:https?|git|ssh|git\+ssh|git\+https|ftp):\/\/\S+|git@[\w.-]+:\S+)$/i);
const time = matching('a time such as 2025-05-01T10:00:00Z', /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/);
const digest = matching('a digest such as sha256:…', /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/);
const revision = matching("the commit's hash", /^(?:[0-9a-f]{7,64}|r?\d{1,9})(?:-dirty)?$/i);
const version = matching('a version such as 1.2.3', /^[vV]?\d/);
const email = matching('an e-mail address', /^[^\s@<>]+@[^\s@<>]+$/);
const licence: Form = { what: 'an SPDX expression such as MIT or Apache-2.0', accepts: isLicenceExpression };

const OCI = 'org.opencontainers.image.';
const SCHEMA = 'org.label-schema.';
const FORMS: ReadonlyMap<string, Form> = new Map([
  [`${OCI}url`, url],
  [`${OCI}source`, url],
  [`${OCI}documentation`, url],
  [`${OCI}created`, time],
  [`${OCI}revision`, revision],
  [`${OCI}version`, version],
  [`${OCI}licenses`, licence],
  [`${OCI}base.digest`, digest],
  [`${SCHEMA}url`, url],
  [`${SCHEMA}vcs-url`, url],
  [`${SCHEMA}build-date`, time],
  [`${SCHEMA}vcs-ref`, revision],
]);

function formOf(key: string): Form | undefined {
  return FORMS.get(key) ?? (/(?:^|\.)e-?mail$/.test(key) ? email : undefined);
}

/** Names that people write for licences, and that SPDX does not know. */
const NOT_SPDX = /^(?:apache-?2?|bsd|gpl(?:-?v?\d(?:\.\d)?)?|lgpl(?:-?v?\d(?:\.\d)?)?|agpl(?:-?v?\d)?|mpl-?v?2?|cc|creative-?commons)$/i;

/** Reads licences joined by AND, OR, WITH and parentheses. The list of licences itself is too long and too often extended to be held here. */
function isLicenceExpression(value: string): boolean {
  const tokens = value.match(/[()]|[^\s()]+/g) ?? [];
  let depth = 0;
  let wantsLicence = true;
  for (const token of tokens) {
    if (token === '(') {
      if (!wantsLicence) return false;
      depth++;
    } else if (token === ')') {
      if (wantsLicence || depth-- === 0) return false;
    } else if (/^(?:AND|OR|WITH)$/i.test(token)) {
      if (wantsLicence) return false;
      wantsLicence = true;
    } else {
      if (!wantsLicence || !/^[A-Za-z0-9][A-Za-z0-9.:+-]*$/.test(token) || NOT_SPDX.test(token)) return false;
      wantsLicence = false;
    }
  }
  return depth === 0 && !wantsLicence;
}
