import type { Instruction } from '../../syntax/model.ts';
import type { ShellWord } from '../../syntax/shell/command.ts';
import { isHarmlessValue } from './secret-names.ts';

/** A `--mount=type=secret,…` of a RUN. */
export interface SecretMount {
  readonly id: string | undefined;
  readonly env: string | undefined;
  readonly target: string | undefined;
}

/** Returns the secrets that a RUN is given. */
export function secretMountsOf({ flags }: Instruction): readonly SecretMount[] {
  return flags.flatMap(({ name, value }) => {
    if (name !== 'mount' || value?.includes('type=secret') !== true) return [];
    const fields = new Map(value.split(',').map((field) => [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)]));
    return [{ id: fields.get('id'), env: fields.get('env'), target: fields.get('target') ?? fields.get('dst') ?? fields.get('destination') }];
  });
}

/** True when a RUN is given a secret in this environment variable. */
export function isMountedAs(instruction: Instruction, variable: string): boolean {
  return secretMountsOf(instruction).some(({ env }) => env === variable);
}

/** Returns the text that gives a RUN a secret as an environment variable, to be put behind its keyword. */
export function secretMount(variable: string): string {
  return ` --mount=type=secret,id=${variable.toLowerCase().replaceAll('_', '-')},env=${variable}`;
}

/** True for a stretch of a word that is a secret written out: no variable, substitution or placeholder. */
export function isLiteralSecret(value: string, word: ShellWord): boolean {
  return word.substitutions.length === 0 && !/[$`%<{]/.test(value) && value.length >= MIN_SECRET && !isHarmlessValue(value) && !/^\*+$/.test(value);
}

const MIN_SECRET = 3;
