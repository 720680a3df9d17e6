import { nearestOf } from '../dockerfile/lint/queries/nearest.ts';
import type { RequiredFor, TrustWindow } from '../gate/signatures/trust.ts';
import { parseSubject, toSerial } from '../gate/signatures/written-names.ts';
import { isDay } from './configuration-ignore.ts';
import type { Span, YamlEntry, YamlValue } from './configuration-yaml.ts';

export const TRUST_KEY = 'trust';

export const trustDescription =
  'Whose signatures of images are believed, by registry. The first rule that an image matches counts. `plimsoll verify` judges by it, and `plimsoll policy check` where a signature is required.';

export const requirements = ['base', 'push', 'both'] as const satisfies readonly RequiredFor[];

type Kind = 'texts' | 'text' | 'day' | 'requirement' | 'revoked' | 'subject' | 'entries';

export interface TrustKey {
  readonly name: string;
  readonly kind: Kind;
  readonly description: string;
  readonly isRequired?: true;
  readonly examples?: readonly string[];
  /** Of entries: what each may say. */
  readonly keys?: readonly TrustKey[];
}

const windowKeys: readonly TrustKey[] = [
  { name: 'notBefore', kind: 'day', description: 'The first day that it is trusted, as YYYY-MM-DD. What was signed before is not.' },
  {
    name: 'notAfter',
    kind: 'day',
    description: 'The last day that it is trusted, as YYYY-MM-DD. What was signed later, or nobody knows when, is not.',
  },
];

const sourceKeys = (what: string, example: string): readonly TrustKey[] => [
  { name: 'file', kind: 'text', description: `The file with ${what}, from the folder of this file.`, examples: [example] },
  { name: 'pem', kind: 'text', description: `In place of \`file\`: ${what} itself.` },
];

const trustRoot: TrustKey = {
  name: 'trustRoot',
  kind: 'text',
  description: 'The file with the trust root (trusted_root.json) of whoever runs Fulcio and Rekor, from the folder of this file. It is not fetched.',
  examples: ['trusted_root.json'],
};

const name: TrustKey = { name: 'name', kind: 'text', description: 'What it is called in answers.', isRequired: true, examples: ['release-2026'] };

/** What a rule of `trust` may say. */
export const trustKeys: readonly TrustKey[] = [
  {
    name: 'match',
    kind: 'texts',
    description: 'Whose images it is about, written as in `trustedRegistries`: a registry, a part of one, `*.example.com`, or `*` for all.',
    isRequired: true,
    examples: ['registry.example.com/team', 'ghcr.io/acme', '*'],
  },
  {
    name: 'requireFor',
    kind: 'requirement',
    description:
      'Where a valid signature is required: of `base` images that come from there, of images that are pushed there (`push`), or of `both`.',
  },
  {
    name: 'keys',
    kind: 'entries',
    description: 'Public keys of cosign and sigstore that are trusted.',
    keys: [name, ...sourceKeys('the public key (PEM)', 'keys/release.pub'), trustRoot, ...windowKeys],
  },
  {
    name: 'identities',
    kind: 'entries',
    description: 'Who is trusted to sign without a key, with a certificate of Fulcio: the identity, and who vouches for it.',
    keys: [
      {
        name: 'issuer',
        kind: 'text',
        description: 'Who vouches for the identity, letter by letter.',
        isRequired: true,
        examples: ['https://token.actions.githubusercontent.com'],
      },
      {
        name: 'subject',
        kind: 'text',
        description: 'The identity: a mail address or an address of a workflow. `*` stands for anything but a slash, `**` for anything.',
        isRequired: true,
        examples: ['https://github.com/acme/app/.github/workflows/release.yml@refs/tags/*'],
      },
      { ...trustRoot, isRequired: true },
      ...windowKeys,
    ],
  },
  {
    name: 'notation',
    kind: 'entries',
    description: 'Certificates that the chains of Notation signatures must lead to.',
    keys: [
      name,
      ...sourceKeys('the certificate (PEM)', 'acme-root.pem'),
      {
        name: 'subject',
        kind: 'subject',
        description: "What the signer's own certificate must say besides: `C=DE, O=Acme`.",
        examples: ['C=DE, O=Acme'],
      },
      ...windowKeys,
    ],
  },
  {
    name: 'revoked',
    kind: 'revoked',
    description:
      'What is trusted no longer: `sha256:…` of a key, a certificate, an image or the manifest of a signature, `serial:…` of a certificate. Signatures made before count no more either.',
    examples: ['sha256:0000000000000000000000000000000000000000000000000000000000000000', 'serial:0a1b2c'],
  },
];

