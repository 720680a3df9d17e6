import * as l10n from '@vscode/l10n';
import type { DocumentLink } from 'vscode-languageserver/node';
import type { DockerfileDescription } from '../engine/describe-dockerfile.ts';
import type { RulePageOf } from './rule-pages.ts';
import type { ServerServices } from './services.ts';

export interface LinkContext {
  readonly services: Pick<ServerServices, 'ruleByName'>;
  readonly rulePageOf: RulePageOf;
}

/** Returns the links of a Dockerfile: images to their registry's page, rules that comments suppress to the page that says what they are about. */
export function documentLinksOf(
  { imageLinks, ruleMentions }: Pick<DockerfileDescription, 'imageLinks' | 'ruleMentions'>,
  context: LinkContext,
): DocumentLink[] {
  const images = imageLinks.map(({ range, url }): DocumentLink => ({ range, target: url, tooltip: l10n.t('Open the page of this image') }));
  const rules = ruleMentions.flatMap(({ range, name }): DocumentLink[] => {
    const rule = context.services.ruleByName(name);
    const target = rule === undefined ? undefined : context.rulePageOf(rule);
    return rule === undefined || target === undefined ? [] : [{ range, target, tooltip: `${rule.id}: ${rule.title}` }];
  });
  return [...images, ...rules];
}
