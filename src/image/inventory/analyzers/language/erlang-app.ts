import type { Parsed } from '../../../../foundation/base/result.ts';
import { linesOf } from '../../../../foundation/formats/lines.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isNamed } from '../../file-path.ts';
import { PackageList } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');
const FOLDER = 'ebin/';
const RELEASE = 'OTP_VERSION';
const NAME = /\{\s*application\s*,\s*'?([a-z][\w@]*)'?\s*,/;
const VERSION = /\{\s*vsn\s*,\s*"(\d[^"\n]{0,100})"/;
const NEEDED = /\{\s*applications\s*,\s*\[/;
/** How much of a file is looked into, in UTF-16 units: the list of a large application's modules has some ten thousand. */
const LONGEST_TEXT = 1024 * 1024;

/** Applications that Erlang/OTP and Elixir themselves consist of; all others come from the registry, Hex. */
const OTP = new Set(
  `asn1 common_test compiler cosEvent cosEventDomain cosFileTransfer cosNotification cosProperty cosTime cosTransactions crypto debugger dialyzer diameter edoc eldap elixir eex erl_docgen erl_interface
   erts et eunit ex_unit ftp hipe ic iex inets jinterface kernel logger megaco mix mnesia observer odbc orber os_mon ose otp_mibs parsetools percept public_key reltool runtime_tools sasl snmp ssh ssl
   stdlib syntax_tools tftp tools typer wx xmerl`.split(/\s+/),
);

/**
 * Applications of Erlang and Elixir as they are installed: the `.app` file beside the code of each, those of OTP itself and those of the program alike; and the release of Erlang/OTP, in `releases/25/OTP_VERSION`.
 *
 * @see https://www.erlang.org/doc/apps/kernel/app
 */
export const analyzer: Analyzer = {
  id: 'erlang-app',
  version: 1,
  scope: 'file',
  names: ['*.app', RELEASE],
  wants: (path) => (path.endsWith('.app') ? isInFolder(path) : isNamed(path, RELEASE)),
  analyze,
};

function isInFolder(path: string): boolean {
  const start = path.lastIndexOf('/') + 1 - FOLDER.length;
  return start >= 0 && path.startsWith(FOLDER, start) && (start === 0 || path[start - 1] === '/');
}

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const text = decoder.decode(file.bytes);
  if (file.path.endsWith(RELEASE)) {
    const list = new PackageList('generic', 'installed');
    list.add('erlang', /^\d+(?:\.\d+){0,9}/.exec(text.slice(0, 100))?.[0]);
    return list.result();
  }
  const terms = withoutComments(text.slice(0, LONGEST_TEXT));
  const name = NAME.exec(terms)?.[1];
  if (name === undefined) return { value: {}, problems: [] };
  const list = new PackageList(OTP.has(name) ? 'otp' : 'hex', 'installed');
  const version = VERSION.exec(terms)?.[1];
  if (version === undefined) list.problem('the Erlang application has no version');
  list.add(name, version, { dependencies: neededOf(terms) });
  return list.result();
}

/** The names in `{applications, [kernel, stdlib, 'Other']}`. */
function neededOf(terms: string): readonly string[] {
  const found = NEEDED.exec(terms);
  if (found === null) return [];
  const start = found.index + found[0].length;
  const end = terms.indexOf(']', start);
  return terms
    .slice(start, Math.max(start, end))
    .split(',')
    .map((needed) => needed.trim().replaceAll("'", ''));
}

function withoutComments(text: string): string {
  const lines: string[] = [];
  for (const line of linesOf(text)) if (!line.trimStart().startsWith('%')) lines.push(line);
  return lines.join('\n');
}
