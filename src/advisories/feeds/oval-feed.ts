import type { Parsed } from '../../foundation/base/result.ts';
import type { AdvisoryRecord } from '../store/record.ts';
import type { FeedFile } from './feed.ts';
import { criteriaOf, findWays } from './oval-criteria.ts';
import type { OvalWay } from './oval-criteria.ts';
import { readOval } from './oval-document.ts';
import type { OvalDefinition } from './oval-document.ts';

/** Returns what a definition says; nothing is said by one that is of something else (an inventory, a bug fix), undefined when it should have said something and did not. */
export type DefinitionReader = (definition: OvalDefinition, ways: readonly OvalWay[]) => readonly AdvisoryRecord[] | undefined;

/** Yields what every definition of an OVAL file says, as its publisher's reader understands it, and what could not be read. */
export function* readOvalFeed(file: FeedFile, readDefinition: DefinitionReader): Generator<Parsed<readonly AdvisoryRecord[]>> {
  const { tables, definitions } = readOval(file);
  for (const { definition, problem } of definitions) {
    if (definition === undefined) {
      yield { value: [], problems: [{ message: `${file.name}: ${problem}` }] };
      continue;
    }
    const criteria = definition.criteria === undefined ? [] : criteriaOf(definition.criteria);
    const missing = criteria.find(({ testRef }) => tables.test(testRef) === undefined);
    if (missing !== undefined)
      yield { value: [], problems: [{ message: `${file.name}: ${nameOf(definition)}: the test ${missing.testRef} is not there` }] };
    const ways = definition.criteria === undefined ? [] : findWays(definition.criteria, tables);
    if (ways === undefined) {
      yield { value: [], problems: [{ message: `${file.name}: ${nameOf(definition)}: its criteria can be met in too many ways` }] };
      continue;
    }
    const value = readDefinition(definition, ways) ?? (missing === undefined ? undefined : []);
    if (value === undefined) yield { value: [], problems: [{ message: `${file.name}: ${nameOf(definition)}: no package or version` }] };
    else yield { value, problems: [] };
  }
}

function nameOf({ id, references }: OvalDefinition): string {
  return references.length > 0
    ? references
        .slice(0, 3)
        .map((reference) => reference.id)
        .join(', ')
    : id;
}
