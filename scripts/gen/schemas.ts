import path from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import { configurationSchema } from '../../src/engine/configuration-schema.ts';
import { configurationSchemaFile } from '../../src/extension/contributions.ts';
import type { GeneratedFile } from '../gen.ts';

interface PublishedSchema {
  readonly out: string;
  /** Module that exports the type, from the project's root. */
  readonly module: string;
  readonly type: string;
  readonly title: string;
}

const published: readonly PublishedSchema[] = [
  { out: 'media/schemas/report.json', module: 'src/foundation/model/report.ts', type: 'ScanReport', title: 'plimsoll scan --format json' },
  {
    out: 'media/schemas/policy.json',
    module: 'src/foundation/model/policy.ts',
    type: 'PolicyDecision',
    title: 'plimsoll policy check --format json',
  },
  {
    out: 'media/schemas/signature.json',
    module: 'src/foundation/model/signature.ts',
    type: 'SignatureCheck',
    title: 'plimsoll verify --format json',
  },
  { out: 'media/schemas/rematch.json', module: 'src/foundation/model/rematch.ts', type: 'RematchResult', title: 'plimsoll rematch --format json' },
  { out: 'media/schemas/push.json', module: 'src/foundation/model/push.ts', type: 'PushReport', title: 'plimsoll push --format json' },
  {
    out: 'media/schemas/evidence.json',
    module: 'src/evidence/log/render-log.ts',
    type: 'EvidenceReport',
    title: 'plimsoll evidence show --format json',
  },
  { out: 'media/schemas/attach.json', module: 'src/foundation/model/attachment.ts', type: 'AttachResult', title: 'plimsoll attach --format json' },
  { out: 'media/schemas/audit.json', module: 'src/foundation/model/audit.ts', type: 'AuditResult', title: 'plimsoll policy audit --format json' },
  { out: 'media/schemas/lint.json', module: 'src/evidence/lint-report/json.ts', type: 'LintReport', title: 'plimsoll lint --format json' },
];

/** Returns the JSON Schemas of what the CLI prints and of the configuration file. */
export function generate(root: string): readonly GeneratedFile[] {
  return [...printedSchemas(root), { path: configurationSchemaFile, text: `${JSON.stringify(configurationSchema(), undefined, 2)}\n` }];
}

/** Made from the types that are printed. Later versions may add properties, so none is forbidden. */
function printedSchemas(root: string): readonly GeneratedFile[] {
  return published.map(({ out, module, type, title }) => {
    const schema = createGenerator({
      path: path.join(root, module),
      tsconfig: path.join(root, 'tsconfig.json'),
      type,
      additionalProperties: true,
      sortProps: true,
      topRef: false,
      skipTypeCheck: true,
      expose: 'export',
      jsDoc: 'extended',
    }).createSchema(type);
    return { path: out, text: `${JSON.stringify({ $schema: schema.$schema, title, ...schema }, undefined, 2)}\n` };
  });
}
