import type { Parsed } from '../../../../foundation/base/result.ts';
import { yamlLinesOf } from '../../../../foundation/formats/yaml-lines.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isNamed } from '../../file-path.ts';
import { PackageList } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');
const POD = /^(\S+) \(([^()]+)\)$/;

/** Lock files of CocoaPods. A part of a pod, `Firebase/Core`, is a package like a pod is. @see https://guides.cocoapods.org/using/using-cocoapods.html */
export const analyzer: Analyzer = {
  id: 'podfile-lock',
  version: 1,
  scope: 'database',
  names: ['Podfile.lock'],
  wants: (path) => isNamed(path, 'Podfile.lock'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const list = new PackageList('cocoapods', 'declared');
  let section = '';
  let pod: { name: string; version: string; line: number; dependencies: string[] } | undefined;
  const finish = (): void => {
    if (pod !== undefined) list.add(pod.name, pod.version, pod);
    pod = undefined;
  };
  for (const { kind, indent, key, value, line } of yamlLinesOf(decoder.decode(file.bytes))) {
    if (kind === 'unknown') list.problem('a line is not one of a lock file', line);
    else if (kind !== 'item') {
      if (indent > 0) continue;
      finish();
      section = key;
    } else if (section === 'PODS' && indent <= 2) {
      finish();
      // With dependencies below it, it is a key.
      const [, name, version] = POD.exec(key === '' ? value : key) ?? [];
      if (name === undefined || version === undefined) list.problem('a pod has no version', line);
      else pod = { name, version, line, dependencies: [] };
    } else if (section === 'PODS') pod?.dependencies.push(value.split(' ', 1)[0] ?? '');
  }
  finish();
  return list.result();
}
