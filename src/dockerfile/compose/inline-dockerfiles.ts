import { isAlias, isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { Alias, Document, Node, Scalar, YAMLMap } from 'yaml';
import { MAX_COMPOSE_LENGTH, MAX_INLINE_DOCKERFILES } from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import type { ParseProblem } from '../../foundation/base/result.ts';
import type { MappedText } from '../syntax/mapped-text.ts';
import { mapScalar } from './scalar-text.ts';
import type { ScalarPlace } from './scalar-text.ts';

/** A Dockerfile that a service of a compose file has written into it. */
export interface InlineDockerfile {
  readonly service: string;
  readonly text: string;
  readonly place: ScalarPlace;
  /** Where each character of `text` stands in the YAML; undefined when only the whole of it can be named. */
  readonly source: MappedText | undefined;
}

export interface InlineDockerfiles {
  /** In order of their places; one that several services share by an anchor is there once. */
  readonly inlines: readonly InlineDockerfile[];
  readonly problems: readonly ParseProblem[];
}

const KEY = 'dockerfile_inline';
/** Most aliases followed from one to the next, and most maps merged into one. */
const MAX_HOPS = 20;

/**
 * Returns the Dockerfiles inside a compose file, however unfinished. Never throws: what cannot be read is a problem, and only where it could hide a Dockerfile.
 * @see https://docs.docker.com/reference/compose-file/build/#dockerfile_inline
 */
export function findInlineDockerfiles(yaml: string): InlineDockerfiles {
  if (!yaml.includes(KEY)) return { inlines: [], problems: [] };
  if (yaml.length > MAX_COMPOSE_LENGTH) {
    return { inlines: [], problems: [{ message: `the file is longer than ${MAX_COMPOSE_LENGTH} characters: its ${KEY} was not checked` }] };
  }
  try {
    return readServices(yaml, parseDocument(yaml, { prettyErrors: false, uniqueKeys: false, logLevel: 'silent' }));
  } catch (error) {
    // The parser recurses: a file nested thousands deep ends its stack.
    return { inlines: [], problems: [{ message: `the YAML cannot be read, its ${KEY} was not checked: ${messageOf(error)}` }] };
  }
}

function readServices(yaml: string, document: Document): InlineDockerfiles {
  const problems: ParseProblem[] = [];
  const error = document.errors[0];
  if (error !== undefined)
    problems.push({ message: `the YAML is not whole, some of its ${KEY} may not be checked: ${error.message}`, offset: error.pos[0] });
  const follow = aliasResolver(document);
  const found = new Map<number, InlineDockerfile>();
  const services = lookUp(document.contents, 'services', follow);
  for (const pair of isMap(services) ? services.items : []) {
    const build = lookUp(follow(pair.value), 'build', follow);
    const scalar = lookUp(build, KEY, follow);
    const inline = toInline(yaml, isScalar(pair.key) ? String(pair.key.value) : '', scalar);
    if (inline === undefined || found.has(inline.place.start)) continue;
    if (found.size === MAX_INLINE_DOCKERFILES) {
      problems.push({ message: `only the first ${MAX_INLINE_DOCKERFILES} ${KEY} were checked`, offset: inline.place.start });
      break;
    }
    found.set(inline.place.start, inline);
  }
  return { inlines: [...found.values()].toSorted((a, b) => a.place.start - b.place.start), problems };
}

function toInline(yaml: string, service: string, node: unknown): InlineDockerfile | undefined {
  if (!isScalar(node) || typeof node.value !== 'string' || node.range == null) return undefined;
  const [start, end] = (node as Scalar & { range: readonly [number, number, number] }).range;
  const place = { start, end };
  return { service, text: node.value, place, source: mapScalar(yaml, place, node.value) };
}

type Follow = (node: unknown) => unknown;

/** Returns the function that gives what an alias stands for, and any other node as it is. The anchors are looked up at the first alias that is asked for, all in one go. */
function aliasResolver(document: Document): Follow {
  let targets: ReadonlyMap<Alias, Node> | undefined;
  return (node) => {
    let current = node;
    for (let hops = 0; isAlias(current) && hops < MAX_HOPS; hops++) {
      targets ??= aliasTargets(document);
      current = targets.get(current);
    }
    return isAlias(current) ? undefined : current;
  };
}

function aliasTargets(document: Document): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Alias: (_, alias) => {
      const target = anchors.get(alias.source);
      if (target !== undefined) targets.set(alias, target);
    },
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** Returns what a map has under `key`, the maps that it merges (`<<`) looked into as well; each map once, as they may merge each other. */
function lookUp(node: unknown, key: string, follow: Follow, seen = new Set<YAMLMap>()): unknown {
  const map = follow(node);
  if (!isMap(map) || seen.has(map) || seen.size > MAX_HOPS) return undefined;
  seen.add(map);
  const own = valueOf(map, key);
  if (own !== undefined) return follow(own);
  const merged = follow(valueOf(map, '<<'));
  for (const source of isSeq(merged) ? merged.items : [merged]) {
    const value = lookUp(source, key, follow, seen);
    if (value !== undefined) return value;
  }
  return undefined;
}

function valueOf(map: YAMLMap, key: string): unknown {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value;
}