/** Returns what may stand at a place of `trust`: in a rule (no path), or in the entries of one of its lists ('keys'). */
export function trustKeysAt(path: readonly string[]): readonly TrustKey[] {
  return path.reduce((keys: readonly TrustKey[], step) => keys.find((key) => key.name === step)?.keys ?? [], trustKeys);
}

/** A key or certificate as it stands in the text: files are not read yet. */
export interface SourceText extends TrustWindow {
  readonly name: string;
  readonly file?: string;
  readonly pem?: string;
}

export interface KeyText extends SourceText {
  readonly trustRoot?: string;
}

export interface IdentityText extends TrustWindow {
  readonly issuer: string;
  readonly subject: string;
  readonly trustRoot: string;
}

export interface CertificateText extends SourceText {
  readonly subject?: string;
}

export interface TrustRuleText {
  readonly match: readonly string[];
  readonly requireFor?: RequiredFor;
  readonly keys: readonly KeyText[];
  readonly identities: readonly IdentityText[];
  readonly notation: readonly CertificateText[];
  readonly revoked: readonly string[];
}

export interface TrustText {
  readonly rules: readonly TrustRuleText[];
  /** True when anything in it is wrong: what was left out may be what nobody must trust. */
  readonly isBroken: boolean;
}

type Report = (message: string, value: { readonly span: Span }) => void;

/** Returns the rules behind `trust`; undefined when there is nothing. Whatever is wrong is reported and left out. */
export function readTrust(value: YamlValue, report: Report): TrustText | undefined {
  if (value.kind === 'scalar' && value.value === null) return undefined;
  let isBroken = value.kind === 'unreadable';
  const reader = new TrustReader((message, at) => {
    isBroken = true;
    report(message, at);
  });
  const rules = reader.readEntries(value, trustKeys, TRUST_KEY);
  return { rules: rules.map(toRule), isBroken };
}

/** A rule in which nothing stands behind a list has none. */
function toRule(rule: Fields): TrustRuleText {
  const { match = [], requireFor, keys = [], identities = [], notation = [], revoked = [] } = rule as Partial<TrustRuleText>;
  return { match, ...(requireFor === undefined ? {} : { requireFor }), keys, identities, notation, revoked };
}

type Fields = Readonly<Record<string, unknown>>;

class TrustReader {
  readonly #report: Report;

  constructor(report: Report) {
    this.#report = report;
  }

