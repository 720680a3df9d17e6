import { capability, type CapabilityName } from './capabilities.ts';

/** Set by the test command: a JSON object, capability name → why it is not there. */
export const MISSING_VARIABLE = 'PLIMSOLL_TEST_MISSING';

/** Options for a node:test test that needs parts of the machine: `test('…', needs('docker'), …)`. Skips it, with the reason, where one is missing. */
export function needs(...names: readonly CapabilityName[]): { skip: string | false } {
  const reasons = names.flatMap((name) => whyMissing(name) ?? []);
  return { skip: reasons.length === 0 ? false : reasons.join('; ') };
}

function whyMissing(name: CapabilityName): string | undefined {
  const reported = process.env[MISSING_VARIABLE];
  if (reported !== undefined) return (JSON.parse(reported) as Partial<Record<CapabilityName, string>>)[name];
  return capability(name).isPresent()
    ? undefined
    : `${name} is not installed (${capability(name).purpose}); \`npm test\` as root on Debian installs it`;
}
