import type { Parsed } from '../../../../foundation/base/result.ts';
import { pinnedRequirementsOf } from '../../../../foundation/formats/python-requirements.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isBelow } from '../../file-path.ts';
import { PackageList } from '../../package-list.ts';

/** pip's requirements files: `requirements.txt`, `base-requirements.txt`, `requirements/base.txt`. Only what is pinned to a version is known, and files of development are passed over by their name. */
export const analyzer: Analyzer = {
  id: 'python-requirements',
  version: 1,
  scope: 'database',
  names: ['*.txt'],
  wants: (path) => path.endsWith('.txt') && isRequirements(path) && !isBelow(path, 'site-packages') && !isBelow(path, 'dist-packages'),
  analyze,
};

const FOLDER = 'requirements/';

function isRequirements(path: string): boolean {
  const start = path.lastIndexOf('/') + 1;
  const folder = start - FOLDER.length;
  const isNamed =
    path.includes('requirements', start) || (folder >= 0 && path.startsWith(FOLDER, folder) && (folder === 0 || path[folder - 1] === '/'));
  return isNamed && !path.includes('dev', start) && !path.includes('test', start);
}

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const list = new PackageList('pypi', 'declared');
  for (const { name, version, line } of pinnedRequirementsOf(decode(file.bytes))) list.add(name, version, { line });
  return list.result();
}

/** Editors on Windows write UTF-16, which pip reads too. */
function decode(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
