import type { Remediation } from '../../../foundation/model/finding.ts';
import type { Detector, DetectorHit } from '../detector.ts';
import { toBuffer } from '../text-bytes.ts';

const accountFiles: readonly string[] = ['etc/passwd', 'etc/shadow'];

/** Accounts that need no password, or have one that every container shares. */
export const detector: Detector = {
  id: 'account-passwords',
  version: 1,
  scope: 'final-filesystem',
  wantsContent(entry) {
    return entry.type === 'file' && accountFiles.includes(entry.path);
  },
  inspectContent(_entry, bytes) {
    return inspectAccounts(toBuffer(bytes).toString('latin1'));
  },
};

/** The second field of passwd and shadow: `x`, `*`, `!` and `!…` are no password; empty is none needed; a hash is one that everybody with the image may guess at. */
function* inspectAccounts(text: string): Iterable<DetectorHit> {
  for (const [index, line] of text.split('\n').entries()) {
    const [name, password] = line.split(':', 3);
    if (name === undefined || password === undefined || name === '' || name.startsWith('#') || /^(?:x|[*!].*|NP|LK|\*LK\*)$/.test(password)) continue;
    const account = `account ${JSON.stringify(name.slice(0, 40))}`;
    yield password === ''
      ? {
          id: 'baseline:empty-password',
          category: 'baseline',
          severity: 'high',
          title: `No password needed for ${account}`,
          description: 'Whoever reaches a login, su or an SSH server in the container becomes this account.',
          references: ['https://man7.org/linux/man-pages/man5/shadow.5.html'],
          remediation: lockAccount(name),
          line: index + 1,
        }
      : {
          id: 'baseline:password-hash',
          category: 'baseline',
          severity: 'medium',
          title: `Fixed password for ${account}`,
          description: 'Every container has the same password, and whoever can pull the image can guess at its hash for as long as they like.',
          references: ['https://man7.org/linux/man-pages/man5/shadow.5.html'],
          remediation: lockAccount(name),
          line: index + 1,
        };
  }
}

function lockAccount(name: string): readonly Remediation[] {
  if (!/^[a-z_][a-z0-9_-]{0,31}$/.test(name)) return [{ kind: 'manual', text: 'Lock the account, or remove it.' }];
  return [{ kind: 'command', text: `passwd -l ${name}`, description: 'Lock the account’s password' }];
}
