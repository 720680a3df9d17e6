import { MAX_FINDINGS_PER_FILE } from '../../../foundation/base/limits.ts';
import { configTexts, historyIndexOf } from '../config-texts.ts';
import type { Detector, DetectorHit } from '../detector.ts';
import { findTokens, type FoundToken } from '../find-tokens.ts';
import { isPublishedMaterial, mayHoldText } from '../readable-files.ts';
import { redactSecret } from '../redact.ts';
import { remedyForSecretFile, remedyForSecretInConfig } from '../secret-remedy.ts';
import { isBinary, lineAt } from '../text-bytes.ts';

/** Access tokens of clouds, forges and package registries, in files, environment, labels and build commands. */
export const detector: Detector = {
  id: 'tokens',
  version: 1,
  scope: 'every-layer',
  wantsContent(entry) {
    return mayHoldText(entry) && !isPublishedMaterial(entry.path);
  },
  *inspectContent(entry, bytes) {
    if (isBinary(bytes)) return;
    for (const token of findTokens(bytes)) {
      yield { ...toHit(token), line: lineAt(bytes, token.offset), remediation: remedyForSecretFile(entry.path, `revoke it ${token.kind.revoke}`) };
    }
  },
  *inspectConfig(config) {
    // ENV, its history entry and the layer's command repeat one another: one secret is one finding.
    const seen = new Set<string>();
    for (const { place, text, historyIndex } of configTexts(config)) {
      if (seen.size >= MAX_FINDINGS_PER_FILE) return;
      for (const token of findTokens(Buffer.from(text))) {
        if (seen.has(token.secret)) continue;
        seen.add(token.secret);
        const index = historyIndex ?? historyIndexOf(config, token.secret);
        const hit = toHit(token);
        yield {
          ...hit,
          title: `${hit.title} in ${place}`,
          remediation: remedyForSecretInConfig(`revoke it ${token.kind.revoke}`),
          ...(index === undefined ? {} : { historyIndex: index }),
        };
      }
    }
  },
};

function toHit({ kind, secret, checksumFits }: FoundToken): DetectorHit {
  const shown = `${kind.name} ${redactSecret(secret)}`;
  return {
    id: `secret:${kind.id}`,
    category: 'sensitive-file',
    severity: checksumFits ? kind.severity : 'low',
    title: checksumFits ? shown : `${shown} whose checksum does not fit`,
    description: checksumFits
      ? `Whoever can pull the image can read this ${kind.name} and use it.`
      : `It has the form of a ${kind.name}, but its check characters are wrong: a placeholder, or a token with a typing error.`,
    references: [kind.reference],
  };
}
