import { piecesOf } from './feed.ts';
import type { FeedFile } from './feed.ts';
import { attributeOf, childOf, childrenOf, readElements } from './xml-elements.ts';
import type { XmlElement } from './xml-elements.ts';

export interface OvalTest {
  /** 'rpminfo_test', 'dpkginfo_test', 'textfilecontent54_test' … */
  readonly kind: string;
  /** 'at least one', 'all', 'none satisfy' … */
  readonly check: string;
  readonly comment: string;
  /** Names of the packages (or whatever the object is) that it looks at. */
  readonly names: readonly string[];
  /** What they must be like, each of them. */
  readonly states: readonly OvalState[];
}

/** A value and how it is to be compared: 'less than', 'equals', 'pattern match' … */
export interface OvalValue {
  readonly operation: string;
  /** 'evr_string', 'debian_evr_string', 'string' … */
  readonly datatype: string;
  readonly value: string;
}

/** What a state asks for, by the field's name: evr, arch, version, signature_keyid … */
export type OvalState = ReadonlyMap<string, OvalValue>;

/** What definitions point to. */
export interface OvalTables {
  /** Returns the test of that id, with its object and states looked up; undefined when one of them is not there. */
  test(id: string): OvalTest | undefined;
}

/** Returns the tests, objects, states and variables of a document. What is wrong with its XML is told by whoever reads its definitions. */
export function readTables(file: FeedFile): OvalTables {
  const tests = new Map<
    string,
    { readonly kind: string; readonly check: string; readonly comment: string; readonly object: string; readonly states: readonly string[] }
  >();
  const objects = new Map<string, { readonly names: readonly string[]; readonly variable: string }>();
  const states = new Map<string, OvalState>();
  const variables = new Map<string, readonly string[]>();
  for (const { element } of readElements(piecesOf(file), (local) => /_(?:test|object|state|variable)$/.test(local))) {
    if (element === undefined) continue;
    const id = attributeOf(element, 'id');
    const { local } = element;
    if (local.endsWith('_test')) {
      tests.set(id, {
        kind: local,
        check: attributeOf(element, 'check'),
        comment: attributeOf(element, 'comment'),
        object: attributeOf(childOf(element, 'object'), 'object_ref'),
        states: childrenOf(element, 'state').map((state) => attributeOf(state, 'state_ref')),
      });
    } else if (local.endsWith('_object')) {
      const name = childOf(element, 'name') ?? childOf(element, 'pattern');
      objects.set(id, { names: name === undefined || name.text === '' ? [] : [name.text], variable: attributeOf(name, 'var_ref') });
    } else if (local.endsWith('_state')) {
      states.set(id, toState(element));
    } else {
      variables.set(
        id,
        childrenOf(element, 'value').map(({ text }) => nameInManifest(text)),
      );
    }
  }
  return {
    test(id) {
      const test = tests.get(id);
      if (test === undefined) return undefined;
      const object = objects.get(test.object);
      const own = test.states.map((state) => states.get(state)).filter((state) => state !== undefined);
      // A state that is not there would be taken for none: for every version.
      if (object === undefined || own.length < test.states.length) return undefined;
      const names = [...object.names, ...(variables.get(object.variable) ?? [])];
      return { kind: test.kind, check: test.check, comment: test.comment, names, states: own };
    },
  };
}

/** Ubuntu's definitions for images look for the package's line in a list: `^libssh-4(?::\w+|)\s+(.*)$`. */
function nameInManifest(text: string): string {
  return /^\^([a-z0-9][a-z0-9.+-]*)\(\?::\\w\+\|\)\\s\+\(\.\*\)\$$/.exec(text)?.[1] ?? text;
}

function toState(element: XmlElement): OvalState {
  return new Map(
    element.children.map((field) => [
      field.local,
      { operation: attributeOf(field, 'operation') || 'equals', datatype: attributeOf(field, 'datatype'), value: field.text },
    ]),
  );
}
