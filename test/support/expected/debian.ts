import { commentedFixes, definitionsOf } from './oval.ts';
import type { SystemFact } from './system-fact.ts';

/** Debian's OVAL: the title is the flaw and the source package; a version of 0 stands for one that there is not yet. */
export function readDebian(oval: string): readonly SystemFact[] {
  return definitionsOf(oval).flatMap((definition) => {
    const [, id = ''] = /^((?:CVE|TEMP)-[\w-]+) /.exec(definition.title) ?? [];
    return id === ''
      ? []
      : commentedFixes(definition).map(([packageName, version]) => (version === '0' ? { packageName, id } : { packageName, id, fixed: version }));
  });
}
