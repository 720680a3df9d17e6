import { isImageReference, loadTrust, ruleOfKey, verifySignatures } from '../../engine/verify-signatures.ts';
import { renderSignatures } from '../../evidence/signature-report.ts';
import type { SignatureCheck } from '../../foundation/model/signature.ts';
import { oneOf, parseCommandLine, UsageError } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { exitCodes, type ExitCode, type Terminal } from '../output.ts';
import { configurationFor } from '../policy-options.ts';

const help = `usage: plimsoll verify REFERENCE  [--key FILE | --config FILE]

Tells which signatures an image has in its registry (cosign, sigstore bundles, Notation), and whether one of them is valid: two answers.
Whom to believe stands under 'trust:' in .plimsoll.yaml. Nothing but the image's registry is asked.

  --key FILE         believe this public key (PEM) instead
  --config FILE      believe whom FILE names (default: .plimsoll.yaml here or above)
  --format FORMAT    table (default) or json

exit codes: 0 valid · 1 not valid, not trusted, or not signed · 2 usage · 3 could not tell`;

async function run(args: readonly string[], { terminal, signal }: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, { format: { type: 'string' }, key: { type: 'string' }, config: { type: 'string' } });
  const format = oneOf('format', values.format, ['table', 'json'], 'table');
  const [reference, ...more] = positionals;
  if (reference === undefined || more.length > 0) throw new UsageError('name one image: REGISTRY/REPOSITORY:TAG');
  if (!isImageReference(reference)) throw new UsageError(`${JSON.stringify(reference.slice(0, 200))} is not the name of an image`);
  if (values.key !== undefined && values.config !== undefined) throw new UsageError('give --key FILE or --config FILE, only one of them');
  const check = await verifySignatures(reference, await rulesFor(values.key, values.config, terminal), { signal });
  await terminal.print(renderSignatures(format, check, terminal));
  return exitCodeOf(check);
}

async function rulesFor(key: string | undefined, config: string | undefined, terminal: Terminal): ReturnType<typeof rulesOfConfiguration> {
  if (key === undefined) return rulesOfConfiguration(config, terminal);
  const rule = await ruleOfKey(key);
  if (typeof rule === 'string') throw new UsageError(`--key: ${rule}`);
  return [rule];
}

async function rulesOfConfiguration(config: string | undefined, terminal: Terminal) {
  return (await loadTrust(await configurationFor(config, terminal))) ?? [];
}

function exitCodeOf({ valid }: SignatureCheck): ExitCode {
  switch (valid) {
    case 'valid':
      return exitCodes.ok;
    case 'invalid':
    case 'untrusted':
    case 'absent':
      return exitCodes.findings;
    case 'unknown':
      return exitCodes.unfinished;
  }
}

export const verify: Command = {
  name: 'verify',
  summary: 'tell which signatures an image has in its registry, and whether they are valid',
  help,
  run,
};
