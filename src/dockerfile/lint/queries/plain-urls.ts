import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellWord } from '../../syntax/shell/command.ts';
import { optionOf, type TextsOption } from '../options.ts';
import type { RuleContext } from '../rule.ts';
import { insertAt } from './edits.ts';
import { rangeIn } from './secret-texts.ts';

/** This machine, its link-local addresses, and the name Docker gives to its host: nobody stands between. */
const NEAR = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|0\.0\.0\.0|\[::1?\]|169\.254\.\d{1,3}\.\d{1,3}|host\.docker\.internal)(?=[:/?#]|$)/i;
const PLAIN_URL = /(?<![a-z0-9])(?:http|ftp|git|svn):\/\/(?=(?:[^\s/@"']{1,200}@)?([^\s/"'<>]{1,255}))/i;

export interface PlainUrl {
  /** `http`, `ftp`, … as written. */
  readonly scheme: string;
  /** Host and port. */
  readonly host: string;
  /** Offset of the scheme in the text. */
  readonly index: number;
}

/** Returns the first URL of a text that anybody on the way may read and change; undefined when it has none, or one of this machine. */
export function findPlainUrl(text: string): PlainUrl | undefined {
  const match = PLAIN_URL.exec(text);
  const host = match?.[1];
  if (match === null || host === undefined || NEAR.test(host)) return undefined;
  return { scheme: match[0].slice(0, match[0].indexOf(':')), host, index: match.index };
}

/** Returns where a word's URL stands, and the edits that make it https. */
export function placeOfUrl(
  model: DockerfileModel,
  word: ShellWord,
  url: PlainUrl,
): { readonly range: TextRange; readonly edits: readonly TextEdit[] | undefined } {
  if (!word.written) return { range: word.range, edits: undefined };
  const end = url.index + url.scheme.length;
  const range = rangeIn(model, word.source, url.index, end);
  const edits = url.scheme.toLowerCase() === 'http' ? [insertAt(range.end, 's')] : [{ range, newText: 'https' }];
  return { range: rangeIn(model, word.source, url.index, word.source.text.length), edits };
}

/** Of the rules about plain http. */
export const trustedHosts: TextsOption = {
  kind: 'texts',
  name: 'trustedHosts',
  description:
    'Hosts of a network of your own on which nobody else can answer; `*.corp.example` stands for all below. A port in a URL does not count.',
  default: [],
  examples: ['mirror.corp.example', '*.corp.example'],
};

/** Returns the test for hosts, with or without a port, that {@link trustedHosts} names. */
export function hostTruster(context: RuleContext): (host: string) => boolean {
  const hosts = optionOf(context, trustedHosts).map((host) => host.trim().toLowerCase());
  return (host) => {
    const name = host.replace(/:\d{1,5}$/, '').toLowerCase();
    return hosts.some((entry) => name === entry || (entry.startsWith('*.') && name.endsWith(entry.slice(1))));
  };
}
