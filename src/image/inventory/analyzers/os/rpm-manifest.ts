import type { Parsed } from '../../../../foundation/base/result.ts';
import { linesOf } from '../../../../foundation/formats/lines.ts';
import { ProblemList } from '../../../../foundation/formats/problem-list.ts';
import type { AnalyzedFile, AnalyzedPackage, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { toRpmRecord } from '../../rpm-database.ts';
import { thirdPartyRpmTest } from '../../third-party.ts';

const decoder = new TextDecoder('utf-8');
const FIELD_COUNT = 10;
const LONGEST_LINE = 4096;

/** What rpm listed when the image was built, where the database itself was left out: var/lib/rpmmanifest/container-manifest-2, of the distroless images of Azure Linux and Mariner. */
export const analyzer: Analyzer = {
  id: 'rpm-manifest',
  version: 2,
  scope: 'database',
  names: ['container-manifest-2'],
  wants: (path) => path === 'var/lib/rpmmanifest/container-manifest-2',
  analyze,
};

/** Lines of name, version-release, two times, vendor, epoch, size, architecture, epoch as a number and source rpm, a tab between each. */
function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const packages: AnalyzedPackage[] = [];
  const problems = new ProblemList();
  let number = 0;
  for (const line of linesOf(decoder.decode(file.bytes))) {
    number++;
    if (line === '') continue;
    const record = parseLine(line);
    if (record === undefined) problems.add({ message: 'a line is not the ten fields of a package', line: number });
    else packages.push(record);
  }
  const isThirdParty = thirdPartyRpmTest(packages);
  return {
    value: { packages: packages.map((record) => (isThirdParty(record) ? { ...record, thirdParty: true } : record)) },
    problems: problems.list(),
  };
}

function parseLine(line: string): AnalyzedPackage | undefined {
  if (line.length > LONGEST_LINE) return undefined;
  const fields = line.split('\t').map((field) => (field === '(none)' ? undefined : field));
  const [name = '', version = '', , , vendor, , , architecture, epoch, sourceRpm] = fields;
  const release = version.lastIndexOf('-');
  if (fields.length !== FIELD_COUNT || name === '' || release < 1) return undefined;
  return toRpmRecord({
    name,
    version: version.slice(0, release),
    release: version.slice(release + 1),
    epoch: Number(epoch),
    ...(architecture !== undefined && { architecture }),
    ...(vendor !== undefined && { vendor }),
    ...(sourceRpm !== undefined && { sourceRpm }),
  });
}
