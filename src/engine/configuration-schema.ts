import type { RuleOption } from '../dockerfile/lint/options.ts';
import { severities } from '../foundation/model/severity.ts';
import { IGNORE_KEY, ignoreDescription, ignoreKeys } from './configuration-ignore.ts';
import {
  configurableRules,
  policyKeys,
  PROVIDERS_KEY,
  providerIds,
  providersDescription,
  ruleLevels,
  RULES_KEY,
  rulesByName,
  rulesDescription,
  SEVERITY_KEY,
  severityDescription,
} from './configuration-keys.ts';
import { MAX_POLICY_DAYS, POLICY_KEY, policyDescription, policyFileKeys, policySwitches, signatureWishes } from './configuration-policy.ts';
import { REVOKED, requirements, TRUST_KEY, trustDescription, trustKeys, type TrustKey } from './configuration-trust.ts';
import type { RuleDescription } from './lint-dockerfile.ts';

type Schema = Readonly<Record<string, unknown>>;

const LEVEL = { $ref: '#/definitions/level' };

/** Returns the JSON Schema (draft-07, which editors read) of `.plimsoll.yaml`, made of the rules and the keys themselves. */
export function configurationSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: '.plimsoll.yaml',
    description: 'What Plimsoll checks in Dockerfiles, for every editor and the command line. The nearest file upwards counts.',
    type: 'object',
    additionalProperties: false,
    properties: {
      [RULES_KEY]: {
        description: rulesDescription,
        type: ['object', 'null'],
        additionalProperties: false,
        properties: Object.fromEntries([...rulesByName].map(([name, rules]) => [name, namedSchema(rules)])),
      },
      ...Object.fromEntries(policyKeys.map((key) => [key.name, { ...optionSchema(key), type: ['array', 'null'] }])),
      [IGNORE_KEY]: { description: ignoreDescription, type: ['array', 'null'], items: ignoreSchema() },
      [POLICY_KEY]: { description: policyDescription, ...policyFileSchema() },
      [TRUST_KEY]: { description: trustDescription, type: ['array', 'null'], items: trustSchema(trustKeys) },
      [PROVIDERS_KEY]: { description: providersDescription, type: ['object', 'null'], additionalProperties: { enum: providerIds } },
    },
    definitions: {
      // YAML 1.1 reads `off` as false.
      level: { description: severityDescription, enum: [...ruleLevels, false] },
      plain: { anyOf: [LEVEL, settingsSchema([])] },
      ...Object.fromEntries(configurableRules.map((rule) => [rule.id, ruleSchema([rule])])),
    },
  };
}

function ignoreSchema(): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['reason'],
    anyOf: ['id', 'package', 'path'].map((name) => ({ properties: { [name]: true }, required: [name] })),
    properties: Object.fromEntries(
      ignoreKeys.map(({ name, description, examples }) => [
        name,
        { description, type: 'string', ...(name === 'expires' ? { pattern: '^\\d{4}-\\d{2}-\\d{2}$' } : { pattern: '\\S' }), examples },
      ]),
    ),
  };
}

function policyFileSchema(): Schema {
  return {
    type: ['object', 'null'],
    additionalProperties: false,
    properties: Object.fromEntries(policyFileKeys.map(({ name, kind, description }) => [name, { description, ...kindSchema(kind) }])),
  };
}

function kindSchema(kind: (typeof policyFileKeys)[number]['kind']): Schema {
  switch (kind) {
    case 'severity':
      return { enum: severities };
    case 'switch':
      return { enum: policySwitches };
    case 'signature':
      return { enum: signatureWishes };
    case 'days':
      return integerSchema({ minimum: 0, maximum: MAX_POLICY_DAYS });
    case 'texts':
      return { type: 'array', items: { type: 'string', pattern: '\\S' } };
    case 'allowlist':
      return {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['id', 'reason'],
          properties: {
            id: { type: 'string', pattern: '\\S' },
            reason: { type: 'string', pattern: '\\S' },
            expires: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
          },
        },
      };
  }
}

function trustSchema(keys: readonly TrustKey[]): Schema {
  const names = keys.map(({ name }) => name);
  const source = ['file', 'pem'];
  return {
    type: 'object',
    additionalProperties: false,
    required: keys.filter(({ isRequired }) => isRequired === true).map(({ name }) => name),
    ...(names.includes('pem') ? { oneOf: source.map((name) => ({ properties: { [name]: true }, required: [name] })) } : {}),
    properties: Object.fromEntries(keys.map((key) => [key.name, { description: key.description, ...trustKindSchema(key) }])),
  };
}

function trustKindSchema({ kind, keys = [], examples = [] }: TrustKey): Schema {
  switch (kind) {
    case 'text':
      return { type: 'string', pattern: '\\S', examples };
    case 'subject':
      return { type: 'string', pattern: '^[^=,]+=[^,]', examples };
    case 'day':
      return { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
    case 'requirement':
      return { enum: requirements };
    case 'texts':
      return { type: 'array', minItems: 1, items: { type: 'string', pattern: '\\S', examples } };
    case 'revoked':
      return { type: 'array', items: { type: 'string', pattern: REVOKED.source, examples } };
    case 'entries':
      return { type: 'array', items: trustSchema(keys) };
  }
}

/** An alias may stand for several rules. */
function namedSchema(rules: readonly RuleDescription[]): Schema {
  const [only] = rules;
  return rules.length === 1 && only !== undefined ? { $ref: `#/definitions/${only.id}` } : ruleSchema(rules);
}

function ruleSchema(rules: readonly RuleDescription[]): Schema {
  const description = rules.map(({ id, title, docs }) => `${title} (${id}). ${docs.reports}`).join('\n\n');
  const hasOptions = rules.some(({ options = [] }) => options.length > 0);
  return { description, ...(hasOptions ? { anyOf: [LEVEL, settingsSchema(rules)] } : { allOf: [{ $ref: '#/definitions/plain' }] }) };
}

function settingsSchema(rules: readonly RuleDescription[]): Schema {
  const options = rules.flatMap(({ options: own = [] }) => own.map((option) => [option.name, optionSchema(option)] as const));
  return { type: 'object', additionalProperties: false, properties: { [SEVERITY_KEY]: LEVEL, ...Object.fromEntries(options) } };
}

function optionSchema(option: RuleOption): Schema {
  const { description, default: value, examples } = option;
  switch (option.kind) {
    case 'texts':
      return { description, type: 'array', items: { type: 'string', pattern: '\\S', examples }, default: value };
    case 'integers':
      return { description, type: 'array', items: { ...integerSchema(option), examples }, default: value };
    case 'integer':
      return { description, ...integerSchema(option), default: value, examples };
  }
}

function integerSchema({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }): Schema {
  return { type: 'integer', minimum, maximum };
}
