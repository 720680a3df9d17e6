import type { TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { offsetAt, rangeAt } from '../../syntax/text-document.ts';
import { feeders } from './commands.ts';
import { baseName } from './shell-paths.ts';

/** A comparison of files with a checksum or a signature. */
export interface IntegrityCheck {
  /** Texts in which the files stand: operands, checksum lines, what feeds the command. */
  readonly texts: readonly string[];
  /** True when files that `texts` do not name may be checked too: they stand in a list, behind a variable. */
  readonly isOpen: boolean;
}

const HASHERS = /^(?:(?:sha(?:1|224|256|384|512)|sha3|md5|b2|b3|blake2|cksfv|xxh)sum|shasum|sha(?:1|256|384|512)|cksum|rhash|hashdeep)$/;
const VERIFIERS = /^(?:gpgv2?|sqv|debsig-verify|dpkg-sig|slsa-verifier|rpmkeys|notation|sigstore|checksec)$/;
/** Functions and scripts made for it: verify_checksum, check-sha256.sh. */
const NAMED_FOR_IT = /verif|checksum|check[-_]?sum|check[-_]?sha|check[-_]?sig|validate[-_]?sha/i;
const CODE_THAT_HASHES = /hash_file|hashlib|sha(?:256|384|512)|Digest::|createHash|openssl_verify/;
const LANGUAGES = /^(?:python[\d.]*|perl|ruby|php[\d.]*|node|nodejs)$/;
/** A line as sha256sum writes it, of a file whose name is known. */
const CHECKSUM_LINE = /^(?:[0-9a-fA-F]{32,128}|\$\{?\w{1,100}\}?)[ \t]{1,4}\*?[^\s$*?]+$/;

/** Returns what a command checks; undefined when it checks nothing, or its result is thrown away (`|| true`). */
export function integrityCheckOf(model: DockerfileModel, command: ShellCommand): IntegrityCheck | undefined {
  const check = readCheck(command);
  if (check === undefined || ignoredResult(model, command) !== undefined) return undefined;
  return { ...check, texts: check.texts.map((text) => text.replaceAll(/\$\{(\w+)\}/g, '$$$1')) };
}

function readCheck(command: ShellCommand): IntegrityCheck | undefined {
  const { name, args } = command;
  const has = (pattern: RegExp): boolean => args.some(({ value }) => pattern.test(value));
  if (HASHERS.test(name)) return hashCheck(command);
  if (name === 'openssl') return isCompared(command) || has(/^-(?:verify|prverify)$/) ? namedCheck(command) : undefined;
  if (name === 'gpg' || name === 'gpg2') return has(/^(?:--verify|--verify-files|--decrypt|-d)$/) ? namedCheck(command) : undefined;
  if (name === 'cosign') return has(/^verify/) ? namedCheck(command) : undefined;
  if (name === 'minisign' || name === 'signify' || name === 'rsign')
    return has(/^(?:-[a-zA-Z]*V[a-zA-Z]*|verify)$/) ? namedCheck(command) : undefined;
  if (name === 'rpm') return has(/^(?:-[a-zA-Z]*K[a-zA-Z]*|--checksig)$/) ? namedCheck(command) : undefined;
  if (name === 'gh' || name === 'sq' || name === 'jarsigner' || name === 'apksigner' || name === 'keybase' || name === 'pgp')
    return has(/^-?-?verify$/) ? namedCheck(command) : undefined;
  if (VERIFIERS.test(name)) return namedCheck(command);
  if (LANGUAGES.test(name)) return has(CODE_THAT_HASHES) ? { texts: args.map(({ value }) => value), isOpen: true } : undefined;
  return NAMED_FOR_IT.test(name) ? { ...namedCheck(command), isOpen: true } : undefined;
}

function hashCheck(command: ShellCommand): IntegrityCheck | undefined {
  const verifies = command.args.some(({ value }) => /^(?:-[a-zA-Z]*[cC][a-zA-Z]*|--check)$/.test(value));
  if (!verifies) return isCompared(command) ? namedCheck(command) : undefined;
  const fed = fedTexts(command);
  const lists = operandsOf(command);
  const isLiteral = lists.length === 0 && fed.length > 0 && fed.every(isChecksumLines);
  return { texts: [...fed, ...lists], isOpen: !isLiteral };
}

function isChecksumLines(text: string): boolean {
  return text
    .trim()
    .split(/\\n|\n/)
    .every((line) => CHECKSUM_LINE.test(line.trim()));
}

function namedCheck(command: ShellCommand): IntegrityCheck {
  const texts = [...operandsOf(command), ...fedTexts(command)];
  return { texts, isOpen: texts.length === 0 || texts.some((text) => /[*?]/.test(text)) };
}

/** What is printed into the command, and here-documents; a program's own options are left out. */
function fedTexts(command: ShellCommand): readonly string[] {
  const fed = feeders(command).flatMap((feeder) => [...operandsOf(feeder), ...redirectedTexts(feeder)]);
  return [...fed, ...redirectedTexts(command)];
}

function redirectedTexts({ redirects }: ShellCommand): readonly string[] {
  return redirects.flatMap(({ operator, target, body }) => (operator.startsWith('<') ? [body?.text ?? target?.value ?? ''] : []));
}

function operandsOf({ args }: ShellCommand): readonly string[] {
  return args.map(({ value }) => value).filter((value) => value !== '-' && !/^--?[a-zA-Z-]+$/.test(value));
}

/** True when a checksum that is printed is looked at by something: `[ "$(sha256sum F)" = … ]`, `sha256sum F | grep …`. */
function isCompared({ within, places }: ShellCommand): boolean {
  return within !== undefined || places.some(({ pipeline, stage }) => stage < pipeline.stages.length - 1);
}

const LOOK_AHEAD = 200;
const IGNORED =
  /^(?:\s|[\\`]\r?\n){0,40}\|\|(?:\s|[\\`]\r?\n){0,40}(?:true|:|exit 0|echo(?: (?:"[^"\n]{0,100}"|'[^'\n]{0,100}'|[\w.-]{1,60})){0,4})(?=\s{0,9}(?:$|[;&)}\n]))(?!\s{0,9}(?:&&|;)\s{0,9}(?:exit|false|return))/;

/** Programs whose only purpose is the check when they are asked for one. */
export const integrityTool = /^(?:(?:sha(?:1|224|256|384|512)|md5|b2)sum|shasum|gpgv?2?|cosign|minisign)$/;

/** Returns where a check's failure is made not to matter: `|| true`, `|| :`, `|| echo failed`; undefined where it matters, or nothing is checked. */
export function ignoredResult(model: DockerfileModel, command: ShellCommand): TextRange | undefined {
  if (command.language !== 'sh' || command.within !== undefined || readCheck(command) === undefined) return undefined;
  const end = offsetAt(model.document, command.range.end);
  const match = IGNORED.exec(model.text.slice(end, end + LOOK_AHEAD));
  return match === null ? undefined : rangeAt(model.document, end, end + match[0].length);
}

/** True when a check's texts name a file: by its own name, as `F.asc`, in a line of checksums. */
export function namesChecked(check: IntegrityCheck, path: string): boolean {
  const name = baseName(path);
  return name !== '' && check.texts.some((text) => text.includes(name));
}
