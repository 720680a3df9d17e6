import { readNamespacePolicy, wasPolicyRead } from '../../engine/check-push.ts';
import { renderPolicy } from '../../evidence/policy-report.ts';
import { oneOf, parseCommandLine, UsageError } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { exitCodes, type ExitCode } from '../output.ts';
import { auditHelp } from '../policy/audit-help.ts';
import { check } from '../policy/check.ts';
import { exportPolicy, importPolicy } from '../policy/exchange.ts';
import { configurationFor, exitCodeOf } from '../policy-options.ts';

const help = `usage: plimsoll policy check IMAGE | --input FILE|DIR | --report FILE  [--as REFERENCE]
       plimsoll policy show REGISTRY/NAMESPACE
       plimsoll policy import REGISTRY/NAMESPACE
       plimsoll policy export --to KIND
       plimsoll policy audit REGISTRY/NAMESPACE  (plimsoll policy audit --help tells more)

Predicts whether the registry would refuse to let the image be pulled, and names the smallest fix that passes.
A 'policy:' in .plimsoll.yaml is judged by as well. 'import' prints such a policy that asks for what a registry
does; 'export' prints the project's policy as a registry takes it, and says what that registry cannot hold.

  --as REFERENCE         the reference the image would be pushed as (default: its own)
  --report FILE          judge a saved 'plimsoll scan --format json' instead of scanning
  --remote               IMAGE is read from its registry
  --format FORMAT        table (default) or json
  --platform OS/ARCH     which image of a multi-platform one
  --all-platforms        judge every image of a multi-platform one: any that is refused refuses it
  --advisories FILE      use this advisory database
  --config FILE          the project's own policy is in FILE (default: .plimsoll.yaml here or above)
  --to KIND              harbor, tcr or swr

exit codes: 0 allow · 1 block, or block until scanned · 2 usage · 3 unknown, or could not finish`;

async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { terminal, signal } = context;
  if (args[0] === 'audit') return (await import('./policy-audit.ts')).runAuditCommand(args.slice(1), context);
  const { values, positionals } = parseCommandLine(args, {
    format: { type: 'string' },
    as: { type: 'string' },
    report: { type: 'string' },
    input: { type: 'string' },
    remote: { type: 'boolean' },
    platform: { type: 'string' },
    'all-platforms': { type: 'boolean' },
    advisories: { type: 'string' },
    config: { type: 'string' },
    to: { type: 'string' },
  });
  const format = oneOf('format', values.format, ['table', 'json'], 'table');
  const [action, ...rest] = positionals;
  const configuration = await configurationFor(values.config, terminal);
  switch (action) {
    case 'check': {
      const decision = await check(rest, values, configuration, context);
      await terminal.print(renderPolicy(format, decision, terminal));
      return exitCodeOf(decision);
    }
    case 'show':
    case 'import': {
      const decision = await readNamespacePolicy(oneNamespace(rest), { signal, configuration });
      if (action === 'import') return importPolicy(decision, terminal);
      const policyOnly = wasPolicyRead(decision);
      await terminal.print(renderPolicy(format, decision, { color: terminal.color, width: terminal.width, policyOnly }));
      return policyOnly ? exitCodes.ok : exitCodes.unfinished;
    }
    case 'export':
      if (rest.length > 0) throw new UsageError("'policy export' takes the policy of .plimsoll.yaml: name none");
      return exportPolicy(configuration.policy, values.to, terminal);
    default:
      throw new UsageError(action === undefined ? 'say what to do: check, show, import, export or audit' : `there is no 'policy ${action}'`);
  }
}

function oneNamespace([namespace, ...more]: readonly string[]): string {
  if (namespace === undefined || more.length > 0) throw new UsageError('name one REGISTRY/NAMESPACE');
  return namespace;
}

export const policy: Command = {
  name: 'policy',
  summary: "show a registry's blocking policy, or check an image against it",
  help,
  helpOf: { audit: auditHelp },
  run,
};
