import type { Parsed } from '../../../../foundation/base/result.ts';
import { xmlTagsOf } from '../../../../foundation/formats/xml-tags.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isNamed } from '../../file-path.ts';
import { PackageList, unreadable } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');

/** Packages of projects of the .NET Framework, one element each. Those for development only say so. @see https://learn.microsoft.com/nuget/reference/packages-config */
export const analyzer: Analyzer = {
  id: 'nuget-packages-config',
  version: 1,
  scope: 'database',
  names: ['packages.config'],
  wants: (path) => isNamed(path, 'packages.config'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const text = decoder.decode(file.bytes);
  const list = new PackageList('nuget', 'declared');
  if (!text.includes('<packages')) return unreadable('the list of NuGet packages has no element of that name');
  for (const attributes of xmlTagsOf(text, 'package')) {
    if (attributes.get('developmentDependency')?.toLowerCase() === 'true') continue;
    const id = attributes.get('id');
    const version = attributes.get('version');
    if (!id || !version) list.problem(`a package has no ${id ? 'version' : 'id'}`);
    else list.add(id, version);
  }
  return list.result();
}
