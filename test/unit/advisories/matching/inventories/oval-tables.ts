import { buildOval, type OvalTestSpec } from '../../feeds/oval-builder.ts';

/** How a distribution writes what the comment of a criterion says, as a test; undefined when the comment says nothing that is known. */
export type ToTest = (comment: string) => Omit<OvalTestSpec, 'id' | 'comment'> | undefined;

/** Returns definitions as a document with the tables that their criteria point to, made from the criteria's comments: of samples that were cut short, and of made ones. */
export function withTables(definitions: string, toTest: ToTest): string {
  const specs = new Map<string, OvalTestSpec>();
  for (const [, id = '', comment = ''] of definitions.matchAll(/<criterion\s+test_ref="([^"]+)"\s+comment="([^"]*)"/g)) {
    const test = toTest(comment);
    if (test !== undefined) specs.set(id, { id, comment, ...test });
  }
  return buildOval(definitions, [...specs.values()]);
}

/** What is the same in the criteria of Red Hat's tool and of those who took it over. */
export function commonTest(comment: string): ReturnType<ToTest> {
  const [, name, version] = /^(\S+) is earlier than (\S+)$/.exec(comment) ?? [];
  if (name !== undefined && version !== undefined) return { name, fields: [['evr', 'less than', version.includes(':') ? version : `0:${version}`]] };
  const signed = /^(\S+) is signed with /.exec(comment)?.[1];
  if (signed !== undefined) return { name: signed, fields: [['signature_keyid', 'equals', '66ced3de1e5e0159']] };
  const [, module, stream] = /^Module (\S+):(\S+) is enabled$/.exec(comment) ?? [];
  return module === undefined || stream === undefined
    ? undefined
    : { kind: 'textfilecontent54_test', check: 'all', name: module, fields: [['text', 'pattern match', `\\nstream\\s*=\\s*${stream}\\b`]] };
}
