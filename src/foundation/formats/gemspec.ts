/**
 * The specification of an installed gem. It is Ruby, but always as RubyGems itself writes it: one assignment a line, headed by a comment with name, version and platform that RubyGems reads before the rest.
 *
 * @see https://github.com/rubygems/rubygems/blob/master/lib/rubygems/specification.rb (to_ruby)
 */
import { linesOf } from './lines.ts';

export interface Gemspec {
  readonly name?: string;
  readonly version?: string;
  readonly licenses: readonly string[];
  /** Names of the gems it needs to run. */
  readonly dependencies: readonly string[];
}

const STUB = /^# stub: (\S+) (\S+) /;
const ASSIGNMENT = /^\w+\.(name|version|licenses?)\s*=\s*(\S.*)$/;
const DEPENDENCY = /^\w+\.add_(runtime_)?dependency[( ]\s*(?:%q<([^>]*)>|"([^"]*)"|'([^']*)')/;
const LITERAL = /%q<([^>]*)>|"([^"]*)"|'([^']*)'/g;
/** Longest line that is looked into, in UTF-16 units; a gem's list of files is one line, but nothing that is asked for. */
const LONGEST_LINE = 4096;

/** Returns what a specification says in literals; what it computes is not known. */
export function parseGemspec(text: string): Gemspec {
  const found = new Map<string, readonly string[]>();
  const runtime: string[] = [];
  const plain: string[] = [];
  let stub: RegExpExecArray | null = null;
  for (const raw of linesOf(text)) {
    if (raw.length > LONGEST_LINE) continue;
    const line = raw.trim();
    stub ??= STUB.exec(line);
    const [, field, value] = ASSIGNMENT.exec(line) ?? [];
    if (field !== undefined && value !== undefined) found.set(field.slice(0, 7), literalsOf(value));
    const [, isRuntime, ...names] = DEPENDENCY.exec(line) ?? [];
    const needed = firstOf(names);
    if (needed !== undefined) (isRuntime === undefined ? plain : runtime).push(needed);
  }
  const name = stub?.[1] ?? found.get('name')?.[0];
  const version = stub?.[2] ?? found.get('version')?.find((literal) => /^\d[\w.]*$/.test(literal));
  return {
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    licenses: found.get('license') ?? [],
    // Where both are there, the plain ones are for old versions of RubyGems, and name those for development too.
    dependencies: runtime.length > 0 ? runtime : plain,
  };
}

function literalsOf(value: string): readonly string[] {
  return [...value.matchAll(LITERAL)].flatMap(([, ...groups]) => firstOf(groups) ?? []);
}

/** The one group of several alternatives that there is. */
function firstOf(groups: readonly (string | undefined)[]): string | undefined {
  return groups.find((group) => group !== undefined);
}
