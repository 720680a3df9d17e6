import type { TextsOption } from '../dockerfile/lint/options.ts';
import type { LintPolicy } from '../dockerfile/lint/rule.ts';
import { rules } from '../dockerfile/lint/rules.generated.ts';
import { suppressionRules } from '../dockerfile/lint/suppressions.ts';
import { severities } from '../foundation/model/severity.ts';
import { providers } from '../gate/providers.generated.ts';
import { IGNORE_KEY, ignoreDescription } from './configuration-ignore.ts';
import { POLICY_KEY, policyDescription } from './configuration-policy.ts';
import { TRUST_KEY, trustDescription } from './configuration-trust.ts';
import type { RuleDescription } from './lint-dockerfile.ts';

export type { RuleOption } from '../dockerfile/lint/options.ts';

export const RULES_KEY = 'rules';
export const SEVERITY_KEY = 'severity';
/** What a rule may be set to. */
export const ruleLevels = [...severities, 'off'] as const;

export const rulesDescription =
  'The severity of a rule, or `off`, by its id, its slug or the id it has in another linter. A rule with options takes a map: `severity` and the options.';
export const severityDescription = `How much the rule's findings weigh: ${ruleLevels.join(', ')}. Default: the rule's own.`;

/** What an organisation says of its images: lists at the top of the file. */
export const policyKeys: readonly (TextsOption & { readonly name: keyof LintPolicy })[] = [
  {
    kind: 'texts',
    name: 'trustedRegistries',
    description:
      'Where images may come from: a registry (`registry.example.com`), a part of one (`ghcr.io/acme`, `docker.io/library`), or all below a domain (`*.example.com`). While the list is empty, every registry is trusted (rule PL1004).',
    default: [],
    examples: ['docker.io/library', 'ghcr.io/acme', '*.corp.example'],
  },
  {
    kind: 'texts',
    name: 'deniedPackages',
    description:
      'Packages that must not be installed, by any package manager (`telnetd`) or by one (`npm:event-stream`); `python-*` stands for all that begin so (rule PL1009).',
    default: [],
    examples: ['telnetd', 'npm:event-stream', 'python-nmap*'],
  },
  {
    kind: 'texts',
    name: 'deniedVendors',
    description: 'Whose packages must not be installed: an npm scope, a Composer vendor, a Go path, a Maven group (rule PL1009).',
    default: [],
    examples: ['@acme', 'github.com/acme'],
  },
  {
    kind: 'texts',
    name: 'requiredLabels',
    description:
      'Labels that the image must have. A form may follow the name: `text`, `url`, `rfc3339`, `spdx`, `hash`, `semver` or `email` (rules PL8041 and PL8032).',
    default: [],
    examples: ['org.opencontainers.image.source=url', 'com.example.team'],
  },
  {
    kind: 'texts',
    name: 'allowedLabels',
    description:
      'Labels that the image may have beside the required ones, written in the same way; `com.example.*` allows all that begin so. While the list is empty, every label is allowed (rule PL8042).',
    default: [],
    examples: ['org.opencontainers.image.*', 'maintainer'],
  },
];

/** Which kind of registry stands behind a host that does not tell it. */
export const PROVIDERS_KEY = 'policyProviders';
export const providersDescription = `What kind of registry a host is, where its name does not tell (a custom domain): \`registry.example.com: tcr\`. Kinds: ${providers.map(({ id }) => id).join(', ')}.`;
export const providerIds: readonly string[] = providers.map(({ id }) => id);

export const topKeys: readonly { readonly name: string; readonly description: string }[] = [
  { name: RULES_KEY, description: rulesDescription },
  ...policyKeys,
  { name: IGNORE_KEY, description: ignoreDescription },
  { name: POLICY_KEY, description: policyDescription },
  { name: TRUST_KEY, description: trustDescription },
  { name: PROVIDERS_KEY, description: providersDescription },
];

/** Every rule that the configuration may set, those about suppression comments included. */
export const configurableRules: readonly RuleDescription[] = [...suppressionRules.map((rule) => ({ ...rule, aliases: [] })), ...rules];

/** Rules by id, slug and alias. Several rules may share an alias. */
export const rulesByName: ReadonlyMap<string, readonly RuleDescription[]> = indexRules();

function indexRules(): ReadonlyMap<string, readonly RuleDescription[]> {
  const index = new Map<string, RuleDescription[]>();
  for (const rule of configurableRules) {
    for (const name of [rule.id, rule.slug, ...rule.aliases]) {
      const sharing = index.get(name);
      if (sharing === undefined) index.set(name, [rule]);
      else sharing.push(rule);
    }
  }
  return index;
}
