import { rules } from '../dockerfile/lint/rules.generated.ts';
import type { Rule } from '../dockerfile/lint/rule.ts';

/**
 * Which checks are left to another linter of the same editor: `auto`, those that one known to be there makes too; `always`, as though Docker's were there; `never`, none; or the ones named, by id, slug or alias.
 */
export type LeaveToOthers = 'auto' | 'always' | 'never' | readonly string[];

/**
 * Warnings that the language server of Microsoft's extensions gives unless its settings say otherwise, by the names that BuildKit has for the same.
 * @see https://github.com/rcjsuen/dockerfile-utils
 */
const languageServerChecks = [
  'ConsistentInstructionCasing',
  'DuplicateStageName',
  'MaintainerDeprecated',
  'MultipleInstructionsDisallowed',
  'WorkdirRelativePath',
] as const;

const DOCKER = 'docker.docker';

/** What other linters report, by the id of their extension. 'all': every check of BuildKit. */
const otherLinters: Readonly<Record<string, 'all' | readonly string[]>> = {
  [DOCKER]: 'all',
  'ms-azuretools.vscode-containers': languageServerChecks,
  'ms-azuretools.vscode-docker': languageServerChecks,
};

/** Ids of the extensions whose checks are known. */
export const otherLinterIds: readonly string[] = Object.keys(otherLinters);

/**
 * Returns the rules that are silent because another linter reports the same, as settings of severities. A rule about a risk is never left to others unless it is named; neither is
 * one that the reader gave a severity of their own (`chosen`: the names they used).
 */
export function leftToOthers(choice: LeaveToOthers, present: readonly string[], chosen: readonly string[]): Readonly<Record<string, 'off'>> {
  if (choice === 'never') return {};
  const named = new Set(chosen.map((name) => name.toLowerCase()));
  const isLeft = typeof choice === 'string' ? isMadeBy(choice === 'always' ? [DOCKER] : present) : isNamed(choice);
  const left = rules.filter((rule) => buildKitNames(rule).length > 0 && isLeft(rule) && !namesOf(rule).some((name) => named.has(name)));
  return Object.fromEntries(left.map(({ id }) => [id, 'off']));
}

function isMadeBy(present: readonly string[]): (rule: Rule) => boolean {
  const known = present.map((id) => (Object.hasOwn(otherLinters, id) ? otherLinters[id] : undefined)).filter((checks) => checks !== undefined);
  return (rule) => {
    const isHygiene = rule.severity === 'low' || rule.severity === 'negligible';
    return isHygiene && known.some((checks) => checks === 'all' || buildKitNames(rule).every((name) => checks.includes(name)));
  };
}

function isNamed(names: readonly string[]): (rule: Rule) => boolean {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return (rule) => namesOf(rule).some((name) => wanted.has(name));
}

function namesOf({ id, slug, aliases }: Rule): readonly string[] {
  return [id, slug, ...aliases].map((name) => name.toLowerCase());
}

/** BuildKit's are words in one, WorkdirRelativePath; other linters' ids have digits. */
function buildKitNames({ aliases }: Rule): readonly string[] {
  return aliases.filter((alias) => /^[A-Z][a-z]+[A-Za-z]*$/.test(alias));
}
