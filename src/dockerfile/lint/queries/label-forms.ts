/** What the value of a label has to look like. */
export interface LabelForm {
  /** For a message: "a URL". */
  readonly what: string;
  accepts(value: string): boolean;
}

function matching(what: string, pattern: RegExp): LabelForm {
  return { what, accepts: (value) => pattern.test(value) };
}

const url = matching('a URL', /^(?:(?:https?|git|ssh|git\+ssh|git\+https|ftp):\/\/\S+|git@[\w.-]+:\S+)$/i);
const time = matching('a time such as 2025-05-01T10:00:00Z', /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/);
const digest = matching('a digest such as sha256:…', /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/);
const revision = matching("the commit's hash", /^(?:[0-9a-f]{7,64}|r?\d{1,9})(?:-dirty)?$/i);
const version = matching('a version such as 1.2.3', /^[vV]?\d/);
const email = matching('an e-mail address', /^[^\s@<>]+@[^\s@<>]+$/);
const licence: LabelForm = { what: 'an SPDX expression such as MIT or Apache-2.0', accepts: isLicenceExpression };

const OCI = 'org.opencontainers.image.';
const SCHEMA = 'org.label-schema.';
const FORMS: ReadonlyMap<string, LabelForm> = new Map([
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

/** Returns the form that the OCI and label-schema conventions ask of a label. */
export function formOf(key: string): LabelForm | undefined {
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

/** Names as in hadolint's label schema. `text`: any. */
const TYPES: ReadonlyMap<string, LabelForm> = new Map([
  ['url', url],
  ['rfc3339', time],
  ['spdx', licence],
  ['hash', revision],
  ['semver', matching('a semantic version such as 1.2.3', /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/)],
  ['email', email],
  ['text', { what: 'text', accepts: () => true }],
]);

/** Returns the forms that the policy gives to labels: `contact=email`. An entry without a form, or with an unknown one, gives none. */
export function readSchema(entries: readonly string[]): ReadonlyMap<string, LabelForm> {
  return new Map(
    entries.flatMap((entry): readonly (readonly [string, LabelForm])[] => {
      const form = TYPES.get(entry.split('=')[1]?.trim().toLowerCase() ?? '');
      return form === undefined ? [] : [[labelName(entry), form]];
    }),
  );
}

/** Returns the label that an entry of the policy names. */
export function labelName(entry: string): string {
  return entry.split('=', 1)[0]?.trim() ?? '';
}
