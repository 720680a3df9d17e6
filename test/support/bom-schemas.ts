import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import { sharedData } from './shared-data.ts';

/** What the schemas ask of texts; Ajv itself has no formats. */
const formats = {
  'date-time': (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)),
  'iri-reference': (text: string) => /^[^\s<>"{}|\\^`]*$/.test(text) && URL.canParse(text, 'https://example.com/'),
  'idn-email': (text: string) => /^[^\s@]+@[^\s@]+$/.test(text),
  uri: (text: string) => URL.canParse(text),
};

/** Returns OWASP's own schema of CycloneDX 1.6 as a function that validates: the copy in the CycloneDX project's own library, with those of licences and signatures that it refers to. */
export function cycloneDxSchema(): ValidateFunction {
  const folder = path.join(path.dirname(fileURLToPath(import.meta.resolve('@cyclonedx/cyclonedx-library/package.json'))), 'res', 'schema');
  const read = (file: string): object => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as object;
  // The library's copies refer to each other by the names of its files.
  const others = ['spdx.SNAPSHOT.schema.json', 'jsf-0.82.SNAPSHOT.schema.json', 'cryptography-defs.SNAPSHOT.schema.json'];
  const ajv = new Ajv({ strict: false, allErrors: true, formats });
  for (const file of others) ajv.addSchema(read(file), `http://cyclonedx.org/schema/${file}`);
  return ajv.compile(read('bom-1.6.SNAPSHOT.schema.json'));
}

const SPDX_IN_CLONE = 'support/2.3:schemas/spdx-schema.json';

/**
 * Returns the schema of SPDX 2.3 documents as a function that validates, or undefined where it is not at hand: it is in no package, and its licence is not ours.
 * PLIMSOLL_SPDX_SCHEMA names the file, or a git clone (bare too) of spdx/spdx-spec; else it is looked for in the shared test data.
 */
export function spdxSchema(): ValidateFunction | undefined {
  const text = readSpdxSchema();
  return text === undefined ? undefined : new Ajv({ strict: false, allErrors: true, formats }).compile(JSON.parse(text) as object);
}

/** Options for a test that needs that schema. */
export function needsSpdxSchema(): { skip: string | false } {
  return {
    skip: readSpdxSchema() === undefined ? 'the SPDX schema is not at hand: PLIMSOLL_SPDX_SCHEMA names a file or a clone of spdx/spdx-spec' : false,
  };
}

function readSpdxSchema(): string | undefined {
  const named = process.env.PLIMSOLL_SPDX_SCHEMA ?? sharedData('schemas/spdx-schema-2.3.json');
  if (named === undefined) return undefined;
  if (named.endsWith('.json')) return existsSync(named) ? readFileSync(named, 'utf8') : undefined;
  try {
    return execFileSync('git', ['-C', named, 'show', SPDX_IN_CLONE], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 16_000_000,
    });
  } catch {
    return undefined;
  }
}
