import path from 'node:path';
import { MAX_PEM_BYTES, MAX_TRUST_ROOT_BYTES } from '../foundation/base/limits.ts';
import { readSmallTextFile } from '../foundation/io/text-file.ts';
import type { Problem } from '../foundation/model/problem.ts';
import { parseCertificates } from '../gate/signatures/certificate.ts';
import { parsePublicKey } from '../gate/signatures/keys.ts';
import type { TrustedCertificate, TrustedIdentity, TrustedKey, TrustRule } from '../gate/signatures/trust.ts';
import { parseJson } from '../registry/json.ts';
import type { Configuration } from './configuration.ts';
import type { CertificateText, IdentityText, KeyText, SourceText, TrustRuleText } from './configuration-trust.ts';

/**
 * Returns the rules of a configuration with their keys, certificates and trust roots, which lie beside it. What cannot be read is trusted with nothing, and is a problem of its rule. Undefined when the
 * configuration says nothing of whom to trust.
 */
export async function loadTrust({ trust, file }: Pick<Configuration, 'trust' | 'file'>): Promise<readonly TrustRule[] | undefined> {
  if (trust === undefined) return undefined;
  const folder = path.dirname(path.resolve(file ?? ''));
  const mistake = `something in 'trust' of ${file ?? 'the configuration'} is wrong, and may be what must not be trusted: correct it first`;
  return Promise.all(trust.rules.map(async (rule) => ({ ...(await loadRule(rule, folder)), ...(trust.isBroken ? { mistake } : {}) })));
}

/** Returns the rule that trusts one key, whatever the image; or why it cannot. */
export async function ruleOfKey(file: string): Promise<TrustRule | string> {
  const loader = new Loader(process.cwd());
  const key = await loader.key({ name: file, file });
  const [problem] = loader.problems;
  return key === undefined ? (problem?.message ?? '') : { match: ['*'], keys: [key], identities: [], notation: [], revoked: [], problems: [] };
}

async function loadRule({ match, requireFor, keys, identities, notation, revoked }: TrustRuleText, folder: string): Promise<TrustRule> {
  const loader = new Loader(folder);
  const loaded = {
    keys: await loadAll(keys, (key) => loader.key(key)),
    identities: await loadAll(identities, (identity) => loader.identity(identity)),
    notation: await loadAll(notation, (certificate) => loader.certificate(certificate)),
  };
  return { match, ...(requireFor === undefined ? {} : { requireFor }), ...loaded, revoked, problems: loader.problems };
}

async function loadAll<T, U>(entries: readonly T[], load: (entry: T) => Promise<U | undefined>): Promise<readonly U[]> {
  const loaded: U[] = [];
  for (const entry of entries) {
    const one = await load(entry);
    if (one !== undefined) loaded.push(one);
  }
  return loaded;
}

class Loader {
  readonly problems: Problem[] = [];
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async key({ name, file, pem, trustRoot, ...window }: KeyText): Promise<TrustedKey | undefined> {
    const what = `the key ${name}`;
    const text = await this.#text(what, { file, pem });
    const root = trustRoot === undefined ? '' : await this.#trustRoot(trustRoot);
    if (text === undefined || root === undefined) return undefined;
    const publicKey = parsePublicKey(text);
    if (typeof publicKey === 'string') {
      this.#note(`${what}${file === undefined ? '' : ` (${file})`} cannot be used: ${publicKey}`);
      return undefined;
    }
    return { name, publicKey, ...(trustRoot === undefined ? {} : { trustRoot: root }), ...window };
  }

  async identity({ trustRoot, ...identity }: IdentityText): Promise<TrustedIdentity | undefined> {
    const root = await this.#trustRoot(trustRoot);
    return root === undefined ? undefined : { ...identity, trustRoot: root };
  }

  async certificate({ name, file, pem, ...rest }: CertificateText): Promise<TrustedCertificate | undefined> {
    const what = `the certificate ${name}`;
    const text = await this.#text(what, { file, pem });
    if (text === undefined) return undefined;
    const certificates = parseCertificates(text);
    if (certificates !== undefined) return { name, certificates, ...rest };
    this.#note(`${what}${file === undefined ? '' : ` (${file})`} cannot be used: it is no certificate in PEM (-----BEGIN CERTIFICATE-----)`);
    return undefined;
  }

  async #trustRoot(file: string): Promise<string | undefined> {
    const text = await this.#read('the trust root', file, MAX_TRUST_ROOT_BYTES);
    if (text === undefined || parseJson(text) !== undefined) return text;
    this.#note(`the trust root ${file} cannot be used: it is no JSON`);
    return undefined;
  }

  async #text(what: string, { file, pem }: { readonly [Part in 'file' | 'pem']: SourceText[Part] | undefined }): Promise<string | undefined> {
    return pem ?? this.#read(what, file ?? '', MAX_PEM_BYTES);
  }

  async #read(what: string, file: string, maxBytes: number): Promise<string | undefined> {
    const text = await readSmallTextFile(path.resolve(this.#folder, file), maxBytes, { strict: true });
    if (text.value === undefined) this.#note(`${what.endsWith(file) ? what : `${what} (${file})`} cannot be read: ${text.reason}`);
    return text.value;
  }

  #note(message: string): void {
    this.problems.push({ code: 'configuration', message });
  }
}
