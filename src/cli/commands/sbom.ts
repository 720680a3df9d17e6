import { renderReport } from '../../engine/render-report.ts';
import { scanImage } from '../../engine/scan-image.ts';
import { oneOf, parseCommandLine } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { creationTime } from '../creation-time.ts';
import { toImageInput, toPlatform } from '../image-arguments.ts';
import { exitCodes, type ExitCode } from '../output.ts';

const help = `usage: plimsoll sbom IMAGE [--remote] | --input FILE|DIR  [options]

Lists what is installed in an image of the local engine, of a registry, of a docker save archive, of an OCI layout (directory or archive),
of a directory that skopeo wrote, or of a root file system in a directory: each package with its licences, the files and
layers it was found in, and the packages it needs where its package manager recorded them. Needs no advisories. What it
writes, "plimsoll scan --sbom FILE" reads.

  --format FORMAT        cyclonedx (1.6, default) or spdx (2.3), as JSON
  -o, --output FILE      write the result there instead of stdout
  --remote               take IMAGE from its registry instead of the local engine
  --platform OS/ARCH     which image of a multi-platform one (default linux and this machine's)
  --no-cache             look at every layer anew, and remember nothing
  -q, --quiet            show no progress

The same image gives the same bytes but for the time of writing, which the variable SOURCE_DATE_EPOCH (seconds since 1970) sets.

exit codes: 0 done · 2 usage · 3 could not finish, or something could not be read (named on stderr)`;

async function run(args: readonly string[], { terminal, signal }: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, {
    format: { type: 'string' },
    output: { type: 'string', short: 'o' },
    input: { type: 'string' },
    platform: { type: 'string' },
    remote: { type: 'boolean' },
    'no-cache': { type: 'boolean' },
  });
  const format = oneOf('format', values.format, ['cyclonedx', 'spdx'], 'cyclonedx');
  const platform = toPlatform(values.platform);
  const createdAt = creationTime();
  const report = await scanImage(
    toImageInput(positionals, values),
    { inventoryOnly: true, ...(values['no-cache'] === true ? { useCache: false } : {}), ...(platform === undefined ? {} : { platform }) },
    { signal, onProgress: terminal.progress },
  );
  terminal.endProgress();
  await terminal.print(renderReport(report, format, { createdAt }), values.output);
  for (const problem of report.problems) terminal.error(problem.message);
  return report.status === 'partial' ? exitCodes.unfinished : exitCodes.ok;
}

export const sbom: Command = { name: 'sbom', summary: 'list the packages of an image as CycloneDX or SPDX', help, run };
