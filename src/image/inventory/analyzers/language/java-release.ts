import type { Parsed } from '../../../../foundation/base/result.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';

/**
 * The file `release` in the home of a Java runtime, which says its version and who made it; so does the one of a runtime that jlink made for a single program.
 *
 * @see https://openjdk.org/jeps/223
 */
export const analyzer: Analyzer = {
  id: 'java-release',
  version: 1,
  scope: 'file',
  names: ['release'],
  wants: (path) => path.endsWith('/release'),
  analyze,
};

const MAX_BYTES = 64 * 1024;
const decoder = new TextDecoder();

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  // Any folder may have a file of this name.
  const text = file.bytes.length > MAX_BYTES ? '' : decoder.decode(file.bytes);
  const fields = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/^([A-Z_]{1,40})="?([^"\r\n]{0,2000})"?\s*$/gm)) fields.set(name, value);
  const version = fields.get('JAVA_VERSION');
  if (version === undefined || !/^\d[\w.+-]*$/.test(version)) return { value: {}, problems: [] };
  const graalvm = fields.get('GRAALVM_VERSION');
  const runtime = { type: 'generic', name: fields.get('IMPLEMENTOR')?.startsWith('Oracle') === true ? 'oracle-java' : 'openjdk', version } as const;
  return {
    value: {
      packages:
        graalvm === undefined || !/^\d[\w.+-]*$/.test(graalvm) ? [runtime] : [runtime, { type: 'generic', name: 'graalvm', version: graalvm }],
    },
    problems: [],
  };
}
