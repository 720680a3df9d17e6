/** What Maven puts into META-INF/maven of each archive it builds: pom.properties and pom.xml. */
import { MAX_RELATIONS } from '../base/limits.ts';
import { linesOf } from './lines.ts';

export interface MavenPom {
  readonly groupId: string | undefined;
  readonly artifactId: string | undefined;
  readonly version: string | undefined;
  readonly licenses: readonly string[];
  /** `group:artifact` of what it needs when it runs. */
  readonly dependencies: readonly string[];
}

/**
 * Returns the entries of a properties file: `name=value`, `name: value` or `name value`, one a line, of several with one name the last.
 * @see https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)
 */
export function parseJavaProperties(text: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const raw of linesOf(text)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith('!')) continue;
    const end = line.search(/[=:\s]/);
    if (end <= 0) continue;
    properties.set(line.slice(0, end), line.slice(end).replace(/^\s*[=:]?\s*/, ''));
  }
  return properties;
}

/** Returns what a pom.properties says: the coordinates alone. */
export function parsePomProperties(text: string): MavenPom {
  const properties = parseJavaProperties(text);
  const find = (name: string): string | undefined => toKnown(properties.get(name));
  return { groupId: find('groupId'), artifactId: find('artifactId'), version: find('version'), licenses: [], dependencies: [] };
}

/** Deepest nesting of elements that are named; most replacements of a `${name}` by another, and longest value that comes of it. */
const DEEPEST = 64;
const MOST_REPLACED = 8;
const LONGEST_VALUE = 1024;

interface Draft {
  readonly own: Map<string, string>;
  readonly licenses: string[];
  readonly dependencies: Map<string, string>[];
}

/**
 * Returns what a pom.xml says: coordinates, of which group and version may be the parent's, licences, and dependencies of the scopes compile and runtime. `${name}` is replaced from the file itself; what then
 * still has one is left out, since other files would be needed.
 * @see https://maven.apache.org/pom.html
 */
export function parsePomXml(text: string): MavenPom {
  const { own, licenses, dependencies } = readProject(text);
  const fill = (value: string | undefined): string | undefined => toKnown(replaceNames(value, own));
  const names = dependencies.flatMap((item) => {
    const group = fill(item.get('groupId'));
    const artifact = fill(item.get('artifactId'));
    const scope = item.get('scope') ?? 'compile';
    const isNeeded = (scope === 'compile' || scope === 'runtime') && item.get('optional') !== 'true';
    return isNeeded && group !== undefined && artifact !== undefined ? [`${group}:${artifact}`] : [];
  });
  return {
    groupId: fill(own.get('groupId') ?? own.get('parent.groupId')),
    artifactId: fill(own.get('artifactId')),
    version: fill(own.get('version') ?? own.get('parent.version')),
    licenses: licenses.flatMap((name) => fill(name) ?? []),
    dependencies: names,
  };
}

/** Goes through the elements. What stands in `project` is kept by its path below it (`version`, `parent.version`, `properties.revision`). */
function readProject(text: string): Draft {
  const draft: Draft = { own: new Map(), licenses: [], dependencies: [] };
  const path: string[] = [];
  let depth = 0;
  let textStart = 0;
  for (const tag of tagsOf(text)) {
    if (tag.kind === 'open') {
      if (++depth <= DEEPEST) path.push(tag.name);
      if (depth === 3 && path[1] === 'dependencies' && draft.dependencies.length < MAX_RELATIONS) draft.dependencies.push(new Map());
    } else {
      if (depth > 0 && depth-- <= DEEPEST) {
        keep(draft, path, toCharacters(text.slice(textStart, Math.min(tag.start, textStart + LONGEST_VALUE))));
        path.pop();
      }
    }
    textStart = tag.end;
  }
  return draft;
}

function keep({ own, licenses, dependencies }: Draft, path: readonly string[], value: string): void {
  const [root, first = '', second, third] = path;
  if (root !== 'project' || value === '') return;
  if (path.length === 2) own.set(first, value);
  else if (path.length === 3 && (first === 'parent' || first === 'properties')) own.set(`${first}.${second ?? ''}`, value);
  else if (path.length === 4 && first === 'licenses' && third === 'name') licenses.push(value);
  else if (path.length === 4 && first === 'dependencies' && third !== undefined) dependencies.at(-1)?.set(third, value);
}

interface Tag {
  readonly kind: 'open' | 'close';
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Yields the tags, without the prefix of their namespace; an empty element is passed over. Comments, instructions, CDATA and declarations have none. */
function* tagsOf(text: string): Generator<Tag, void, undefined> {
  for (let start = text.indexOf('<'); start >= 0;) {
    const ending = text.startsWith('<!--', start) ? '-->' : text.startsWith('<![CDATA[', start) ? ']]>' : '>';
    const close = text.indexOf(ending, start);
    if (close < 0) return;
    const end = close + ending.length;
    const kind = text[start + 1] === '/' ? 'close' : 'open';
    if (text[start + 1] !== '!' && text[start + 1] !== '?' && (kind === 'close' || text[close - 1] !== '/')) {
      const from = kind === 'close' ? start + 2 : start + 1;
      const name = /^[^\s/>]*/.exec(text.slice(from, Math.min(close, from + LONGEST_VALUE)))?.[0] ?? '';
      yield { kind, name: name.slice(name.indexOf(':') + 1), start, end };
    }
    start = text.indexOf('<', end);
  }
}

const entities: Readonly<Partial<Record<string, string>>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function toCharacters(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => entities[name] ?? whole).trim();
}

/** Puts in what the file itself defines: `${revision}`, `${project.version}`, `${parent.version}`. */
function replaceNames(value: string | undefined, own: ReadonlyMap<string, string>): string | undefined {
  let filled = value;
  for (let count = 0; count < MOST_REPLACED && filled?.includes('${') === true && filled.length <= LONGEST_VALUE; count++) {
    filled = filled.replaceAll(/\$\{([^{}]*)\}/g, (whole, name: string) => lookUp(name.trim(), own) ?? whole);
  }
  return filled;
}

function lookUp(name: string, own: ReadonlyMap<string, string>): string | undefined {
  const property = own.get(`properties.${name}`);
  if (property !== undefined) return property;
  const short = name.replace(/^(?:project|pom)\./, '');
  return own.get(short) ?? (short === 'groupId' || short === 'version' ? own.get(`parent.${short}`) : undefined);
}

/** Undefined for what is empty or names something that the file does not define. */
function toKnown(value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === undefined || trimmed === '' || trimmed.includes('${') || trimmed.length > LONGEST_VALUE ? undefined : trimmed;
}
