/** Words that, at the end of a variable's name, say that its value is secret. */
const SECRET_ENDINGS: readonly (readonly string[])[] = [
  ['password'],
  ['passwd'],
  ['passphrase'],
  ['passwort'],
  ['pword'],
  ['pass'],
  ['pwd'],
  ['psw'],
  ['secret'],
  ['secrets'],
  ['token'],
  ['apikey'],
  ['api', 'key'],
  ['access', 'key'],
  ['access', 'key', 'id'],
  ['account', 'key'],
  ['app', 'key'],
  ['auth', 'key'],
  ['deploy', 'key'],
  ['encryption', 'key'],
  ['license', 'key'],
  ['master', 'key'],
  ['private', 'key'],
  ['secret', 'key'],
  ['secret', 'key', 'base'],
  ['signing', 'key'],
  ['ssh', 'key'],
  ['storage', 'key'],
  ['credential'],
  ['credentials'],
  ['creds'],
  ['auth'],
];

/** What may follow without making it something else: DB_PASSWORD_1, API_KEY_PROD, TOKEN_BASE64. */
const NEUTRAL_ENDING = /^(?:\d+|value|default|prod|production|dev|test|staging|b64|base64|encoded)$/;
/** The builder's own, and names that only sound like it. */
const INNOCENT = /^(?:old)?pwd$|public|(?:^|_)(?:no|allow_empty|skip|disable|enable|use|with|without|require|has|is)_/;

/** True when a variable's name says that its value is secret: DB_PASSWORD, npmToken, AWS_SECRET_ACCESS_KEY; not *_FILE, *_PATH, *_URL, PUBLIC_KEY, GPG_KEY. */
export function isSecretName(name: string): boolean {
  const snake = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/[-.]/g, '_')
    .toLowerCase();
  if (INNOCENT.test(snake)) return false;
  const words = snake.split('_').filter((word) => word !== '');
  while (words.length > 1 && NEUTRAL_ENDING.test(words.at(-1) ?? '')) words.pop();
  return SECRET_ENDINGS.some((ending) => ending.every((word, index) => words[words.length - ending.length + index] === word));
}

/** True for a value that cannot be a secret: empty, yes or no, a path or a file's name, a placeholder. */
export function isHarmlessValue(value: string): boolean {
  const text = value.trim();
  return (
    text === '' || /^(?:true|false|yes|no|on|off|none|null|nil|undefined|0|1|auto|basic|bearer)$/i.test(text) || isPath(text) || isPlaceholder(text)
  );
}

function isPath(text: string): boolean {
  return /^(?:\.{0,2}\/|file:|[A-Za-z]:[\\/]|~\/)|^[\w.-]{1,100}\.(?:sh|py|pl|rb|js|ps1|bat|cmd|txt|json|ya?ml|xml|properties|conf|cfg|ini)$/.test(
    text,
  );
}

/** True for what stands where a secret would be filled in. */
export function isPlaceholder(text: string): boolean {
  return (
    /^<.*>$|^\{\{.*\}\}$|^\*+$|^[xX]{3,}$|^[-_.]+$/.test(text) ||
    /^(?:your|my|some|replace|insert|enter|todo|fixme|placeholder|dummy|fake|example|sample|unused|ignored|redacted)(?:$|[-_ .])/i.test(text)
  );
}
