import { readFile } from 'node:fs/promises';
import { ExceptionsError, readExceptions, type Exceptions } from '../../engine/exceptions.ts';
import { renderReport, reportFormats } from '../../engine/render-report.ts';
import { scanImage } from '../../engine/scan-image.ts';
import { toPlainLine } from '../../evidence/report/sanitize.ts';
import { messageOf } from '../../foundation/base/result.ts';
import { findingCategories } from '../../foundation/model/finding.ts';
import type { ScanReport } from '../../foundation/model/report.ts';
import { severities } from '../../foundation/model/severity.ts';
import { tellAge } from '../advisories-age.ts';
import { listOf, oneOf, parseCommandLine, UsageError } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { creationTime } from '../creation-time.ts';
import { toImageInput, toPlatform } from '../image-arguments.ts';
import { exitCodes, type ExitCode, type Terminal } from '../output.ts';

const help = `usage: plimsoll scan IMAGE [--remote] | --input FILE|DIR | --sbom FILE  [options]

Scans an image of the local engine, of a registry, a docker save archive, an OCI layout (directory or archive),
a directory that skopeo wrote, or a root file system in a directory.

  --format FORMAT        ${reportFormats.join(', ')} (default table)
  -o, --output FILE      write the result there instead of stdout
  --only CATEGORY,...    ${findingCategories.join(', ')}
  --severity LEVEL       leave out findings below LEVEL: ${severities.join(', ')}
  --ignore-unfixed       leave out vulnerabilities that have no fixed version
  --config FILE          take what can be ignored from this file instead of the nearest .plimsoll.yaml, here or above
  --vex FILE             leave out what this VEX document (OpenVEX, CycloneDX, CSAF) says is not affected or fixed; may be repeated
  --verbose              in the table: why each vulnerability was reported, and what everybody says of it
  --remote               take IMAGE from its registry instead of the local engine
  --shared-reports       use a report that was attached to the image in its registry (plimsoll attach), where one can be used; asks the registry
  --sbom FILE            check the packages that a CycloneDX or SPDX file (JSON) lists, without the image
  --platform OS/ARCH     which image of a multi-platform one (default linux and this machine's)
  --dockerfile FILE      place findings on the lines of the Dockerfile the image was built from
  --advisories FILE      use this advisory database
  --no-cache             look at every layer anew, and remember nothing
  --offline              use no network, which a scan does with --remote and --shared-reports only

exit codes: 0 nothing found at or above LEVEL · 1 findings · 2 usage · 3 could not finish, or the report is partial`;

async function run(args: readonly string[], { terminal, signal }: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, {
    format: { type: 'string' },
    output: { type: 'string', short: 'o' },
    input: { type: 'string' },
    only: { type: 'string' },
    severity: { type: 'string' },
    'ignore-unfixed': { type: 'boolean' },
    config: { type: 'string' },
    vex: { type: 'string', multiple: true },
    verbose: { type: 'boolean' },
    platform: { type: 'string' },
    remote: { type: 'boolean' },
    sbom: { type: 'string' },
    dockerfile: { type: 'string' },
    advisories: { type: 'string' },
    'no-cache': { type: 'boolean' },
    'shared-reports': { type: 'boolean' },
    offline: { type: 'boolean' },
  });
  const format = oneOf('format', values.format, reportFormats, 'table');
  const platform = toPlatform(values.platform);
  const createdAt = creationTime();
  if (values.offline === true && values.remote === true) throw new UsageError('--remote needs the network, which --offline forbids');
  if (values.offline === true && values['shared-reports'] === true)
    throw new UsageError('--shared-reports needs the network, which --offline forbids');
  const categories = listOf('only', values.only, findingCategories);
  const minimumSeverity = values.severity === undefined ? undefined : oneOf('severity', values.severity, severities, 'unknown');
  const exceptions = await takeExceptions(values, terminal);
  const report = await scanImage(
    toImageInput(positionals, values),
    {
      ...(platform === undefined ? {} : { platform }),
      ...(categories === undefined ? {} : { categories }),
      ...(minimumSeverity === undefined ? {} : { minimumSeverity }),
      ...(values['ignore-unfixed'] === true ? { ignoreUnfixed: true } : {}),
      exceptions,
      ...(values['no-cache'] === true ? { useCache: false } : {}),
      ...(values['shared-reports'] === true ? { sharedReports: true } : {}),
      ...(values.advisories === undefined ? {} : { advisoriesFile: values.advisories }),
      ...(values.dockerfile === undefined ? {} : { dockerfile: await readDockerfile(values.dockerfile) }),
    },
    {
      signal,
      onProgress: terminal.progress,
      onNote: (text) => {
        terminal.note(toPlainLine(text));
      },
    },
  );
  terminal.endProgress();
  await terminal.print(
    renderReport(report, format, {
      createdAt,
      ...(values.verbose === true ? { verbose: true } : {}),
      ...(values.output === undefined ? { color: terminal.color, width: terminal.width } : {}),
    }),
    values.output,
  );
  tellAge(report.advisories, { always: values.offline === true }, terminal);
  return exitCodeOf(report);
}

/** What is wrong in the configuration is told; what is right in it counts. @throws {UsageError} when a file that was named cannot be used */
async function takeExceptions(
  { config, vex }: { readonly config?: string | undefined; readonly vex?: string[] | undefined },
  terminal: Terminal,
): Promise<Exceptions> {
  try {
    const { exceptions, problems } = await readExceptions({
      folder: process.cwd(),
      ...(config === undefined ? {} : { configuration: config }),
      ...(vex === undefined ? {} : { vex }),
    });
    for (const { message } of problems) terminal.error(toPlainLine(message));
    return exceptions;
  } catch (error) {
    if (error instanceof ExceptionsError) throw new UsageError(error.message);
    throw error;
  }
}

async function readDockerfile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--dockerfile ${file} cannot be read: ${messageOf(error)}`);
  }
}

/** Partial wins over findings: a pipeline must not take what was found for all there is. */
export function exitCodeOf(report: ScanReport): ExitCode {
  if (report.status === 'partial') return exitCodes.unfinished;
  return report.findings.length > 0 ? exitCodes.findings : exitCodes.ok;
}

export const scan: Command = { name: 'scan', summary: 'scan an image: vulnerabilities, secrets, malware, baseline, build history', help, run };
