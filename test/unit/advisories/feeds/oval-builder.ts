/** Makes OVAL documents for tests: definitions as text, tables from what they point to. */

export interface OvalTestSpec {
  readonly id: string;
  /** 'rpminfo_test' when not given. */
  readonly kind?: string;
  readonly check?: string;
  readonly comment?: string;
  /** Of the package or file that it looks at. */
  readonly name?: string;
  readonly nameVariable?: string;
  /** Fields of the state: [name, operation, value]. No state when there are none. */
  readonly fields?: readonly (readonly [name: string, operation: string, value: string])[];
}

/** Returns a document; every name of the tables carries a prefix, as publishers like it. */
export function buildOval(definitions: string, tests: readonly OvalTestSpec[], variables: Readonly<Record<string, readonly string[]>> = {}): string {
  const kindOf = (spec: OvalTestSpec): string => (spec.kind ?? 'rpminfo_test').replace(/_test$/, '');
  const lines = {
    tests: tests.map(
      (spec) =>
        `<x:${kindOf(spec)}_test id="${spec.id}" check="${spec.check ?? 'at least one'}" comment="${spec.comment ?? ''}"><x:object object_ref="o-${spec.id}"/>${spec.fields === undefined ? '' : `<x:state state_ref="s-${spec.id}"/>`}</x:${kindOf(spec)}_test>`,
    ),
    objects: tests.map(
      (spec) =>
        `<x:${kindOf(spec)}_object id="o-${spec.id}">${spec.nameVariable === undefined ? `<x:name>${spec.name ?? ''}</x:name>` : `<x:name var_ref="${spec.nameVariable}" var_check="at least one"/>`}</x:${kindOf(spec)}_object>`,
    ),
    states: tests
      .filter(({ fields }) => fields !== undefined)
      .map(
        (spec) =>
          `<x:${kindOf(spec)}_state id="s-${spec.id}">${(spec.fields ?? []).map(([name, operation, value]) => `<x:${name} operation="${operation}">${value}</x:${name}>`).join('')}</x:${kindOf(spec)}_state>`,
      ),
    variables: Object.entries(variables).map(
      ([id, values]) => `<constant_variable id="${id}">${values.map((value) => `<value>${value}</value>`).join('')}</constant_variable>`,
    ),
  };
  return `<?xml version="1.0" encoding="utf-8"?><oval_definitions><definitions>${definitions}</definitions>${Object.entries(lines)
    .map(([name, items]) => `<${name}>${items.join('')}</${name}>`)
    .join('')}</oval_definitions>`;
}

/** Returns a definition. `metadata` goes inside it, before the criteria. */
export function definition(metadata: string, criteria: string, kind = 'patch', id = 'oval:test:def:1'): string {
  return `<definition id="${id}" class="${kind}"><metadata>${metadata}</metadata>${criteria}</definition>`;
}
