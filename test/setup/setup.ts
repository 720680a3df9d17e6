import { lastLines } from '../support/processes.ts';
import { installPackages } from './apt.ts';
import { capability, type CapabilityName } from './capabilities.ts';
import { installCodeServer } from './code-server.ts';

export interface SetupResult {
  readonly name: CapabilityName;
  /** Undefined: it is there. */
  readonly failure?: string;
  readonly installed: boolean;
  readonly durationMs: number;
}

/** Returns what became of each capability: found, installed now, or why it cannot be had. Idempotent; installs only what is missing. */
export async function setUp(names: readonly CapabilityName[], log: (text: string) => void): Promise<SetupResult[]> {
  const results = [];
  for (const name of names) results.push(await provide(name, log));
  return results;
}

async function provide(name: CapabilityName, log: (text: string) => void): Promise<SetupResult> {
  const { isPresent, purpose, packages } = capability(name);
  if (isPresent()) return { name, installed: false, durationMs: 0 };
  log(`installing ${name}: ${purpose}\n`);
  const start = performance.now();
  let output = '';
  const keep = (text: string): void => {
    output += text;
  };
  const install = (): Promise<string | undefined> => (name === 'code-server' ? installCodeServer(keep) : installPackages(packages, keep));
  // A cache that cannot be written, a tool that is not there: a reason like any other.
  const refusal = await install().catch((error: unknown) => (error as Error).message);
  const failure = refusal ?? (isPresent() ? undefined : 'it was installed, and still is not there');
  if (failure !== undefined) log(`${lastLines(output, 30)}\n`);
  return { name, installed: failure === undefined, durationMs: performance.now() - start, ...(failure === undefined ? {} : { failure }) };
}
