import type { Parsed } from '../../../../foundation/base/result.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isBelow, isNamed } from '../../file-path.ts';
import { PackageList, unreadable } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');
/** `{<<"certifi">>,{pkg,<<"certifi">>,<<"2.9.0">>},0}`: the name in the project, and the one in the registry. */
const PACKAGE = /\{<<"[^"]+">>,\s*\{pkg,\s*<<"([^"]+)">>,\s*<<"([^"]+)">>/g;

/** Lock files of Erlang's rebar3. Those from a repository have no version. @see https://rebar3.org/docs/workflow/#lock-files */
export const analyzer: Analyzer = {
  id: 'rebar-lock',
  version: 1,
  scope: 'database',
  names: ['rebar.lock'],
  wants: (path) => isNamed(path, 'rebar.lock') && !isBelow(path, '_build') && !isBelow(path, 'deps'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const list = new PackageList('hex', 'declared');
  const text = decoder.decode(file.bytes);
  // A tuple of a version and the list, of old versions of rebar3 the list alone.
  if (!/^\s*(?:[{[]|$)/.test(text)) return unreadable("rebar3's lock file is not an Erlang term");
  for (const [, name, version] of text.matchAll(PACKAGE)) list.add(name, version);
  return list.result();
}
