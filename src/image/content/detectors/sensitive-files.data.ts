import type { Severity } from '../../../foundation/model/severity.ts';

/** One kind of file that should not be in an image, known by its name alone. Files that need a look inside are in sensitive-files.ts. */
export interface SensitiveName {
  /** Behind `sensitive-file:` it is the finding's id. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** Tested against the whole path. */
  readonly path: RegExp;
  readonly why: string;
}

export const sensitiveNames: readonly SensitiveName[] = [
  {
    id: 'keystore',
    title: 'PKCS #12 key store',
    severity: 'high',
    path: /\.(?:pfx|p12)$/i,
    why: 'It holds a private key with its certificate. A passphrase that protects it can be guessed for as long as one likes.',
  },
  {
    id: 'terraform-state',
    title: 'Terraform state',
    severity: 'high',
    path: /(?:^|\/)[^/]{0,200}\.tfstate(?:\.backup)?$/,
    why: 'Terraform writes every attribute of every resource into its state, passwords and keys among them, in plain text.',
  },
  {
    id: 'aws-credentials',
    title: 'AWS credentials file',
    severity: 'high',
    path: /(?:^|\/)\.aws\/credentials$/,
    why: 'It holds the keys of an AWS account.',
  },
  {
    id: 'gcloud-credentials',
    title: 'Google Cloud credentials file',
    severity: 'high',
    path: /(?:^|\/)(?:application_default_credentials\.json|\.config\/gcloud\/(?:credentials\.db|access_tokens\.db|legacy_credentials\/.{1,200}))$/,
    why: 'It holds tokens of a Google Cloud account.',
  },
  {
    id: 'azure-credentials',
    title: 'Azure CLI tokens',
    severity: 'high',
    path: /(?:^|\/)\.azure\/(?:accessTokens\.json|msal_token_cache\.(?:json|bin)|service_principal_entries\.json)$/,
    why: 'It holds tokens of an Azure account.',
  },
  {
    id: 'git-repository',
    title: 'Git repository',
    severity: 'medium',
    path: /(?:^|\/)\.git\/config$/,
    why: 'Its history gives away the source code, every secret ever committed and since removed, and often a token in the address of its remote.',
  },
  {
    id: 'shell-history',
    title: 'Shell history',
    severity: 'medium',
    path: /(?:^|\/)\.(?:bash|zsh|sh|ash|mysql|psql|python|node_repl)_history$/,
    why: 'It holds what was typed while the image was made, passwords on command lines among it.',
  },
  {
    id: 'password-database',
    title: 'Password manager database',
    severity: 'high',
    path: /\.(?:kdbx?|agilekeychain|psafe3)$/i,
    why: 'A passphrase that protects it can be guessed for as long as one likes.',
  },
];
