import type { ShellWord } from './command.ts';

/** Which of a program's options take a value, so that `-o -k` is known to be a file named `-k`. */
export interface OptionSyntax {
  /** Letters whose value is the rest of the word or the next word. */
  readonly valuedShort: string;
  /** Names without dashes whose value may be the next word. */
  readonly valuedLong: ReadonlySet<string>;
  /** True: the first word that is no option ends them, as for sudo and env. */
  readonly operandEnds?: boolean;
}

export interface Option {
  /** A letter, or a long name without its dashes. */
  readonly name: string;
  readonly isLong: boolean;
  readonly value: string | undefined;
  /** The word it stands in; several short ones may share it. */
  readonly word: ShellWord;
  /** The word its value stands in: `word` itself, or the next one. */
  readonly valueWord: ShellWord | undefined;
  /** Offset of the value in valueWord.value. */
  readonly valueOffset: number;
}

export interface Options {
  readonly options: readonly Option[];
  readonly operands: readonly ShellWord[];
  /** Index of the first operand in the words given; their number when there is none. */
  readonly firstOperand: number;
}

/** Returns options and operands of `args` by the rules of getopt_long. */
export function readOptions(args: readonly ShellWord[], syntax: OptionSyntax): Options {
  const options: Option[] = [];
  const operands: ShellWord[] = [];
  let firstOperand = args.length;
  let ended = false;
  for (let index = 0; index < args.length; index++) {
    const word = args[index];
    if (word === undefined) break;
    const next = args[index + 1];
    if (ended || !word.value.startsWith('-') || word.value === '-') {
      if (operands.length === 0) firstOperand = index;
      operands.push(word);
      ended ||= syntax.operandEnds === true;
    } else if (word.value === '--') ended = true;
    else if (word.value.startsWith('--')) {
      const option = readLong(word, next, syntax);
      options.push(option);
      if (option.valueWord !== undefined && option.valueWord === next) index++;
    } else {
      const found = readShort(word, next, syntax);
      options.push(...found);
      const last = found.at(-1);
      if (last?.valueWord !== undefined && last.valueWord === next) index++;
    }
  }
  return { options, operands, firstOperand };
}

function readLong(word: ShellWord, next: ShellWord | undefined, syntax: OptionSyntax): Option {
  const equals = word.value.indexOf('=');
  if (equals >= 0)
    return { name: word.value.slice(2, equals), isLong: true, value: word.value.slice(equals + 1), word, valueWord: word, valueOffset: equals + 1 };
  const name = word.value.slice(2);
  const valueWord = syntax.valuedLong.has(name) ? next : undefined;
  return { name, isLong: true, value: valueWord?.value, word, valueWord, valueOffset: 0 };
}

/** Most letters of one word that are read as options; more are never written by hand. */
const MAX_LETTERS = 64;

function readShort(word: ShellWord, next: ShellWord | undefined, syntax: OptionSyntax): readonly Option[] {
  const options: Option[] = [];
  const letters = word.value;
  for (let at = 1; at < Math.min(letters.length, MAX_LETTERS); at++) {
    const name = letters[at] ?? '';
    if (!syntax.valuedShort.includes(name)) {
      options.push({ name, isLong: false, value: undefined, word, valueWord: undefined, valueOffset: 0 });
      continue;
    }
    const attached = at + 1 < letters.length;
    const valueWord = attached ? word : next;
    options.push({ name, isLong: false, value: attached ? letters.slice(at + 1) : next?.value, word, valueWord, valueOffset: attached ? at + 1 : 0 });
    break;
  }
  return options;
}

const plain: OptionSyntax = { valuedShort: '', valuedLong: new Set() };

/** Returns the option syntax of a program; for one not in the table no option takes a separate value. */
export function optionSyntaxOf(program: string): OptionSyntax {
  return syntaxes.get(program) ?? plain;
}

function syntax(valuedShort: string, valuedLong: string, operandEnds = false): OptionSyntax {
  return { valuedShort, valuedLong: new Set(valuedLong.split(' ').filter((name) => name !== '')), operandEnds };
}

