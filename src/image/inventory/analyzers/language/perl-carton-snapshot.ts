import type { Parsed } from '../../../../foundation/base/result.ts';
import { linesOf } from '../../../../foundation/formats/lines.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isNamed } from '../../file-path.ts';
import { PackageList } from '../../package-list.ts';
import { splitDistribution } from '../../perl-names.ts';

const decoder = new TextDecoder('utf-8');

/** Carton's lock files: below `DISTRIBUTIONS` each distribution, with what it provides and requires further in. @see https://metacpan.org/pod/Carton */
export const analyzer: Analyzer = {
  id: 'perl-carton-snapshot',
  version: 1,
  scope: 'database',
  names: ['cpanfile.snapshot'],
  wants: (path) => isNamed(path, 'cpanfile.snapshot'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const list = new PackageList('cpan', 'declared');
  let line = 0;
  for (const raw of linesOf(decoder.decode(file.bytes))) {
    line++;
    if (!/^ {2}\S/.test(raw)) continue;
    const distribution = splitDistribution(raw.trim().slice(0, 1024));
    if (distribution === undefined) list.problem('a distribution is not of the form that Carton writes', line);
    else list.add(distribution.name, distribution.version, { line });
  }
  return list.result();
}
