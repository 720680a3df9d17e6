import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson, toText, type JsonObject } from '../../../../foundation/formats/json.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isNamed } from '../../file-path.ts';
import { PackageList, unreadable } from '../../package-list.ts';

/** Lock files of Swift's package manager, of version 1 to 3. A package is known by the address of its repository; of one that follows a branch there is no version. @see https://www.swift.org/documentation/package-manager/ */
export const analyzer: Analyzer = {
  id: 'swift-package-resolved',
  version: 1,
  scope: 'database',
  names: ['Package.resolved', '.package.resolved'],
  wants: (path) => isNamed(path, 'Package.resolved') || isNamed(path, '.package.resolved'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseJson(file.bytes);
  if (reason !== undefined) return unreadable(`Swift's lock file cannot be read: ${reason}`);
  if (!isJsonObject(value)) return unreadable("Swift's lock file is not a JSON object");
  const list = new PackageList('swift', 'declared');
  for (const pin of pinsOf(value)) {
    if (!isJsonObject(pin)) continue;
    const address = toText(pin['location']) ?? toText(pin['repositoryURL']) ?? '';
    const state = pin['state'];
    list.add(toRepository(address) ?? toText(pin['identity']) ?? toText(pin['package']), isJsonObject(state) ? toText(state['version']) : undefined);
  }
  return list.result();
}

/** Version 1 has them in an `object`. */
function pinsOf(value: JsonObject): readonly unknown[] {
  const holder = isJsonObject(value['object']) ? value['object'] : value;
  return Array.isArray(holder['pins']) ? holder['pins'] : [];
}

/** Returns `github.com/apple/swift-nio` of its addresses: `https://github.com/apple/swift-nio.git`, `git@github.com:apple/swift-nio.git`. */
function toRepository(address: string): string | undefined {
  const scheme = address.indexOf('://');
  const whole = scheme < 0 ? address.replace(':', '/') : address.slice(scheme + 3);
  const start = whole.indexOf('@') + 1;
  const path = (start > 0 && start < whole.indexOf('/') ? whole.slice(start) : whole).replace(/\/$/, '').replace(/\.git$/, '');
  return /^\w[\w.-]*(?::\d+)?(?:\/[\w.~+-]+)+$/.test(path) ? path : undefined;
}
