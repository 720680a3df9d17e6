import { readFileSync } from 'node:fs';
import path from 'node:path';
import { rules } from '../../src/dockerfile/lint/rules.generated.ts';
import { activationEvents, capabilities, contributes } from '../../src/extension/contributions.ts';
import type { GeneratedFile } from '../gen.ts';

/** Returns package.json with what it contributes to VS Code taken from src/extension/contributions.ts and the rules; the rest of it is kept as it is. */
export function generate(root: string): readonly GeneratedFile[] {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const generated = { activationEvents, capabilities, contributes: contributes(rules) };
  return [{ path: 'package.json', text: `${JSON.stringify(withGenerated(manifest, generated), null, 2)}\n` }];
}

/** Keys keep their places; new ones go before `scripts`, with the other things that VS Code reads. */
function withGenerated(manifest: Readonly<Record<string, unknown>>, generated: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const missing = Object.entries(generated).filter(([key]) => !Object.hasOwn(manifest, key));
  return Object.fromEntries(
    Object.entries(manifest).flatMap(([key, value]) => [
      ...(key === 'scripts' ? missing : []),
      [key, Object.hasOwn(generated, key) ? generated[key] : value],
    ]),
  );
}
