import { isPlaceholder } from './secret-names.ts';

/** One kind of secret that its own form gives away. Formats are facts that the issuers publish. */
interface TokenKind {
  readonly name: string;
  /** Global; every repetition bounded. */
  readonly pattern: RegExp;
}

const tokenKinds: readonly TokenKind[] = [
  { name: 'AWS access key id', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { name: 'GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{40,255})\b/g },
  { name: 'GitLab token', pattern: /\bgl(?:pat|dt|rt|ptt|cbt|agent)-[A-Za-z0-9_-]{20,300}/g },
  { name: 'Slack token', pattern: /\bxox[abeoprs]-[0-9A-Za-z-]{10,250}/g },
  { name: 'Slack webhook', pattern: /\bhooks\.slack\.com\/services\/T[A-Z0-9]{6,12}\/B[A-Z0-9]{6,12}\/[A-Za-z0-9]{20,30}/g },
  { name: 'npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { name: 'PyPI token', pattern: /\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,300}/g },
  { name: 'Stripe key', pattern: /\b(?:sk|rk)_live_[A-Za-z0-9]{16,247}\b/g },
  { name: 'Google API key', pattern: /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g },
  { name: 'SendGrid key', pattern: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g },
  { name: 'Docker token', pattern: /\bdckr_pat_[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-])/g },
  { name: 'Hugging Face token', pattern: /\bhf_[A-Za-z0-9]{34,40}\b/g },
  { name: 'OpenAI key', pattern: /\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{20,74}T3BlbkFJ[A-Za-z0-9_-]{20,74}/g },
  { name: 'Anthropic key', pattern: /\bsk-ant-[a-z0-9]{3,8}-[A-Za-z0-9_-]{80,120}/g },
  { name: 'DigitalOcean token', pattern: /\bdo[opr]_v1_[a-f0-9]{64}\b/g },
  { name: 'Terraform Cloud token', pattern: /\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}/g },
  { name: 'Vault token', pattern: /\bhv[sbr]\.[A-Za-z0-9_-]{24,300}/g },
  { name: 'private key', pattern: /-----BEGIN (?:(?:RSA|EC|DSA|OPENSSH|ENCRYPTED|PGP) )?PRIVATE KEY(?: BLOCK)?-----/g },
];

/** Each pattern's matches hold one of these: most texts hold none, and are done with. */
const ANCHORS =
  /AKIA|ASIA|gh[pousr]_|github_pat_|gl(?:pat|dt|rt|ptt|cbt|agent)-|xox[abeoprs]-|hooks\.slack|npm_|pypi-|_live_|AIza|SG\.|dckr_pat_|hf_|sk-|_v1_|atlasv1|hv[sbr]\.|PRIVATE KEY/;

export interface FoundToken {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** A placeholder repeats a few characters: ghp_XXXX…, glpat-000…. */
const MIN_DISTINCT_CHARACTERS = 7;
/** No token is longer; bounds the work in a text of nothing but look-alikes. */
const MAX_TOKENS = 50;

/** Returns the tokens in `text`, in order, at most MAX_TOKENS. What the issuers' manuals print as examples is none. */
export function findTokens(text: string): readonly FoundToken[] {
  const found: FoundToken[] = [];
  if (!ANCHORS.test(text)) return found;
  for (const { name, pattern } of tokenKinds) {
    for (const match of text.matchAll(pattern)) {
      const token = match[0];
      const tail = token.slice(token.search(/[_.-]/) + 1);
      if (name !== 'private key' && (token.endsWith('EXAMPLE') || new Set(tail).size < MIN_DISTINCT_CHARACTERS || isPlaceholder(tail))) continue;
      found.push({ name, start: match.index, end: match.index + token.length });
      if (found.length >= MAX_TOKENS) break;
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

export interface FoundCredentials {
  readonly user: string;
  /** Of `user:password`, in front of the @. */
  readonly start: number;
  readonly end: number;
}

const URL_CREDENTIALS = /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^\s/:@"'`<>]{0,200}):([^\s/@"'`]{1,1000})@(?=[^\s"'])/gi;

/** Returns literal credentials inside URLs; a password that a variable or placeholder stands for is none. */
export function findUrlCredentials(text: string): readonly FoundCredentials[] {
  const found: FoundCredentials[] = [];
  if (!text.includes('://')) return found;
  for (const match of text.matchAll(URL_CREDENTIALS)) {
    const [whole, user = '', password = ''] = match;
    if (/^[$%<{]/.test(password) || password.includes('${') || isPlaceholder(password)) continue;
    const end = match.index + whole.length - 1;
    found.push({ user, start: end - user.length - password.length - 1, end });
    if (found.length >= MAX_TOKENS) break;
  }
  return found;
}