  readEntries(value: YamlValue, keys: readonly TrustKey[], place: string): readonly Fields[] {
    if (value.kind !== 'list') {
      this.#report(`'${place}' is a list of entries with ${listOf(keys)}`, value);
      return [];
    }
    const read = value.items.map((item, index) => this.#readEntry(item, keys, `${place}[${index}]`));
    return read.filter((entry) => entry !== undefined);
  }

  /** Undefined when anything is wrong with it: a day that cannot be read must not make it count for ever. */
  #readEntry(item: YamlValue, keys: readonly TrustKey[], place: string): Fields | undefined {
    if (item.kind !== 'map') {
      this.#report(`${place}: an entry is a map with ${listOf(keys)}`, item);
      return undefined;
    }
    const read = new Map(item.entries.map((entry) => [entry.key, this.#readValue(entry, keys, place)]));
    const missing = keys.filter(({ name: wanted, isRequired }) => isRequired === true && !read.has(wanted));
    for (const { name: wanted } of missing) this.#report(`${place}: '${wanted}' is missing`, item);
    const isSourced = !keys.some(({ name: known }) => known === 'pem') || read.has('file') !== read.has('pem');
    if (!isSourced) this.#report(`${place}: give either 'file' or 'pem'`, item);
    return isSourced && missing.length === 0 && !Array.from(read.values()).includes(undefined) ? Object.fromEntries(read) : undefined;
  }

  /** Undefined when it is wrong, and reported. */
  #readValue({ key, keySpan, value }: YamlEntry, keys: readonly TrustKey[], place: string): unknown {
    const known = keys.find((one) => one.name === key);
    const here = `${place}.${key.slice(0, 60)}`;
    if (known === undefined) {
      const nearest = nearestOf(
        key,
        keys.map((one) => one.name),
      );
      this.#report(
        `${place}: unknown key '${key.slice(0, 60)}'${nearest === undefined ? `; there are ${listOf(keys)}` : `; did you mean '${nearest}'?`}`,
        {
          span: keySpan,
        },
      );
      return undefined;
    }
    switch (known.kind) {
      case 'entries':
        return this.readEntries(value, known.keys ?? [], here);
      case 'texts':
      case 'revoked':
        return this.#readList(value, known.kind, here);
      case 'text':
      case 'day':
      case 'requirement':
      case 'subject':
        return this.#readScalar(value, known.kind, here);
    }
  }

  #readList(value: YamlValue, kind: 'texts' | 'revoked', place: string): readonly string[] | undefined {
    if (value.kind !== 'list') {
      this.#report(`'${place}' is a list`, value);
      return undefined;
    }
    if (kind === 'texts' && value.items.length === 0) this.#report(`${place}: name at least one`, value);
    const texts = value.items.map((item) => this.#readScalar(item, kind === 'texts' ? 'text' : kind, place));
    return texts.includes(undefined) || (kind === 'texts' && texts.length === 0) ? undefined : texts.flatMap((text) => text ?? []);
  }

  #readScalar(value: YamlValue, kind: Exclude<Kind, 'texts' | 'entries'>, place: string): string | undefined {
    const text = value.kind === 'scalar' && typeof value.value === 'string' ? value.value.trim() : '';
    const wrong = whyWrong(text, kind);
    if (wrong === undefined) return kind === 'revoked' ? toRevoked(text) : text;
    this.#report(`${place}: ${wrong}`, value);
    return undefined;
  }
}

function whyWrong(text: string, kind: Exclude<Kind, 'texts' | 'entries'>): string | undefined {
  switch (kind) {
    case 'text':
      return text === '' ? 'a text' : undefined;
    case 'day':
      return isDay(text) ? undefined : 'a day as YYYY-MM-DD';
    case 'requirement':
      return (requirements as readonly string[]).includes(text) ? undefined : `one of ${requirements.join(', ')}`;
    case 'subject':
      return parseSubject(text) === undefined ? "parts of a subject, such as 'C=DE, O=Acme'" : undefined;
    case 'revoked':
      return REVOKED.test(text) ? undefined : "an entry is 'sha256:' with 64 hexadecimal digits, or 'serial:' with those of a certificate";
  }
}

/** What a text of `revoked` looks like. */
export const REVOKED = /^(?:sha256:[0-9a-fA-F]{64}|sha512:[0-9a-fA-F]{128}|serial:[0-9a-fA-F:]{1,128})$/;

function toRevoked(text: string): string {
  return text.startsWith('serial:') ? `serial:${toSerial(text.slice('serial:'.length))}` : text.toLowerCase();
}

function listOf(keys: readonly TrustKey[]): string {
  return keys.map(({ name: known }) => known).join(', ');
}
