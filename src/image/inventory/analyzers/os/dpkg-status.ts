import type { Parsed } from '../../../../foundation/base/result.ts';
import { parseDeb822 } from '../../../../foundation/formats/deb822.ts';
import { DPKG_FIELDS, toDpkgPackage, toDpkgState } from '../../../../foundation/formats/dpkg-control.ts';
import { ProblemList } from '../../../../foundation/formats/problem-list.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { listNames, PackageGraph } from '../../dependencies.ts';
import { DEB_ORIGIN_FIELDS, isThirdPartyDeb } from '../../third-party.ts';

const FIELDS: ReadonlySet<string> = new Set([...DPKG_FIELDS, ...DEB_ORIGIN_FIELDS]);
const decoder = new TextDecoder('utf-8');

/** The status database of dpkg, var/lib/dpkg/status: every package that `dpkg-query -W` lists, which is all but those of state not-installed. */
export const analyzer: Analyzer = {
  id: 'dpkg-status',
  version: 3,
  scope: 'database',
  names: ['status'],
  wants: (path) => path === 'var/lib/dpkg/status',
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const text = decoder.decode(file.bytes);
  const { value: stanzas, problems: found } = parseDeb822(text, FIELDS);
  const problems = new ProblemList(found);
  const graph = new PackageGraph();
  for (const { fields, line } of stanzas) {
    const state = toDpkgState(fields.get('status'));
    const hasStatus = fields.has('status');
    if (hasStatus && state === 'not-installed') continue;
    const record = toDpkgPackage({ fields, line });
    if (record === undefined) problems.add({ message: `a package has no ${fields.has('package') ? 'version' : 'name'}`, line });
    // dpkg takes it for not installed. It never writes such a stanza, so the rest of this one is lost.
    else if (!hasStatus) problems.add({ message: `the package ${record.name} has no status`, line });
    else if (state === 'config-files') graph.add({ type: 'deb', ...record, configOnly: true });
    else
      graph.add({ type: 'deb', ...record, ...(isThirdPartyDeb(fields) && { thirdParty: true }) }, listNames(fields.get('provides')), [
        ...listNames(fields.get('pre-depends')),
        ...listNames(fields.get('depends')),
      ]);
  }
  if (text !== '' && !text.endsWith('\n')) {
    problems.add({ message: 'the file ends inside a line: it is cut short, and packages may be missing' });
  }
  return { value: { packages: graph.list() }, problems: problems.list() };
}
