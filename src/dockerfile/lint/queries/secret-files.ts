const SECRET_NAMES =
  /^(?:\.env(?:\.[\w-]+)?|[\w.-]+\.env|id_(?:rsa|dsa|ecdsa|ed25519)|\.npmrc|\.pypirc|\.netrc|_netrc|\.git|\.git-credentials|\.aws|\.ssh|\.gnupg|\.azure|\.kube|kubeconfig|\.dockercfg|\.htpasswd|\.pgpass|\.my\.cnf|\.vault-token|\.terraformrc|terraform\.tfstate|secrets?\.(?:ya?ml|json|toml|env)|(?:service[-_]?account|credentials?)[\w.-]*\.json|[\w.-]+\.(?:key|p12|pfx|jks|keystore|ppk|kdbx|pem))$/i;
const SECRET_PATHS =
  /(?:^|\/)(?:\.aws\/(?:credentials|config)|\.docker\/config\.json|\.kube\/config|\.config\/gcloud(?:\/.*)?|\.ssh\/(?!known_hosts$|authorized_keys\d?$|config$|[\w.-]+\.pub$).+)$/i;
const HARMLESS =
  /\.(?:example|sample|template|dist|tpl|defaults?|pub)$|^(?:.*[._-])?(?:dh\d{0,5}|dhparams?|ffdhe\d{0,5}|ca|cacert|cert|certs|chain|fullchain|bundle|public|pub|root|intermediate|example)(?:[._-].*)?\.pem$|^(?:.*[._-])?(?:pub|public|gpg|pgp|rpm|apt|signing|archive|repo|repomd|release)[\w.-]*\.key$|^(?:.{0,100}[._-])?(?:meta|meta[-_]?data|data|versions?|build|build[-_]?info|build[-_]?args|release|defaults?|common|public|paths?|ports?|options|features)\.env$/i;

/** True for a path whose name says that the file holds a secret by its nature; not for samples, public keys and certificates. */
export function isSecretFile(path: string): boolean {
  const clean = path.replace(/\/+$/, '');
  const name = clean.slice(clean.lastIndexOf('/') + 1);
  if (clean.startsWith('<<') || /^[a-z]+:\/\//i.test(clean) || HARMLESS.test(name)) return false;
  return SECRET_NAMES.test(name) || SECRET_PATHS.test(clean);
}

const CONFIGURATION_WITH_SECRETS =
  /^(?:settings(?:-security)?\.xml|pip\.conf|auth\.json|nuget\.config|\.bowerrc|gradle\.properties|\.yarnrc\.yml|wallet|\.boto|\.s3cfg)$/i;
const SOURCE_CODE = /\.(?:c|cc|cpp|cs|css|go|h|hpp|html?|java|js|jsx|kt|lua|md|mjs|php|pl|py|rb|rs|scala|sh|sql|svg|swift|ts|tsx|txt\.asc|vue)$/i;

/** True for a path that is worth a second look, because the author takes it out of the image again: as above, and names with a secret's word in them. */
export function isLikelySecretFile(path: string): boolean {
  const clean = path.replace(/\/+$/, '');
  const name = clean.slice(clean.lastIndexOf('/') + 1);
  if (isSecretFile(clean) || CONFIGURATION_WITH_SECRETS.test(name)) return true;
  return (
    /secret|passwor[dt]|passphrase|credential|(?:^|[._-])tokens?(?:[._-]|$)|private[._-]?key|api[._-]?key/i.test(name) && !SOURCE_CODE.test(name)
  );
}
