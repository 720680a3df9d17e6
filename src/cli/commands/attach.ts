import { attach, AttachError, detachAll } from '../../engine/attach.ts';
import { ExceptionsError, readExceptions, type Exceptions } from '../../engine/exceptions.ts';
import { renderAttached } from '../../evidence/attach-report.ts';
import { toPlainLine } from '../../evidence/report/sanitize.ts';
import type { AttachmentKind } from '../../foundation/model/attachment.ts';
import { oneOf, parseCommandLine, UsageError } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { creationTime } from '../creation-time.ts';
import { toPlatform } from '../image-arguments.ts';
import { exitCodes, type ExitCode } from '../output.ts';

const help = `usage: plimsoll attach REFERENCE [--report FILE] [--sbom FILE] [--vex FILE]  [options]
       plimsoll attach REFERENCE --remove

Puts a report, a bill of materials or a VEX document beside an image in its registry, as an artifact that refers to the image's
digest: whoever pulls the image finds them there, and "plimsoll scan --shared-reports" uses the report. With no file named,
the image is scanned in its registry, and its report and CycloneDX bill of materials are attached, with an OpenVEX document
where something is ignored. The same content is not attached twice. Of a multi-platform image, each platform gets its own.

  --report FILE          a 'plimsoll scan --format json' of this image, without --only, --severity and --ignore-unfixed
  --sbom FILE            CycloneDX or SPDX, as JSON
  --vex FILE             OpenVEX, or CycloneDX with vulnerabilities, as JSON
  --platform OS/ARCH     only the image for that platform
  --replace              take away what Plimsoll attached of the same kind before
  --remove               take away all that Plimsoll attached
  --format FORMAT        table (default) or json
  --config FILE          take what can be ignored from FILE (default: .plimsoll.yaml here or above)
  --advisories FILE      use this advisory database
  --no-cache             look at every layer anew, and remember nothing
  -q, --quiet            show no progress

Needs an account that may push to the repository: what docker is signed in with.

exit codes: 0 done · 2 usage · 3 could not finish, or the image could not be read in full (named on stderr)`;

async function run(args: readonly string[], { terminal, signal }: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, {
    report: { type: 'string', multiple: true },
    sbom: { type: 'string', multiple: true },
    vex: { type: 'string', multiple: true },
    platform: { type: 'string' },
    replace: { type: 'boolean' },
    remove: { type: 'boolean' },
    format: { type: 'string' },
    config: { type: 'string' },
    advisories: { type: 'string' },
    'no-cache': { type: 'boolean' },
  });
  const format = oneOf('format', values.format, ['table', 'json'], 'table');
  const [reference, ...more] = positionals;
  if (reference === undefined || more.length > 0) throw new UsageError('name one REFERENCE of an image in a registry');
  const platform = toPlatform(values.platform);
  const chosen = platform === undefined ? {} : { platform };
  const files = (['report', 'sbom', 'vex'] as const satisfies readonly AttachmentKind[]).flatMap((kind) =>
    (values[kind] ?? []).map((path) => ({ kind, path })),
  );
  if (values.remove === true && (files.length > 0 || values.replace === true))
    throw new UsageError('--remove takes away: name nothing to attach with it');
  const hooks = { signal, onProgress: terminal.progress };
  const result = await asUsage(async () =>
    values.remove === true
      ? detachAll(reference, chosen, hooks)
      : attach(
          reference,
          {
            ...chosen,
            files,
            createdAt: creationTime(),
            ...(values.replace === true ? { replace: true } : {}),
            scan: {
              ...(files.length > 0 ? {} : { exceptions: await takeExceptions(values.config, terminal.error) }),
              ...(values.advisories === undefined ? {} : { advisoriesFile: values.advisories }),
              ...(values['no-cache'] === true ? { useCache: false } : {}),
            },
          },
          hooks,
        ),
  );
  terminal.endProgress();
  await terminal.print(renderAttached(format, result, terminal));
  for (const { message } of result.problems) terminal.error(toPlainLine(message));
  return result.problems.length === 0 ? exitCodes.ok : exitCodes.unfinished;
}

async function takeExceptions(configuration: string | undefined, tell: (line: string) => void): Promise<Exceptions> {
  const { exceptions, problems } = await readExceptions({ folder: process.cwd(), ...(configuration === undefined ? {} : { configuration }) });
  for (const { message } of problems) tell(toPlainLine(message));
  return exceptions;
}

async function asUsage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AttachError || error instanceof ExceptionsError) throw new UsageError(error.message);
    throw error;
  }
}

export const attachCommand: Command = {
  name: 'attach',
  summary: 'put report, bill of materials and VEX beside an image in its registry',
  help,
  run,
};
