import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkPush, readNamespacePolicy, wasPolicyRead } from '../../engine/check-push.ts';
import { readConfiguration, type Configuration } from '../../engine/configuration.ts';
import { parseReport } from '../../engine/parse-report.ts';
import { scanImage } from '../../engine/scan-image.ts';
import { renderPolicy } from '../../evidence/policy-report.ts';
import { toPlainLine } from '../../evidence/report/sanitize.ts';
import { messageOf } from '../../foundation/base/result.ts';
import type { PolicyDecision } from '../../foundation/model/policy.ts';
import type { ScanReport } from '../../foundation/model/report.ts';
import { oneOf, parseCommandLine, UsageError } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { toImageInput, toPlatform } from '../image-arguments.ts';
import { exitCodes, type ExitCode } from '../output.ts';

const help = `usage: plimsoll policy check IMAGE | --input FILE|DIR | --report FILE  [--as REFERENCE]
       plimsoll policy show REGISTRY/NAMESPACE

Predicts whether the registry would refuse to let the image be pulled, and names the smallest fix that passes.
A 'policy:' in .plimsoll.yaml is judged by as well.

  --as REFERENCE         the reference the image would be pushed as (default: its own)
  --report FILE          judge a saved 'plimsoll scan --format json' instead of scanning
  --format FORMAT        table (default) or json
  --platform OS/ARCH     which image of a multi-platform one
  --advisories FILE      use this advisory database
  --config FILE          the project's own policy is in FILE (default: .plimsoll.yaml here or above)

exit codes: 0 allow · 1 block, or block until scanned · 2 usage · 3 unknown, or could not finish`;

const vulnerabilityScan = { categories: ['os-vulnerability', 'application-vulnerability'] } as const;

async function run(args: readonly string[], { terminal, signal }: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, {
    format: { type: 'string' },
    as: { type: 'string' },
    report: { type: 'string' },
    input: { type: 'string' },
    platform: { type: 'string' },
    advisories: { type: 'string' },
    config: { type: 'string' },
  });
  const format = oneOf('format', values.format, ['table', 'json'], 'table');
  const [action, ...rest] = positionals;
  if (action === 'show') {
    const [namespace, ...more] = rest;
    if (namespace === undefined || more.length > 0) throw new UsageError('name one REGISTRY/NAMESPACE');
    const decision = await readNamespacePolicy(namespace, { signal, configuration: await configurationFor(values.config, terminal) });
    await terminal.print(renderPolicy(format, decision, terminal));
    return wasPolicyRead(decision) ? exitCodes.ok : exitCodes.unfinished;
  }
  if (action !== 'check') throw new UsageError(action === undefined ? 'say what to do: check or show' : `there is no 'policy ${action}'`);

  if (values.report !== undefined && (rest.length > 0 || values.input !== undefined))
    throw new UsageError('give IMAGE, --input FILE or --report FILE, only one of them');
  let report: ScanReport;
  if (values.report === undefined) {
    const platform = toPlatform(values.platform);
    report = await scanImage(
      toImageInput(rest, { input: values.input }),
      {
        ...vulnerabilityScan,
        ...(platform === undefined ? {} : { platform }),
        ...(values.advisories === undefined ? {} : { advisoriesFile: values.advisories }),
      },
      { signal, onProgress: terminal.progress },
    );
    terminal.endProgress();
  } else {
    report = await readReport(values.report);
  }
  const reference = values.as ?? report.image.reference;
  if (reference === undefined) throw new UsageError('the image has no name of its own: say with --as REFERENCE what it would be pushed as');
  const decision = await checkPush(report, reference, { signal, configuration: await configurationFor(values.config, terminal) });
  await terminal.print(renderPolicy(format, decision, terminal));
  return exitCodeOf(decision);
}

/** What is wrong in it is said; what is right in it counts. */
async function configurationFor(named: string | undefined, terminal: CommandContext['terminal']): Promise<Configuration> {
  const configuration = await readConfiguration(path.resolve('image'), named);
  for (const { message } of configuration.problems) terminal.error(toPlainLine(message));
  if (named !== undefined && configuration.problems.some(({ range }) => range === undefined))
    throw new UsageError(`--config ${named} cannot be read`);
  return configuration;
}

async function readReport(file: string): Promise<ScanReport> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--report ${file} cannot be read: ${messageOf(error)}`);
  }
  const report = parseReport(text);
  if (typeof report === 'string') throw new UsageError(`--report ${file} is not a report of 'plimsoll scan --format json': ${report}`);
  return report;
}

function exitCodeOf(decision: PolicyDecision): ExitCode {
  switch (decision.decision) {
    case 'allow':
      return exitCodes.ok;
    case 'block':
    case 'block-until-scanned':
      return exitCodes.findings;
    case 'unknown':
      return exitCodes.unfinished;
  }
}

export const policy: Command = { name: 'policy', summary: "show a registry's blocking policy, or check an image against it", help, run };
