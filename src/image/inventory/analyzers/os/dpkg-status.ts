import type { ParseProblem, Parsed } from '../../../../foundation/base/result.ts';
import { parseDeb822 } from '../../../../foundation/formats/deb822.ts';
import { DPKG_FIELDS, toDpkgPackage, toDpkgState } from '../../../../foundation/formats/dpkg-control.ts';
import type { AnalyzedFile, AnalyzedPackage, AnalyzedRecords, Analyzer } from '../../analyzer.ts';

const decoder = new TextDecoder('utf-8');

/** The status database of dpkg: every package that `dpkg-query -W` lists, which is all but those of state not-installed. */
export const analyzer: Analyzer = {
  id: 'dpkg-status',
  version: 1,
  scope: 'database',
  wants: (path) => path === 'var/lib/dpkg/status',
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const text = decoder.decode(file.bytes);
  const { value: stanzas, problems: found } = parseDeb822(text, DPKG_FIELDS);
  const problems: ParseProblem[] = [...found];
  const packages: AnalyzedPackage[] = [];
  for (const stanza of stanzas) {
    const state = toDpkgState(stanza.fields.get('status'));
    const hasStatus = stanza.fields.has('status');
    if (hasStatus && state === 'not-installed') continue;
    const record = toDpkgPackage(stanza);
    if (record === undefined) problems.push({ message: `a package has no ${stanza.fields.has('package') ? 'version' : 'name'}`, line: stanza.line });
    // dpkg takes it for not installed. It never writes such a stanza, so the rest of this one is lost.
    else if (!hasStatus) problems.push({ message: `the package ${record.name} has no status`, line: stanza.line });
    else packages.push({ type: 'deb', ...record, ...(state === 'config-files' && { configOnly: true as const }) });
  }
  if (text !== '' && !text.endsWith('\n')) {
    problems.push({ message: 'the file ends inside a line: it is cut short, and packages may be missing' });
  }
  return { value: { packages }, problems };
}
