import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { sharedData } from './shared-data.ts';

const PATH_IN_CLONE = 'HEAD:sarif-2.1/schema/sarif-schema-2.1.0.json';

/**
 * Returns OASIS's own schema of SARIF 2.1.0 as a function that validates, or undefined where it is not at hand: its terms do not let it be kept in this repository.
 * PLIMSOLL_SARIF_SCHEMA names the file, or a git clone (bare too) of oasis-tcs/sarif-spec; else it is looked for in the shared test data.
 */
export function sarifSchema(): ValidateFunction | undefined {
  const text = readSchema();
  if (text === undefined) return undefined;
  // It is of draft 4, whose only words that newer drafts read otherwise are these two.
  const schema = Object.fromEntries(Object.entries(JSON.parse(text) as object).filter(([key]) => key !== '$schema' && key !== 'id'));
  return new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
}

/** Options for a test that needs the schema. */
export function needsSarifSchema(): { skip: string | false } {
  return {
    skip:
      readSchema() === undefined ? 'the SARIF schema is not at hand: PLIMSOLL_SARIF_SCHEMA names a file or a clone of oasis-tcs/sarif-spec' : false,
  };
}

function readSchema(): string | undefined {
  const named = process.env.PLIMSOLL_SARIF_SCHEMA ?? sharedData('schemas/sarif-schema-2.1.0.json');
  if (named === undefined) return undefined;
  if (named.endsWith('.json')) return existsSync(named) ? readFileSync(named, 'utf8') : undefined;
  try {
    return execFileSync('git', ['-C', named, 'show', PATH_IN_CLONE], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 16_000_000,
    });
  } catch {
    return undefined;
  }
}
