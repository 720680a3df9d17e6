import { MAX_EGG_METADATA_BYTES } from '../../../../foundation/base/limits.ts';
import type { Parsed } from '../../../../foundation/base/result.ts';
import { isZip, readZipDirectory, readZipEntry } from '../../../../foundation/formats/zip.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { unreadable } from '../../package-list.ts';
import { analyzePythonMetadata } from '../../python-package.ts';

const METADATA = 'EGG-INFO/PKG-INFO';

/** Python distributions that easy_install installed as one file, a zip archive. Unpacked ones are those of python-egg-info. @see https://setuptools.pypa.io/en/latest/deprecated/python_eggs.html */
export const analyzer: Analyzer = {
  id: 'python-egg',
  version: 1,
  scope: 'file',
  names: ['*.egg'],
  wants: (path) => path.endsWith('.egg'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  // Other programs have files of that name too.
  if (!isZip(file.bytes)) return { value: {}, problems: [] };
  const entry = readZipDirectory(file.bytes, (name) => name === METADATA)?.entries[0];
  if (entry === undefined) return unreadable(`the Python egg has no ${METADATA}`);
  const { value, reason } = readZipEntry(file.bytes, entry, MAX_EGG_METADATA_BYTES);
  if (reason !== undefined) return unreadable(`the Python egg's ${METADATA} cannot be read: ${reason}`);
  const { value: found, problems } = analyzePythonMetadata({ path: file.path, bytes: value });
  return { value: { packages: (found.packages ?? []).map((record) => ({ ...record, insideArchive: METADATA })) }, problems };
}
