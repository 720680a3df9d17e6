import type { Parsed } from '../../../../foundation/base/result.ts';
import { parseDeb822 } from '../../../../foundation/formats/deb822.ts';
import { toDpkgState } from '../../../../foundation/formats/dpkg-control.ts';
import { ProblemList } from '../../../../foundation/formats/problem-list.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { listNames, PackageGraph } from '../../dependencies.ts';

const FIELDS: ReadonlySet<string> = new Set(['package', 'status', 'version', 'architecture', 'license', 'depends', 'provides']);
const decoder = new TextDecoder('utf-8');

/** The status database of opkg, the package manager of OpenWrt and of images made with Yocto: usr/lib/opkg/status, var/lib/opkg/status. */
export const analyzer: Analyzer = {
  id: 'opkg-status',
  version: 1,
  scope: 'database',
  names: ['status'],
  wants: (path) => path === 'usr/lib/opkg/status' || path === 'var/lib/opkg/status',
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const text = decoder.decode(file.bytes);
  const { value: stanzas, problems: found } = parseDeb822(text, FIELDS);
  const problems = new ProblemList(found);
  const graph = new PackageGraph();
  for (const { fields, line } of stanzas) {
    // What was removed may leave a stanza; one without a status was never installed.
    const state = toDpkgState(fields.get('status'));
    if (state === 'not-installed' || state === 'config-files') continue;
    const name = fields.get('package');
    const version = fields.get('version');
    const architecture = fields.get('architecture');
    const license = fields.get('license');
    if (!name || !version) problems.add({ message: `a package has no ${name ? 'version' : 'name'}`, line });
    else {
      const record = { type: 'opkg', name, version, ...(architecture && { architecture }), ...(license && { licenses: [license] }) } as const;
      graph.add(record, listNames(fields.get('provides')), listNames(fields.get('depends')));
    }
  }
  if (text !== '' && !text.endsWith('\n')) problems.add({ message: 'the file ends inside a line: it is cut short, and packages may be missing' });
  return { value: { packages: graph.list() }, problems: problems.list() };
}