/** From the programs' manuals. */
const syntaxes: ReadonlyMap<string, OptionSyntax> = new Map([
  [
    'curl',
    syntax(
      'AbcCdDeEFHKmoPQrtTuUwxXyYz',
      'aws-sigv4 cacert capath cert ciphers config connect-timeout connect-to continue-at cookie cookie-jar create-file-mode data data-ascii data-binary data-raw data-urlencode dns-servers doh-url expect100-timeout form form-string header interface json keepalive-time key limit-rate max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir pass pinnedpubkey proto proto-default proto-redir proxy proxy-header proxy-user quote range rate referer request resolve retry retry-delay retry-max-time socks4 socks4a socks5 socks5-hostname speed-limit speed-time stderr time-cond tls-max trace trace-ascii unix-socket upload-file url url-query user user-agent write-out',
    ),
  ],
  [
    'wget',
    syntax(
      'oaeiBtOTwQPUlARDIX',
      'output-file append-output execute input-file base tries output-document timeout dns-timeout connect-timeout read-timeout wait waitretry quota directory-prefix user-agent level accept reject domains exclude-domains include-directories exclude-directories header user password http-user http-password proxy-user proxy-password post-data post-file method body-data body-file ca-certificate ca-directory certificate certificate-type private-key secure-protocol referer load-cookies save-cookies limit-rate restrict-file-names progress max-redirect bind-address prefer-family local-encoding remote-encoding accept-regex reject-regex ciphers pinnedpubkey crl-file',
    ),
  ],
  ['git', syntax('cC', 'git-dir work-tree namespace exec-path config-env', true)],
  [
    'pip',
    syntax(
      'iefrctd',
      'index-url extra-index-url trusted-host find-links requirement constraint target prefix root editable cache-dir proxy timeout retries cert client-cert log platform python-version implementation abi only-binary no-binary dest build progress-bar exists-action config-settings global-option install-option python src upgrade-strategy root-user-action use-feature use-deprecated report no-color keyring-provider',
    ),
  ],
  ['pipx', syntax('i', 'python index-url pip-args suffix spec')],
  ['sudo', syntax('ugCpRrtThUD', 'user group close-from prompt chroot role type command-timeout host other-user chdir', true)],
  ['doas', syntax('uC', '', true)],
  ['env', syntax('uCS', 'unset chdir split-string', true)],
  ['exec', syntax('a', '', true)],
  ['command', syntax('', '', true)],
  ['builtin', syntax('', '', true)],
  ['time', syntax('fo', 'format output', true)],
  ['nice', syntax('n', 'adjustment', true)],
  ['ionice', syntax('cnpPu', 'class classdata pid', true)],
  ['nohup', syntax('', '', true)],
  ['setsid', syntax('', '', true)],
  ['stdbuf', syntax('ioe', 'input output error', true)],
  ['timeout', syntax('ks', 'kill-after signal', true)],
  ['xargs', syntax('adEILnPs', 'arg-file delimiter max-lines max-args max-procs max-chars process-slot-var', true)],
  ['chroot', syntax('', 'userspec groups', true)],
  ['gosu', syntax('', '', true)],
  ['su-exec', syntax('', '', true)],
  ['runuser', syntax('ugGcsw', 'user group supp-group command shell whitelist-environment')],
  ['su', syntax('gGcsw', 'group supp-group command shell whitelist-environment')],
  ['fakeroot', syntax('lfsibu', 'lib faked', true)],
  ['unshare', syntax('SGRw', '', true)],
  ['catchsegv', syntax('', '', true)],
  ['tini', syntax('pe', '', true)],
  ['dumb-init', syntax('r', 'rewrite', true)],
  [
    'useradd',
    syntax('bcdefgGkKpPRsuZ', 'base-dir comment home-dir expiredate inactive gid groups skel key password root prefix shell uid selinux-user'),
  ],
  [
    'usermod',
    syntax('cdefgGlpPRsuvVwWZ', 'comment home expiredate inactive gid groups login password prefix root shell uid selinux-user selinux-range'),
  ],
  ['adduser', syntax('ghGksu', 'comment conf firstuid gecos gid group home ingroup lastuid shell uid')],
  ['passwd', syntax('inPrRwx', 'inactive mindays prefix repository root warndays maxdays')],
  ['apt-get', syntax('oct', 'option config-file target-release default-release')],
  ['apt', syntax('oct', 'option config-file target-release default-release')],
  ['apk', syntax('pXt', 'root repository arch cache-dir cache-max-age keys-dir progress-fd repositories-file timeout wait virtual')],
  ['aptitude', syntax('oqtw', 'target-release default-release')],
  [
    'uv',
    syntax(
      'rcefipP',
      'index-url default-index index extra-index-url find-links requirement constraint override target prefix editable python cache-dir directory project config-file link-mode extra group',
    ),
  ],
  ['npm', syntax('wC', 'registry prefix loglevel cache userconfig workspace omit include tag')],
  ['pnpm', syntax('C', 'registry dir filter loglevel store-dir reporter')],
  ['yarn', syntax('', 'registry cwd cache-folder modules-folder network-timeout mutex')],
  ['gem', syntax('vinPspB', 'version install-dir bindir source platform trust-policy http-proxy')],
  [
    'cargo',
    syntax('FjZC', 'version vers git branch tag rev path root registry index features target target-dir profile jobs color config bin example'),
  ],
  ['composer', syntax('d', 'working-dir')],
  ...['yum', 'dnf', 'dnf5', 'microdnf', 'tdnf'].map(
    (name) => [name, syntax('cxdeR', 'config exclude enablerepo disablerepo repo repoid setopt installroot releasever forcearch comment')] as const,
  ),
  ['zypper', syntax('RCDcrpt', 'root cache-dir reposd-dir config repo from type installroot releasever')],
  ['sh', syntax('oO', 'rcfile init-file', true)],
  ['tar', syntax('fCTXbHVIgKNF', 'file directory files-from exclude exclude-from transform xform strip-components')],
  ['install', syntax('gmotS', 'group mode owner target-directory suffix')],
  ['mkdir', syntax('m', 'mode')],
  ['fetch', syntax('ohpTwi', 'output')],
  ['base64', syntax('w', 'wrap')],
]);
