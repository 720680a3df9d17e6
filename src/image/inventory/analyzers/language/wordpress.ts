import type { Parsed } from '../../../../foundation/base/result.ts';
import { parseWordpressHeader } from '../../../../foundation/formats/wordpress-header.ts';
import type { PackageType } from '../../../../foundation/model/package.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isNamed } from '../../file-path.ts';
import { PackageList } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');
const CORE = 'wp-includes/version.php';
const PLUGINS = 'wp-content/plugins/';
const THEMES = 'wp-content/themes/';
/** Part of a file that WordPress itself looks for a header in, in bytes. */
const HEADER_BYTES = 8192;

/**
 * WordPress, its plugins and its themes, which it knows by a header in a comment: of a plugin in any PHP file right in its folder or in a file of its own, of a theme in its style.css.
 *
 * @see https://developer.wordpress.org/plugins/plugin-basics/header-requirements/
 */
export const analyzer: Analyzer = {
  id: 'wordpress',
  version: 1,
  scope: 'file',
  names: ['*.php', 'style.css'],
  wants: (path) => (path.endsWith('.php') ? isCore(path) || pluginOf(path) !== undefined : isNamed(path, 'style.css') && themeOf(path) !== undefined),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const text = decoder.decode(file.bytes.subarray(0, HEADER_BYTES));
  if (isCore(file.path)) return one('generic', 'wordpress', /^\$wp_version\s*=\s*'([^'\n]{1,64})';/m.exec(text)?.[1]);
  const theme = themeOf(file.path);
  if (theme !== undefined) return one('generic', `wordpress-theme/${theme}`, parseWordpressHeader(text, 'Theme Name')?.version);
  return one('wordpress-plugin', pluginOf(file.path), parseWordpressHeader(text, 'Plugin Name')?.version);
}

/** The other PHP files of a plugin have no header, which is no problem. */
function one(type: PackageType, name: string | undefined, version: string | undefined): Parsed<AnalyzedRecords> {
  const list = new PackageList(type, 'installed');
  list.add(name, version);
  return list.result();
}

function isCore(path: string): boolean {
  return path.endsWith(CORE) && (path.length === CORE.length || path[path.length - CORE.length - 1] === '/');
}

/** The name that a plugin has in the directory of plugins: its folder's, or its file's when it is a single one. */
function pluginOf(path: string): string | undefined {
  const rest = after(path, PLUGINS);
  if (rest === undefined || rest === 'index.php') return undefined;
  const slash = rest.indexOf('/');
  if (slash < 0) return rest.slice(0, -'.php'.length);
  return rest.includes('/', slash + 1) ? undefined : rest.slice(0, slash);
}

function themeOf(path: string): string | undefined {
  const rest = after(path, THEMES);
  const slash = rest?.indexOf('/') ?? -1;
  return rest === undefined || slash < 0 || rest.includes('/', slash + 1) ? undefined : rest.slice(0, slash);
}

/** What follows a folder that is at the start of a path or right after a slash. */
function after(path: string, folder: string): string | undefined {
  const start = path.lastIndexOf(folder);
  return start < 0 || (start > 0 && path[start - 1] !== '/') ? undefined : path.slice(start + folder.length);
}
