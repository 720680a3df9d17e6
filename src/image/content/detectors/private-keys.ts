import { MAX_FINDINGS_PER_FILE } from '../../../foundation/base/limits.ts';
import type { ImagePath } from '../../../foundation/model/brand.ts';
import { configTexts, historyIndexOf } from '../config-texts.ts';
import type { Detector, DetectorHit, FileEntry } from '../detector.ts';
import { findPrivateKeys, type FoundPrivateKey } from '../find-private-keys.ts';
import { isPublishedMaterial, mayHoldText } from '../readable-files.ts';
import { remedyForSecretFile, remedyForSecretInConfig } from '../secret-remedy.ts';
import { isBinary, lineAt } from '../text-bytes.ts';

/** Private keys in PEM, OpenSSH, PGP and PuTTY form. Public keys, certificates, and headers without a key behind them are none. */
export const detector: Detector = {
  id: 'private-keys',
  version: 1,
  scope: 'every-layer',
  wantsContent(entry) {
    return (mayHoldText(entry) || isKeyRing(entry)) && !isPublishedMaterial(entry.path);
  },
  *inspectContent(entry, bytes) {
    if (isBinary(bytes)) return;
    for (const key of findPrivateKeys(bytes)) {
      yield { ...toHit(key, entry.path), line: lineAt(bytes, key.offset), remediation: remedyForSecretFile(entry.path, replacementOf(entry.path)) };
    }
  },
  *inspectConfig(config) {
    const seen = new Set<string>();
    for (const { place, text, historyIndex } of configTexts(config)) {
      if (seen.size >= MAX_FINDINGS_PER_FILE) return;
      const bytes = Buffer.from(text);
      for (const key of findPrivateKeys(bytes)) {
        const body = bytes.toString('latin1', key.offset, key.offset + key.length);
        if (seen.has(body)) continue;
        seen.add(body);
        const index = historyIndex ?? historyIndexOf(config, body);
        const hit = toHit(key);
        yield {
          ...hit,
          title: `${hit.title} in ${place}`,
          remediation: remedyForSecretInConfig(replacementOf()),
          ...(index === undefined ? {} : { historyIndex: index }),
        };
      }
    }
  },
};

/** `gpg --export-secret-keys --armor` is text under an extension that usually means a binary. */
function isKeyRing(entry: FileEntry): boolean {
  return entry.type === 'file' && entry.path.endsWith('.gpg') && !entry.path.startsWith('usr/share/') && !entry.path.startsWith('etc/apt/');
}

function isHostKey(path: ImagePath | undefined): boolean {
  return path !== undefined && /(?:^|\/)ssh_host_[a-z0-9]{1,16}_key$/.test(path);
}

function toHit(key: FoundPrivateKey, path?: ImagePath): DetectorHit {
  const encrypted = key.encrypted === true;
  const hostKey = isHostKey(path);
  return {
    id: 'secret:private-key',
    category: 'sensitive-file',
    severity: encrypted ? 'medium' : 'high',
    title: `${encrypted ? 'Encrypted ' : ''}${key.kind} private key${hostKey ? ' of an SSH server' : ''}`,
    description: describe(key, hostKey),
    references: hostKey ? ['https://man.openbsd.org/sshd#FILES'] : ['https://cwe.mitre.org/data/definitions/321.html'],
  };
}

function describe(key: FoundPrivateKey, hostKey: boolean): string {
  if (hostKey) return 'Every container of this image is the same SSH server: whoever has the image can pose as any of them.';
  if (key.encrypted === true)
    return 'Whoever can pull the image has the key; what protects it is its passphrase, which can be guessed for as long as one likes.';
  if (key.encrypted === 'unknown') return 'Whoever can pull the image has the key. Whether a passphrase protects it does not show.';
  return 'Whoever can pull the image has the key and can pose as its owner, or read what was encrypted for it. No passphrase protects it.';
}

function replacementOf(path?: ImagePath): string {
  if (isHostKey(path))
    return 'delete the host keys in the instruction that installs the server, and make them when the container first starts (ssh-keygen -A)';
  return 'make a new key pair, and take the old public key or certificate out of everything that trusts it';
}
