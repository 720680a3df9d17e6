import type { Rule } from './services.ts';

/** Returns the address of a rule's page, or undefined where the client gave no place for them. */
export type RulePageOf = (rule: Pick<Rule, 'id' | 'slug'>) => string | undefined;

/** Returns the function that fills `{id}` and `{slug}` into `template`. */
export function rulePages(template: string | undefined): RulePageOf {
  if (template === undefined) return () => undefined;
  return ({ id, slug }) => template.replaceAll('{id}', encodeURIComponent(id)).replaceAll('{slug}', encodeURIComponent(slug));
}
