import type { Parsed } from '../../../../foundation/base/result.ts';
import { linesOf } from '../../../../foundation/formats/lines.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { PackageList } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');

/**
 * Rocks that LuaRocks installed: the rockspec of each, in a folder of its name and version. Only those two and the licence are read of it, where a line gives them; a rockspec is a program of Lua.
 * @see https://github.com/luarocks/luarocks/wiki/Rockspec-format
 */
export const analyzer: Analyzer = {
  id: 'lua-rockspec',
  version: 1,
  scope: 'file',
  names: ['*.rockspec'],
  wants: (path) => path.endsWith('.rockspec') && isInstalled(path),
  analyze,
};

/** `rocks-5.4/name/1.0-1/name-1.0-1.rockspec`; elsewhere it is that of a project. */
function isInstalled(path: string): boolean {
  const [name = '', version = '', file] = path.split('/').slice(-3);
  return file === `${name}-${version}.rockspec`;
}

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const fields = new Map<string, string>();
  for (const line of linesOf(decoder.decode(file.bytes))) {
    const [, name = '', , value = ''] = /^\s*(package|version|license)\s*=\s*(["'])([^"'\\]*)\2/.exec(line.slice(0, 1024)) ?? [];
    if (name !== '' && !fields.has(name)) fields.set(name, value);
  }
  const [name, version] = file.path.split('/').slice(-3);
  const list = new PackageList('luarocks', 'installed');
  const license = fields.get('license');
  list.add(fields.get('package')?.toLowerCase() ?? name, fields.get('version') ?? version, { licenses: license === undefined ? [] : [license] });
  return list.result();
}
