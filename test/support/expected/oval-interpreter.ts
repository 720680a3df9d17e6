import { isOfArchitecture, type Order, type Owned, type Reading } from './reading.ts';

/** One definition of a document that is evaluated. */
interface InterpretedDefinition {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly holds: (owned: Owned) => boolean;
  /** What its tests look at. */
  readonly named: readonly Owned[];
}

interface Interpretation {
  readonly order: Order;
  /** Whether a criterion about the system holds, by its comment ('Oracle Linux 8 is installed'), undefined for those about packages. */
  readonly systemHolds: (comment: string, owned: Owned) => boolean | undefined;
  /** Whether a fix and a build can be compared; absent: always. */
  readonly isSameBuild?: (fixed: string, version: string) => boolean;
}

interface PackageTest {
  readonly packageName: string;
  readonly fields: readonly (readonly [name: string, operation: string, value: string])[];
}

/**
 * Returns the definitions of an OVAL document, each evaluated as the language says: criteria of AND and OR, and tests of packages by object and state. One package is looked at as if it were the only one of its name;
 * signatures are taken for right.
 * @see https://oval.mitre.org/language/version5.11/
 */
export function interpretOval(oval: string, { order, systemHolds, isSameBuild = () => true }: Interpretation): readonly InterpretedDefinition[] {
  const tests = readTests(oval);
  return [...oval.matchAll(/<definition [\s\S]*?<\/definition>/g)].map(([text]) => {
    const tokens = [...text.matchAll(/<criteria\b[^>]*>|<\/criteria>|<criterion\b[^>]*>/g)].map(([token]) => token);
    const tree = readCriteria(tokens);
    const holds = (owned: Owned): boolean =>
      evaluate(tree, (criterion) => {
        const ofSystem = systemHolds(decode(attribute(criterion, 'comment')), owned);
        const test = tests.get(attribute(criterion, 'test_ref'));
        return ofSystem ?? (test !== undefined && testHolds(test, owned, order, isSameBuild));
      });
    const streams = tokens.flatMap((token) => /^Module (\S+) is enabled$/.exec(attribute(token, 'comment'))?.[1] ?? []);
    const named = tokens.flatMap((token) => {
      const test = tests.get(attribute(token, 'test_ref'));
      // Open ones are above 0, or of any version.
      const version = test?.fields.length === 0 ? ANY_VERSION : test?.fields.find(([, operation]) => bounds.includes(operation))?.[2];
      if (test === undefined || version === undefined) return [];
      const bare = { name: test.packageName, version: plain(version) };
      return [bare, ...streams.map((stream) => ({ ...bare, stream }))];
    });
    return { id: attribute(text, 'id'), kind: attribute(text, 'class'), text, holds, named };
  });
}

const bounds = ['less than', 'less than or equal', 'greater than'];
/** What may be asked for where a definition holds for every version. */
const ANY_VERSION = '1-1';

/** Returns the reading of definitions, `idsOf` naming the flaws of each that holds. */
export function readingOfDefinitions(
  definitions: readonly InterpretedDefinition[],
  idsOf: (definition: InterpretedDefinition) => readonly string[],
): Reading {
  const byName = new Map<string, InterpretedDefinition[]>();
  for (const definition of definitions)
    for (const name of new Set(definition.named.map((one) => one.name))) byName.set(name, [...(byName.get(name) ?? []), definition]);
  return {
    named: definitions.flatMap(({ named }) => named),
    idsFor: (owned) => [...new Set((byName.get(owned.name) ?? []).filter((definition) => definition.holds(owned)).flatMap(idsOf))].sort(),
  };
}

type Criteria = string | { readonly isOr: boolean; readonly parts: Criteria[] };

function readCriteria(tokens: readonly string[]): Criteria {
  const root = { isOr: false, parts: [] as Criteria[] };
  const open = [root];
  for (const token of tokens) {
    const top = open.at(-1) ?? root;
    if (token.startsWith('</')) open.pop();
    else if (token.startsWith('<criterion')) top.parts.push(token);
    else {
      const criteria = { isOr: attribute(token, 'operator') === 'OR', parts: [] as Criteria[] };
      top.parts.push(criteria);
      open.push(criteria);
    }
  }
  return root;
}

function evaluate(criteria: Criteria, holds: (criterion: string) => boolean): boolean {
  if (typeof criteria === 'string') return holds(criteria);
  return criteria.isOr ? criteria.parts.some((part) => evaluate(part, holds)) : criteria.parts.every((part) => evaluate(part, holds));
}

function testHolds(
  { packageName, fields }: PackageTest,
  owned: Owned,
  order: Order,
  isSameBuild: (fixed: string, version: string) => boolean,
): boolean {
  if (packageName !== owned.name) return false;
  return fields.every(([name, operation, value]) => {
    if (name === 'arch') return isOfArchitecture(value.replaceAll(/[()]/g, '').split('|'), owned.architecture);
    if (name === 'signature_keyid') return true;
    if (name !== 'evr' && name !== 'version') throw new Error(`${name} is not evaluated here`);
    const [bound, installed] = [plain(value), name === 'evr' ? owned.version : owned.version.replace(/^\d+:|-.*$/g, '')];
    if (!isSameBuild(bound, owned.version)) return false;
    const difference = order(installed, bound);
    switch (operation) {
      case 'less than':
        return difference < 0;
      case 'less than or equal':
        return difference <= 0;
      case 'greater than':
        return difference > 0;
      case 'greater than or equal':
        return difference >= 0;
      case 'equals':
        return difference === 0;
      default:
        throw new Error(`${operation} is not evaluated here`);
    }
  });
}

function readTests(oval: string): ReadonlyMap<string, PackageTest> {
  const names = new Map(
    [...oval.matchAll(/_object\b[^>]*?id="([^"]+)"[^>]*>\s*<(?:\w+[:-])*name[^>]*>([^<]+)</g)].map(([, id = '', name = '']) => [id, name]),
  );
  const states = new Map(
    [...oval.matchAll(/<(?:[\w-]+:)?\w+_state\b[^>]*?id="([^"]+)"[^>]*>([\s\S]*?)<\/(?:[\w-]+:)?\w+_state>/g)].map(([, id = '', body = '']) => [
      id,
      [...body.matchAll(/<(?:[\w-]+:)?(\w+)\b[^>]*?operation="([^"]+)"[^>]*>([^<]*)</g)].map(
        ([, name = '', operation = '', value = '']) => [name, operation, decode(value)] as const,
      ),
    ]),
  );
  return new Map(
    [...oval.matchAll(/<(?:[\w-]+:)?\w+_test\b[^>]*?id="([^"]+)"[\s\S]*?<\/(?:[\w-]+:)?\w+_test>/g)].flatMap(([text, id = '']) => {
      const packageName = names.get(/object_ref="([^"]+)"/.exec(text)?.[1] ?? '');
      const fields = states.get(/state_ref="([^"]+)"/.exec(text)?.[1] ?? '') ?? [];
      return packageName === undefined ? [] : [[id, { packageName, fields }] as const];
    }),
  );
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
}

function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function plain(version: string): string {
  return version.trim().replace(/^0:/, '');
}

/** Returns the CVEs that a definition refers to, else its own id of the given form. */
export function flawsOf(text: string, ownId: RegExp): readonly string[] {
  const cves = [...text.matchAll(/ref_id="(?:SUSE |Mitre )?(CVE-\d{4}-\d{4,})[^"]*"/g)].map(([, id = '']) => id);
  return cves.length > 0 ? [...new Set(cves)] : (ownId.exec(text)?.slice(0, 1) ?? []);
}
