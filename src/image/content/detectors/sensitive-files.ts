import type { ImagePath } from '../../../foundation/model/brand.ts';
import type { Severity } from '../../../foundation/model/severity.ts';
import type { Detector, DetectorHit, FileEntry } from '../detector.ts';
import { isPublishedMaterial } from '../readable-files.ts';
import { remedyForSecretFile } from '../secret-remedy.ts';
import { isBinary, toBuffer } from '../text-bytes.ts';
import { sensitiveNames } from './sensitive-files.data.ts';

/** One kind of file that is sensitive only when something stands in it. */
interface LookInside {
  readonly id: string;
  readonly path: RegExp;
  /** Returns what is wrong with the file's text, or undefined when nothing is. */
  inspect(text: string): Omit<SensitiveContent, 'id'> | undefined;
}

interface SensitiveContent {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly description: string;
  readonly line?: number;
}

/** Files that programs keep passwords and tokens in. Each is looked into, for most of them hold none. */
const lookInside: readonly LookInside[] = [
  { id: 'dotenv', path: /(?:^|\/)\.env(?:\.(?!example$|sample$|template$|dist$|defaults$)[a-z0-9_-]{1,40})?$/i, inspect: inspectDotenv },
  {
    id: 'npmrc',
    path: /(?:^|\/)(?:\.npmrc|etc\/npmrc)$/,
    inspect: (text) =>
      at(
        text,
        /^[^#;\n]{0,300}(?:_auth|_password)[ \t]{0,8}=[ \t]{0,8}"?(?!\$\{)[^\s"]{8}/m,
        'npm configuration with a password',
        'high',
        'It signs in to a package registry as its owner.',
      ),
  },
  {
    id: 'pypirc',
    path: /(?:^|\/)\.pypirc$/,
    inspect: (text) =>
      at(
        text,
        /^[ \t]{0,8}password[ \t]{0,8}[=:][ \t]{0,8}\S{4}/m,
        'PyPI upload configuration with a password',
        'high',
        'It uploads packages as its owner.',
      ),
  },
  {
    id: 'netrc',
    path: /(?:^|\/)[._]netrc$/,
    inspect: (text) =>
      at(
        text,
        /(?:^|\s)password[ \t\n]{1,8}\S{3}/m,
        'Netrc file with a password',
        'high',
        'curl, git and others sign in with it to the hosts it names.',
      ),
  },
  {
    id: 'git-credentials',
    path: /(?:^|\/)\.git-credentials$/,
    inspect: (text) =>
      at(text, /^https?:\/\/[^\s:/@]{1,200}:[^\s@]{3,300}@/m, 'Git credentials', 'high', 'git signs in with it to the hosts it names.'),
  },
  {
    id: 'kubeconfig',
    path: /(?:^|\/)(?:\.kube\/config|kubeconfig|admin\.conf)$/,
    inspect: (text) =>
      /^clusters:/m.test(text)
        ? at(
            text,
            /^[ \t-]{0,16}(?:token|password|client-key-data):[ \t]{1,8}\S{4}/m,
            'Kubernetes configuration with credentials',
            'high',
            'It gives its owner’s rights in the cluster.',
          )
        : undefined,
  },
  {
    id: 'docker-config',
    path: /(?:^|\/)(?:\.docker\/config\.json|\.dockercfg|\.dockerconfigjson|kaniko\/\.docker\/config\.json|containers\/auth\.json)$/,
    inspect: (text) =>
      at(
        text,
        /"(?:auth|password|identitytoken|registrytoken)"\s{0,8}:\s{0,8}"[^"\s]{4}/,
        'Docker configuration with registry credentials',
        'high',
        'It pulls and pushes images as its owner.',
      ),
  },
  {
    id: 'maven-settings',
    path: /(?:^|\/)(?:\.m2|maven\/conf|maven)\/settings\.xml$/,
    inspect: (text) =>
      at(blankComments(text), /<password>(?!\$\{)[^<\s]{3}/, 'Maven settings with a password', 'high', 'It signs in to the repositories it names.'),
  },
  {
    id: 'htpasswd',
    path: /(?:^|\/)\.htpasswd$/,
    inspect: (text) =>
      at(text, /^[^#:\s]{1,100}:\S{8}/m, 'Web server passwords', 'medium', 'The hashes in it can be guessed for as long as one likes.'),
  },
];

/** Real ones have a few KiB. */
const MAX_LOOK_INSIDE_BYTES = 1024 * 1024;

/** Files known for holding credentials, by name and, where most of their kind are harmless, by what stands in them. */
export const detector: Detector = {
  id: 'sensitive-files',
  version: 1,
  scope: 'every-layer',
  wantsContent(entry) {
    return (
      entry.type === 'file' &&
      entry.sizeBytes > 0 &&
      entry.sizeBytes <= MAX_LOOK_INSIDE_BYTES &&
      kindOf(entry.path) !== undefined &&
      !isPublishedMaterial(entry.path)
    );
  },
  *inspectEntry(entry) {
    if (entry.type !== 'file' || entry.sizeBytes === 0 || isPublishedMaterial(entry.path)) return;
    const name = sensitiveNames.find(({ path }) => path.test(entry.path));
    if (name === undefined) return;
    yield toHit({ id: name.id, title: name.title, severity: name.severity, description: name.why }, entry);
  },
  *inspectContent(entry, bytes) {
    if (isBinary(bytes)) return;
    const kind = kindOf(entry.path);
    const content = kind?.inspect(toBuffer(bytes).toString('latin1'));
    if (kind !== undefined && content !== undefined) yield toHit({ id: kind.id, ...content }, entry);
  },
};

function kindOf(path: ImagePath): LookInside | undefined {
  return lookInside.find((kind) => kind.path.test(path));
}

function at(text: string, pattern: RegExp, title: string, severity: Severity, description: string): Omit<SensitiveContent, 'id'> | undefined {
  const match = pattern.exec(text);
  return match === null ? undefined : { title, severity, description, line: lineOf(text, match.index + match[0].length - 1) };
}

/** Returns the XML with its comments as spaces, so that places stay as they are: Maven ships its settings with examples in comments. */
function blankComments(xml: string): string {
  let out = '';
  let at = 0;
  for (let open = xml.indexOf('<!--'); open !== -1; open = xml.indexOf('<!--', at)) {
    const close = xml.indexOf('-->', open);
    const end = close === -1 ? xml.length : close + 3;
    out += xml.slice(at, open) + xml.slice(open, end).replaceAll(/[^\n]/g, ' ');
    at = end;
  }
  return out + xml.slice(at);
}

function lineOf(text: string, index: number): number {
  let line = 1;
  for (let found = text.indexOf('\n'); found !== -1 && found < index; found = text.indexOf('\n', found + 1)) line++;
  return line;
}

const secretName = /(?:SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|PRIVATE_?KEY|API_?KEY|ACCESS_?KEY|CREDENTIAL|_PWD$|_AUTH$|DSN$)/i;
const placeholder = /^(?:|change.?me|example|secret|password|xxx+|todo|none|null|true|false|\d{1,5}|your.{0,60}|<.{0,60}>|\$\{.{0,100})$/i;

/** A .env without a secret in it is only configuration, but should still not be there: whoever adds the first secret will not think of the image. */
function inspectDotenv(text: string): Omit<SensitiveContent, 'id'> {
  const lines = text.split('\n');
  const secrets = lines.flatMap((line, index) => {
    const [, name, value] =
      /^[ \t]{0,8}(?:export[ \t]{1,8})?([A-Za-z_][A-Za-z0-9_]{0,100})[ \t]{0,8}=[ \t]{0,8}["']?([^"'\r\n]{0,1000})/.exec(line) ?? [];
    return name !== undefined && value !== undefined && secretName.test(name) && !placeholder.test(value.trim()) ? [{ name, line: index + 1 }] : [];
  });
  const first = secrets[0];
  if (first === undefined)
    return {
      title: 'Environment file',
      severity: 'low',
      description: 'It configures one installation and does not belong into an image, though no secret was seen in it.',
    };
  const names = secrets.slice(0, 5).map(({ name }) => name);
  return {
    title: 'Environment file with secrets',
    severity: 'high',
    description: `It sets ${names.join(', ')}${secrets.length > names.length ? ` and ${secrets.length - names.length} more` : ''}: whoever can pull the image can read them.`,
    line: first.line,
  };
}

function toHit(content: SensitiveContent, entry: FileEntry): DetectorHit {
  const { id, ...rest } = content;
  return {
    ...rest,
    id: `sensitive-file:${id}`,
    category: 'sensitive-file',
    references: ['https://docs.docker.com/build/building/secrets/'],
    remediation: remedyForSecretFile(entry.path, 'change the passwords and tokens that stand in it'),
  };
}
