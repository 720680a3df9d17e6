/**
 * Requirements as pip reads them: one a line, goes on in the next after a backslash; options begin with a dash, comments with a hash.
 *
 * @see https://pip.pypa.io/en/stable/reference/requirements-file-format/
 * @see PEP 508
 */
import { linesOf } from './lines.ts';

export interface PinnedRequirement {
  readonly name: string;
  readonly version: string;
  /** 1-based, of its first line. */
  readonly line: number;
}

/** Longest requirement that is looked into, in UTF-16 units: one with its hashes has a few thousand. */
const LONGEST_REQUIREMENT = 256 * 1024;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*/;
const PIN = /^={2,3}\s*([A-Za-z0-9][A-Za-z0-9.!+_-]*)$/;

/** Yields the requirements of which a single version will do. */
export function* pinnedRequirementsOf(text: string): Generator<PinnedRequirement, void, undefined> {
  for (const { content, line } of logicalLinesOf(text)) {
    const { name, specifiers } = splitRequirement(content);
    const pinned = specifiers.map((specifier) => PIN.exec(specifier.trim())?.[1]).find((version) => version !== undefined);
    if (name !== '' && pinned !== undefined) yield { name, version: pinned, line };
  }
}

/** Returns the names of requirements: of `tomli>=1; python_version < "3.11"`. Those of extras, which need not be there, are left out. */
export function toRequirementNames(requirements: readonly string[]): readonly string[] {
  return requirements.flatMap((requirement) => {
    const marker = requirement.indexOf(';');
    return marker >= 0 && /\bextra\s*==/.test(requirement.slice(marker)) ? [] : (NAME.exec(requirement.trim())?.[0] ?? []);
  });
}

/** Yields the lines that are not comments, those that are continued joined to one. */
function* logicalLinesOf(text: string): Generator<{ content: string; line: number }, void, undefined> {
  let pending = '';
  let first = 0;
  let line = 0;
  for (const raw of linesOf(text.startsWith('\uFEFF') ? text.slice(1) : text)) {
    line++;
    const whole = raw.trimEnd();
    if (pending === '') first = line;
    const continues = whole.endsWith('\\') && !whole.trimStart().startsWith('#');
    if (pending.length < LONGEST_REQUIREMENT) pending += continues ? `${whole.slice(0, -1)} ` : whole;
    if (continues) continue;
    yield { content: withoutComment(pending), line: first };
    pending = '';
  }
  if (pending !== '') yield { content: withoutComment(pending), line: first };
}

function withoutComment(line: string): string {
  const start = line.startsWith('#') ? 0 : line.search(/\s#/);
  return start < 0 ? line : line.slice(0, start);
}

/** Divides `name[extra] == 1.0, != 1.1 ; marker --hash=…`. The name is empty of an option, a path and an address. */
function splitRequirement(content: string): { name: string; specifiers: readonly string[] } {
  const none = { name: '', specifiers: [] };
  const trimmed = content.trim();
  if (trimmed.startsWith('-')) return none;
  const options = trimmed.search(/\s-/);
  const requirement = (options < 0 ? trimmed : trimmed.slice(0, options)).split(';', 1)[0] ?? '';
  const name = NAME.exec(requirement.trim())?.[0];
  if (name === undefined) return none;
  const rest = withoutExtras(requirement.trim().slice(name.length).trimStart());
  const bare = rest.startsWith('(') && rest.endsWith(')') ? rest.slice(1, -1) : rest;
  return { name, specifiers: bare.split(',') };
}

function withoutExtras(rest: string): string {
  const end = rest.startsWith('[') ? rest.indexOf(']') : -1;
  return end < 0 ? rest : rest.slice(end + 1).trimStart();
}
