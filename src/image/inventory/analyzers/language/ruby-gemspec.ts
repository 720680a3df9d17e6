import type { Parsed } from '../../../../foundation/base/result.ts';
import { parseGemspec } from '../../../../foundation/formats/gemspec.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { PackageList, unreadable } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');
const EXTENSION = '.gemspec';
const FOLDERS = ['specifications', 'specifications/default'];

/** Gems that RubyGems or Bundler installed: the specification of each in `specifications`, of those that come with Ruby in `specifications/default`, of those from a repository in `bundler/gems/<gem>`. */
export const analyzer: Analyzer = {
  id: 'ruby-gemspec',
  version: 1,
  scope: 'file',
  names: ['*.gemspec'],
  wants: (path) => path.endsWith(EXTENSION) && isInstalled(path),
  analyze,
};

function isInstalled(path: string): boolean {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  if (FOLDERS.some((name) => folder === name || folder.endsWith(`/${name}`))) return true;
  return folder.slice(0, folder.lastIndexOf('/')).endsWith('bundler/gems');
}

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { name, version, licenses, dependencies } = parseGemspec(decoder.decode(file.bytes));
  const named = splitFileName(file.path);
  const list = new PackageList('gem', 'installed');
  const id = { name: name ?? named?.name, version: version ?? named?.version };
  if (!id.name || !id.version) return unreadable("the gem's specification says neither here nor in its file's name which gem and version it is");
  list.add(id.name, id.version, { licenses, dependencies });
  return list.result();
}

/** RubyGems names the file `name-version.gemspec` or `name-version-platform.gemspec`; a version has no dash. */
function splitFileName(path: string): { name: string; version: string } | undefined {
  const stem = path.slice(path.lastIndexOf('/') + 1, -EXTENSION.length);
  for (let dash = stem.indexOf('-'); dash >= 0; dash = stem.indexOf('-', dash + 1)) {
    const version = stem.slice(dash + 1).split('-', 1)[0] ?? '';
    if (dash > 0 && /^\d+(?:\.\w+)+$/.test(version)) return { name: stem.slice(0, dash), version };
  }
  return undefined;
}
