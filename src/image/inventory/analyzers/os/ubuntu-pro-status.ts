import { MAX_IMAGE_JSON_BYTES } from '../../../../foundation/base/limits.ts';
import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson, toText } from '../../../../foundation/formats/json.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';

/** Which services of extended support (ESM) an Ubuntu image is subscribed to: var/lib/ubuntu-advantage/status.json. */
export const analyzer: Analyzer = {
  id: 'ubuntu-pro-status',
  version: 1,
  scope: 'database',
  names: ['status.json'],
  wants: (path) => path === 'var/lib/ubuntu-advantage/status.json',
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  if (file.bytes.length > MAX_IMAGE_JSON_BYTES)
    return { value: {}, problems: [{ message: `the status of Ubuntu Pro is longer than ${MAX_IMAGE_JSON_BYTES} bytes` }] };
  const { value, reason } = parseJson(file.bytes);
  if (reason !== undefined) return { value: {}, problems: [{ message: `the status of Ubuntu Pro cannot be read: ${reason}` }] };
  const services: readonly unknown[] = isJsonObject(value) && Array.isArray(value.services) ? value.services : [];
  const extendedSupport = services.flatMap((service) => {
    const name = isJsonObject(service) && service.status === 'enabled' ? toText(service.name) : undefined;
    return name?.startsWith('esm') === true ? [name] : [];
  });
  return { value: extendedSupport.length === 0 ? {} : { distro: { extendedSupport } }, problems: [] };
}
