import type { HistoryEntry, ImageConfig } from '../../foundation/model/image.ts';
import { findPrivateKeys } from './find-private-keys.ts';
import { findTokens } from './find-tokens.ts';
import { redactSecret } from './redact.ts';

/** `DB_PASSWORD=…`, `--password …`, `https://user:…@host`: secrets that only the name or the place before them tells. Group 1 is kept, group 2 is the secret. */
const namedSecrets: readonly RegExp[] = [
  /(\b[A-Za-z0-9_]{0,60}(?:SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|PRIVATE_?KEY|API_?KEY|ACCESS_?KEY|CREDENTIALS?)(?:_VALUE)?=["']?)((?![$"'<])[^\s"';|&]{4,4096})/gi,
  /((?:^|\s)--?(?:password|passwd|token|secret|api-?key)(?:=|\s{1,4})["']?)((?![$"'<-])[^\s"';|&]{4,4096})/gi,
  /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"']{0,200}:)((?![$])[^\s/@"']{3,1000})(?=@)/gi,
];

/** Returns `text` with every secret in it replaced by its first 3 characters and length: tokens, private keys, and what is assigned to a name such as DB_PASSWORD. */
export function redactSecrets(text: string): string {
  const bytes = Buffer.from(text);
  const spans = [
    ...findPrivateKeys(bytes).map(({ offset, length }) => ({ offset, length })),
    ...findTokens(bytes).map(({ offset, secret }) => ({ offset, length: secret.length })),
  ].toSorted((a, b) => a.offset - b.offset);
  let out = '';
  let at = 0;
  for (const { offset, length } of spans) {
    if (offset < at) continue;
    out += bytes.toString('utf8', at, offset) + redactSecret(bytes.toString('utf8', offset, offset + length));
    at = offset + length;
  }
  out += bytes.toString('utf8', at);
  return namedSecrets.reduce((redacted, pattern) => redacted.replaceAll(pattern, redactMatch), out);
}

function redactMatch(whole: string, before: string, secret: string): string {
  return secret.includes('… (') || /^…/.test(secret) || secret.endsWith('…') ? whole : before + redactSecret(secret);
}

/**
 * Returns the configuration as it may be stored and shown: environment, labels, commands and history without a whole secret. Detectors look at the configuration as it is; the report holds this one.
 */
export function redactConfig(config: ImageConfig): ImageConfig {
  return {
    ...config,
    env: config.env.map(redactSecrets),
    entrypoint: config.entrypoint.map(redactSecrets),
    cmd: config.cmd.map(redactSecrets),
    labels: Object.fromEntries(Object.entries(config.labels).map(([name, value]) => [name, redactSecrets(value)])),
    history: config.history.map(redactEntry),
  };
}

function redactEntry(entry: HistoryEntry): HistoryEntry {
  return {
    ...entry,
    ...(entry.createdBy === undefined ? {} : { createdBy: redactSecrets(entry.createdBy) }),
    ...(entry.comment === undefined ? {} : { comment: redactSecrets(entry.comment) }),
  };
}
