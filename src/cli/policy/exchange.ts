import { wasPolicyRead } from '../../engine/check-push.ts';
import type { Configuration } from '../../engine/configuration.ts';
import { exchangeKinds, toConfigurationLines, toRegistry } from '../../engine/exchange-policy.ts';
import { toPlainLine } from '../../evidence/report/sanitize.ts';
import type { PolicyDecision } from '../../foundation/model/policy.ts';
import { oneOf, UsageError } from '../arguments.ts';
import { exitCodes, type ExitCode, type Terminal } from '../output.ts';

/** Prints what a registry blocks as the lines of `.plimsoll.yaml` that ask for the same. */
export async function importPolicy(decision: PolicyDecision, terminal: Terminal): Promise<ExitCode> {
  if (!wasPolicyRead(decision)) {
    terminal.error(toPlainLine(decision.reason));
    return exitCodes.unfinished;
  }
  const lines = toConfigurationLines(decision);
  if (lines === undefined) {
    terminal.error(
      `A policy of '${toPlainLine(decision.provider)}' says what it blocks in ways that .plimsoll.yaml has no words for: it can be shown and judged by, not imported.`,
    );
    return exitCodes.unfinished;
  }
  for (const sentence of lines.lost) terminal.error(toPlainLine(sentence));
  await terminal.print(lines.text);
  return exitCodes.ok;
}

/** Prints the project's policy as the body that a registry's interface takes. @throws {UsageError} */
export async function exportPolicy(policy: Configuration['policy'], to: string | undefined, terminal: Terminal): Promise<ExitCode> {
  if (to === undefined) throw new UsageError(`say with --to for which kind of registry: ${exchangeKinds.join(', ')}`);
  const kind = oneOf('to', to, exchangeKinds, 'harbor');
  if (policy === undefined) throw new UsageError("there is no 'policy:' in .plimsoll.yaml here or above: nothing to export");
  const { policy: body, lost } = toRegistry(policy, kind);
  for (const sentence of lost) terminal.error(toPlainLine(sentence));
  await terminal.print(`${JSON.stringify(body, null, 2)}\n`);
  return exitCodes.ok;
}
