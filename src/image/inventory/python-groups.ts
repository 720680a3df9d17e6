import { toStrings } from '../../foundation/formats/json.ts';

/** Names that projects give to what they need only to be worked on. Other groups may well be installed. */
const DEVELOPMENT = new Set(['dev', 'develop', 'development', 'doc', 'docs', 'lint', 'linting', 'test', 'tests', 'testing', 'types', 'typing']);

/** True when `groups` has members and all are of development; a package of no group is needed to run. */
export function isForDevelopment(groups: unknown): boolean {
  const names = toStrings(groups);
  return names.length > 0 && names.every((name) => DEVELOPMENT.has(name.toLowerCase()));
}
