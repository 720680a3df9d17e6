import type { Severity } from '../../../foundation/model/severity.ts';

/** One kind of token: where to look (plain strings, found fast) and what must stand there. Formats are facts published by the issuers, named in `reference`. */
export interface TokenKind {
  /** Behind `secret:` it is the finding's id. */
  readonly id: string;
  /** "GitHub personal access token": used in the middle of sentences. */
  readonly name: string;
  readonly severity: Severity;
  /** Each match of `pattern` begins with one of these. */
  readonly anchors: readonly string[];
  /** Sticky; tried where an anchor stands. Group 1 is the secret, or the whole match when there is none. Every repetition is bounded. */
  readonly pattern: RegExp;
  /** True when the pattern begins with a name, which may be the end of a longer one (`MY_AWS_SECRET_ACCESS_KEY`); else a token inside a longer word is none. */
  readonly named?: true;
  /** 'crc32-base62': the last 6 characters are the base-62 CRC-32 of those between the prefix and them. */
  readonly checksum?: 'crc32-base62';
  /** Where its owner revokes it: the end of "revoke it …". */
  readonly revoke: string;
  readonly reference: string;
}

/** Most specific first: where two match the same characters the first one is reported. */
export const tokenKinds: readonly TokenKind[] = [
  {
    id: 'aws-access-key-id',
    name: 'AWS access key id',
    severity: 'high',
    anchors: ['AKIA', 'ASIA'],
    pattern: /A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9+/])/y,
    revoke: 'in the AWS console under IAM, Security credentials',
    reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids',
  },
  {
    id: 'aws-secret-access-key',
    name: 'AWS secret access key',
    severity: 'critical',
    anchors: ['aws_secret_access_key', 'AWS_SECRET_ACCESS_KEY', 'SecretAccessKey', 'secretAccessKey', 'aws_secret_key', 'AWS_SECRET_KEY'],
    named: true,
    pattern:
      /(?:aws_secret_access_key|AWS_SECRET_ACCESS_KEY|[Ss]ecretAccessKey|aws_secret_key|AWS_SECRET_KEY)["']?[ \t]{0,8}[=:][ \t]{0,8}["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/y,
    revoke: 'in the AWS console under IAM, Security credentials',
    reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
  },
  {
    id: 'github-token',
    name: 'GitHub token',
    severity: 'critical',
    anchors: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    pattern: /gh[pousr]_[A-Za-z0-9]{36}(?![A-Za-z0-9])/y,
    checksum: 'crc32-base62',
    revoke: 'on github.com under Settings, Developer settings',
    reference: 'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats',
  },
  {
    id: 'github-fine-grained-token',
    name: 'GitHub fine-grained personal access token',
    severity: 'critical',
    anchors: ['github_pat_'],
    pattern: /github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}(?![A-Za-z0-9])/y,
    revoke: 'on github.com under Settings, Developer settings',
    reference: 'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats',
  },
  {
    id: 'gitlab-token',
    name: 'GitLab token',
    severity: 'critical',
    anchors: ['glpat-', 'gldt-', 'glrt-', 'glptt-'],
    pattern: /gl(?:pat|dt|rt|ptt)-[A-Za-z0-9_-]{20,300}(?:\.[0-9a-z]{2}\.[0-9a-z]{9})?(?![A-Za-z0-9_-])/y,
    revoke: 'in GitLab under Access tokens of the user, group or project',
    reference: 'https://docs.gitlab.com/security/tokens/#token-prefixes',
  },
  {
    id: 'slack-token',
    name: 'Slack token',
    severity: 'high',
    anchors: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxo-', 'xoxe-', 'xoxe.xox'],
    pattern: /xox(?:[abeoprs]-[0-9]{6,16}-|e\.xox[bp]-)[0-9A-Za-z-]{10,250}(?![0-9A-Za-z-])/y,
    revoke: 'on api.slack.com under Your Apps, OAuth & Permissions',
    reference: 'https://api.slack.com/concepts/token-types',
  },
  {
    id: 'slack-webhook',
    name: 'Slack incoming webhook address',
    severity: 'medium',
    anchors: ['hooks.slack.com/services/'],
    named: true,
    pattern: /hooks\.slack\.com\/services\/(T[A-Z0-9]{6,14}\/B[A-Z0-9]{6,14}\/[A-Za-z0-9]{20,28})(?![A-Za-z0-9])/y,
    revoke: 'on api.slack.com under Your Apps, Incoming Webhooks',
    reference: 'https://api.slack.com/messaging/webhooks',
  },
  {
    id: 'npm-token',
    name: 'npm access token',
    severity: 'critical',
    anchors: ['npm_'],
    pattern: /npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/y,
    checksum: 'crc32-base62',
    revoke: 'on npmjs.com under Access Tokens, or with `npm token revoke`',
    reference: 'https://docs.npmjs.com/about-access-tokens',
  },
  {
    id: 'npm-auth-token',
    name: 'npm registry token',
    severity: 'high',
    anchors: ['_authToken'],
    named: true,
    pattern: /_authToken[ \t]{0,8}=[ \t]{0,8}"?([A-Za-z0-9_.~+/=-]{16,1024})(?![A-Za-z0-9_.~+/=-])/y,
    revoke: 'at the registry that the line names, under its access tokens',
    reference: 'https://docs.npmjs.com/cli/configuring-npm/npmrc#auth-related-configuration',
  },
  {
    id: 'docker-hub-token',
    name: 'Docker Hub access token',
    severity: 'critical',
    anchors: ['dckr_pat_', 'dckr_oat_'],
    pattern: /dckr_[po]at_[A-Za-z0-9_-]{27,36}(?![A-Za-z0-9_-])/y,
    revoke: 'on hub.docker.com under Account settings, Personal access tokens',
    reference: 'https://docs.docker.com/security/access-tokens/',
  },
  {
    id: 'pypi-token',
    name: 'PyPI upload token',
    severity: 'critical',
    anchors: ['pypi-AgE'],
    pattern: /pypi-AgE[A-Za-z0-9_-]{50,1000}(?![A-Za-z0-9_-])/y,
    revoke: 'on pypi.org under Account settings, API tokens',
    reference: 'https://pypi.org/help/#apitoken',
  },
  {
    id: 'google-api-key',
    name: 'Google API key',
    severity: 'medium',
    anchors: ['AIza'],
    pattern: /AIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])/y,
    revoke: 'in the Google Cloud console under APIs & Services, Credentials',
    reference: 'https://cloud.google.com/docs/authentication/api-keys',
  },
  {
    id: 'stripe-live-key',
    name: 'Stripe live secret key',
    severity: 'critical',
    anchors: ['sk_live_', 'rk_live_'],
    pattern: /[sr]k_live_[0-9A-Za-z]{16,200}(?![0-9A-Za-z])/y,
    revoke: 'in the Stripe dashboard under Developers, API keys',
    reference: 'https://docs.stripe.com/keys',
  },
];

/** Published in manuals, so that readers have something to look at. */
export const sampleTokens: ReadonlySet<string> = new Set([
  'AKIAIOSFODNN7EXAMPLE',
  'AKIAI44QH8DHBEXAMPLE',
  'ASIAIOSFODNN7EXAMPLE',
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
]);
