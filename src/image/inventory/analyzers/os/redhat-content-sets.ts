import { MAX_IMAGE_JSON_BYTES } from '../../../../foundation/base/limits.ts';
import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson, toStrings } from '../../../../foundation/formats/json.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';

const FOLDERS: readonly string[] = ['root/buildinfo/', 'usr/share/buildinfo/'];

/** Which repositories the packages of an image of Red Hat's came from: the content manifests that each build leaves in root/buildinfo or usr/share/buildinfo. */
export const analyzer: Analyzer = {
  id: 'redhat-content-sets',
  version: 1,
  scope: 'file',
  names: ['*.json'],
  wants: (path) => path.endsWith('.json') && FOLDERS.some((folder) => path.startsWith(folder)),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  if (file.bytes.length > MAX_IMAGE_JSON_BYTES)
    return { value: {}, problems: [{ message: `the content manifest is longer than ${MAX_IMAGE_JSON_BYTES} bytes` }] };
  const { value, reason } = parseJson(file.bytes);
  if (reason !== undefined) return { value: {}, problems: [{ message: `the content manifest cannot be read: ${reason}` }] };
  const contentSets = isJsonObject(value) ? toStrings(value.content_sets) : [];
  // The labels of the image lie beside its manifests.
  return { value: contentSets.length === 0 ? {} : { distro: { contentSets } }, problems: [] };
}
