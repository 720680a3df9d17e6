import { compareWithRegistry } from '../../engine/push-image-comparison.ts';
import { isPushTarget, pushImage, type PushHooks } from '../../engine/push-image.ts';
import { scanImage } from '../../engine/scan-image.ts';
import { renderPush } from '../../evidence/push-report.ts';
import { toPlainLine } from '../../evidence/report/sanitize.ts';
import { MAX_SCAN_WAIT_MS } from '../../foundation/base/limits.ts';
import type { ScanComparison } from '../../foundation/model/push.ts';
import { oneOf, parseCommandLine, UsageError } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { toPlatform } from '../image-arguments.ts';
import { exitCodes, type ExitCode } from '../output.ts';
import { configurationFor, exitCodeOf } from '../policy-options.ts';

const help = `usage: plimsoll push IMAGE [--as REFERENCE]  [options]

Scans an image of the local engine, checks it against the registry's policy and the project's own as 'plimsoll policy check' does, and lets the engine push it when the decision is 'allow'.
Signs in with what Docker or Podman is signed in with. Every push, and every refusal, is a line of the evidence log (see 'plimsoll evidence').

  --as REFERENCE         push as REGISTRY/NAMESPACE/NAME:TAG; the image gets that name (default: its own)
  --reason TEXT          push all the same when the decision is not 'allow'; the reason is kept in the evidence log
  --dry-run              decide, and push nothing
  --wait-for-scan SEC    wait so long for the registry's own scan, to compare it with the one here (default 0: ask once)
  --format FORMAT        table (default) or json
  --platform OS/ARCH     which image of a multi-platform one; only that is pushed
  --advisories FILE      use this advisory database
  --config FILE          the project's own policy is in FILE (default: .plimsoll.yaml here or above)

exit codes: 0 pushed, or would be · 1 blocked, and not pushed · 2 usage · 3 not known whether it would be blocked, and not pushed; or could not finish`;

async function run(args: readonly string[], { terminal, signal }: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, {
    format: { type: 'string' },
    as: { type: 'string' },
    reason: { type: 'string' },
    'dry-run': { type: 'boolean' },
    'wait-for-scan': { type: 'string' },
    platform: { type: 'string' },
    advisories: { type: 'string' },
    config: { type: 'string' },
  });
  const [reference, ...more] = positionals;
  if (reference === undefined || reference === '') throw new UsageError('name an IMAGE of the local engine');
  if (more.length > 0) throw new UsageError(`one image at a time; '${more.join(' ')}' is too much`);
  if (values.reason?.trim() === '') throw new UsageError('--reason is empty: say why the image must be pushed all the same');
  if (values.as !== undefined && !isPushTarget(values.as))
    throw new UsageError(`--as is REGISTRY/NAMESPACE/NAME:TAG, the names in lower case and without a digest; not '${values.as}'`);
  const format = oneOf('format', values.format, ['table', 'json'], 'table');
  const platform = toPlatform(values.platform);
  const waitMs = toWait(values['wait-for-scan']);
  const configuration = await configurationFor(values.config, terminal);
  const onProgress = format === 'json' ? undefined : terminal.progress;
  const hooks: PushHooks = { signal, configuration, ...(onProgress === undefined ? {} : { onProgress }) };

  const report = await scanImage(
    { kind: 'engine', reference },
    { ...(platform === undefined ? {} : { platform }), ...(values.advisories === undefined ? {} : { advisoriesFile: values.advisories }) },
    hooks,
  );
  const result = await pushImage(
    {
      report,
      source: { reference },
      dryRun: values['dry-run'] === true,
      ...(values.as === undefined ? {} : { target: values.as }),
      ...(platform === undefined ? {} : { platform }),
      ...(values.reason === undefined ? {} : { reason: values.reason }),
    },
    {
      ...hooks,
      // Told before the push: the tag that is there may keep it from being made. What is not pushed is told whole, later.
      onDecision: ({ decision, problems }) => {
        const isPushed = values['dry-run'] !== true && (decision === 'allow' || values.reason !== undefined);
        if (format === 'table' && isPushed) for (const { message } of problems) terminal.note(`! ${toPlainLine(message)}`);
      },
    },
  );
  const registryScan = result.digest === undefined ? undefined : await compare(report, result.reference, result.digest, { ...hooks, waitMs });
  terminal.endProgress();
  await terminal.print(renderPush(format, { ...result, ...(registryScan === undefined ? {} : { registryScan }) }, terminal));
  return result.outcome === 'pushed' ? exitCodes.ok : exitCodeOf(result.decision);
}

/** Whoever stops waiting has pushed all the same. */
async function compare(...asked: Required<Parameters<typeof compareWithRegistry>>): Promise<ScanComparison | undefined> {
  try {
    return await compareWithRegistry(...asked);
  } catch (error) {
    if (asked[3].signal?.aborted === true) return undefined;
    throw error;
  }
}

function toWait(value: string | undefined): number {
  if (value === undefined) return 0;
  const seconds = /^\d{1,6}$/.test(value) ? Number(value) : NaN;
  if (!(seconds * 1000 <= MAX_SCAN_WAIT_MS))
    throw new UsageError(`--wait-for-scan is a number of seconds up to ${MAX_SCAN_WAIT_MS / 1000}; not '${value}'`);
  return seconds * 1000;
}

export const push: Command = { name: 'push', summary: 'check an image, and push it when nothing forbids it', help, run };
