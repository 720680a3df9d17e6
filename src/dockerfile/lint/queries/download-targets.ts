import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { feeders, findFlags, optionsOf } from './commands.ts';
import { downloadsToOutput } from './downloads.ts';

const STDOUT = /^(?:-|\/dev\/stdout|\/dev\/fd\/1|\/proc\/self\/fd\/1)$/;
/** Nothing that comes from the builder itself: `file://`, a server of its own. */
const LOCAL_URL = /^(?:file:|(?:https?:\/\/)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$))/i;

/** Returns the files into which a command puts what it, or what feeds it, downloads; names as the command has them. */
export function downloadTargets(command: ShellCommand): readonly string[] {
  if (command.language !== 'sh' && command.language !== 'exec') return [];
  const own = ownTargets(command);
  return (own.length > 0 ? own : pipedTargets(command)).filter((name) => name !== '' && !STDOUT.test(name) && name !== '/dev/null');
}

function ownTargets(command: ShellCommand): readonly string[] {
  switch (command.name) {
    case 'curl':
      return curlTargets(command);
    case 'wget':
    case 'wget2':
      return wgetTargets(command);
    case 'aria2c':
    case 'axel':
    case 'fetch':
      return otherTargets(command);
    default:
      return [];
  }
}

function curlTargets(command: ShellCommand): readonly string[] {
  const { operands } = optionsOf(command);
  const named = findFlags(command, { long: 'url' }).flatMap(({ value }) => value ?? []);
  const urls = [...operands.map(({ value }) => value), ...named];
  if (urls.length === 0 || urls.every((url) => LOCAL_URL.test(url))) return [];
  const directory = findFlags(command, { long: 'output-dir' })[0]?.value;
  const outputs = findFlags(command, { short: 'o', long: 'output' }).flatMap(({ value }) => value ?? []);
  const fromUrl = ['remote-name', 'remote-name-all'].some((long) => findFlags(command, { short: 'O', long }).length > 0);
  if (outputs.length === 0 && !fromUrl) return redirectTargets(command);
  return [...outputs, ...(fromUrl ? urls.map((url) => nameInUrl(url.replace(/[?#].*$/, ''))) : [])].map((name) => inDirectory(directory, name));
}

function wgetTargets(command: ShellCommand): readonly string[] {
  const urls = optionsOf(command).operands.map(({ value }) => value);
  if (urls.length === 0 || urls.every((url) => LOCAL_URL.test(url)) || findFlags(command, { long: 'spider' }).length > 0) return [];
  const outputs = findFlags(command, { short: 'O', long: 'output-document' }).flatMap(({ value }) => value ?? []);
  if (outputs.length > 0) return outputs.every((name) => STDOUT.test(name)) ? redirectTargets(command) : outputs;
  const directory = findFlags(command, { short: 'P', long: 'directory-prefix' })[0]?.value;
  return urls.map((url) => inDirectory(directory, nameInUrl(url.replace(/#.*$/, ''))));
}

function otherTargets(command: ShellCommand): readonly string[] {
  const value = (...names: readonly string[]): string | undefined => {
    const at = command.args.findIndex((word) => names.includes(word.value));
    return at < 0 ? undefined : command.args[at + 1]?.value;
  };
  const url = command.args.find((word) => word.value.includes('://'))?.value;
  if (url === undefined || LOCAL_URL.test(url)) return [];
  return [inDirectory(value('-d', '--dir'), value('-o', '--out', '--output') ?? nameInUrl(url))];
}

/** `curl … | tee F`, `wget -O- … | gunzip > F`, `curl … | dd of=F`. */
function pipedTargets(command: ShellCommand): readonly string[] {
  if (command.places.length === 0 || !feeders(command).some(downloadsFromAfar)) return [];
  if (command.name === 'tee') return [...optionsOf(command).operands.map(({ value }) => value), ...redirectTargets(command)];
  if (command.name === 'dd') return command.args.flatMap(({ value }) => (value.startsWith('of=') ? [value.slice(3)] : []));
  return redirectTargets(command);
}

/** True for a command that downloads from another machine to its output. */
export function downloadsFromAfar(command: ShellCommand): boolean {
  return downloadsToOutput(command) && !command.args.some(({ value }) => LOCAL_URL.test(value));
}

function redirectTargets({ redirects }: ShellCommand): readonly string[] {
  return redirects.flatMap(({ operator, descriptor, target }) =>
    /^(?:>|>>|>\||&>|&>>)$/.test(operator) && (descriptor ?? 1) === 1 && target !== undefined ? [target.value] : [],
  );
}

function inDirectory(directory: string | undefined, name: string): string {
  return directory === undefined || name === '' || STDOUT.test(name) ? name : `${directory}/${name}`;
}

/** Returns the last part of a URL's path; empty when it has none. */
function nameInUrl(url: string): string {
  const path = url.replace(/^[a-z][a-z0-9+.-]{0,20}:\/\//i, '');
  const slash = path.lastIndexOf('/');
  return slash < 0 && !path.startsWith('$') ? '' : path.slice(slash + 1);
}

export interface Extraction {
  /** Undefined: read from the input. */
  readonly archive: ShellWord | undefined;
  /** As the command names it; undefined: the working directory. */
  readonly directory: ShellWord | undefined;
}

/** Returns what a command unpacks, and where to; undefined when it unpacks nothing. */
export function extractionOf(command: ShellCommand): Extraction | undefined {
  switch (command.name) {
    case 'tar':
    case 'bsdtar':
    case 'gtar':
      return tarExtraction(command);
    case 'unzip':
      return namedExtraction(command, '-d');
    case '7z':
    case '7za':
    case '7zr':
      return /^[xe]$/.test(command.args[0]?.value ?? '') ? { archive: command.args.slice(1).find(isOperand), directory: undefined } : undefined;
    case 'jar':
      return command.args[0]?.value.includes('x') === true ? { archive: command.args[1], directory: undefined } : undefined;
    case 'ar':
      return command.args[0]?.value.includes('x') === true ? { archive: command.args[1], directory: undefined } : undefined;
    case 'dpkg':
    case 'dpkg-deb': {
      const at = command.args.findIndex(({ value }) => /^(?:-x|-X|--extract|--vextract)$/.test(value));
      return at < 0 ? undefined : { archive: command.args[at + 1], directory: command.args[at + 2] };
    }
    default:
      return undefined;
  }
}

function namedExtraction({ args }: ShellCommand, option: string): Extraction | undefined {
  const at = args.findIndex(({ value }) => value === option);
  const archive = args.find((word, index) => isOperand(word) && (at < 0 || index !== at + 1));
  const lists = args.some(({ value }) => /^-[a-z]*[lptvz]/.test(value));
  return archive === undefined || lists ? undefined : { archive, directory: at < 0 ? undefined : args[at + 1] };
}

function isOperand({ value }: ShellWord): boolean {
  return !value.startsWith('-');
}

function tarExtraction(command: ShellCommand): Extraction | undefined {
  const bundle = command.args[0];
  if (bundle !== undefined && /^[A-Za-z]+$/.test(bundle.value)) return bundledTarExtraction(bundle.value, command);
  const find = (short: string, long: string): ShellWord | undefined => valueOf(findFlags(command, { short, long }).at(-1));
  const isExtract = ['extract', 'get'].some((long) => findFlags(command, { short: 'x', long }).length > 0);
  return isExtract ? { archive: fileOrInput(find('f', 'file')), directory: find('C', 'directory') } : undefined;
}

/** `tar xzf FILE`: the letters' values follow in order. */
function bundledTarExtraction(letters: string, command: ShellCommand): Extraction | undefined {
  if (!letters.includes('x')) return undefined;
  const valued = letters.replaceAll(/[^fCbTX]/g, '');
  const value = (letter: string): ShellWord | undefined => (valued.includes(letter) ? command.args[1 + valued.indexOf(letter)] : undefined);
  const later = (short: string, long: string): ShellWord | undefined => valueOf(findFlags(command, { short, long }).at(-1));
  return { archive: fileOrInput(value('f') ?? later('f', 'file')), directory: value('C') ?? later('C', 'directory') };
}

function fileOrInput(word: ShellWord | undefined): ShellWord | undefined {
  return word === undefined || STDOUT.test(word.value) || word.value === '/dev/stdin' ? undefined : word;
}

function valueOf(
  option: { readonly valueWord: ShellWord | undefined; readonly word: ShellWord; readonly value: string | undefined } | undefined,
): ShellWord | undefined {
  if (option?.valueWord === undefined || option.value === undefined) return undefined;
  return option.valueWord === option.word ? { ...option.valueWord, value: option.value } : option.valueWord;
}

/** Returns the file that `gunzip F`, `xz -d F` and the like leave in F's place. */
export function decompressedTo({ name, args }: ShellCommand): { readonly from: string; readonly to: string } | undefined {
  const isDecompressor =
    /^(?:gunzip|unxz|bunzip2|unzstd|unlzma)$/.test(name) ||
    (/^(?:gzip|xz|bzip2|zstd|lzma)$/.test(name) && args.some(({ value }) => /^(?:-[a-zA-Z]*d[a-zA-Z]*|--decompress|--uncompress)$/.test(value)));
  const from = isDecompressor ? args.find(isOperand)?.value : undefined;
  return from === undefined ? undefined : { from, to: from.replace(/\.(?:gz|xz|bz2|zst|lzma)$/, '') };
}
