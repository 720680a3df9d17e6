/**
 * What a Java archive is, when no pom inside says so: from its manifest and its name, in this order.
 *
 * 1. Names that a tool wrote whole: `Implementation-Title: org.elasticsearch#server;8.14.3` of Gradle, `Short-Name` and `Plugin-Version` of a Jenkins plugin, `Jenkins-Version` of Jenkins itself.
 * 2. The artifact and the version are those of the file's name when it has a version in it (`spring-core-5.3.17.jar`): Maven gave it. Else they are those of the manifest: `Implementation-Title`, when it can be a
 *    name, or the file's name; `Implementation-Version`, `Bundle-Version` or `Specification-Version`.
 * 3. The group is the known one of that artifact, else what `Bundle-SymbolicName` or `Automatic-Module-Name` has before the artifact, else `Implementation-Vendor-Id`, else the artifact's own name, as it is of those
 *    that were published before groups were domains (`commons-io:commons-io`).
 */
import { findMavenGroup, findTomcatArtifact } from './maven-groups.ts';

export interface MavenCoordinates {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
}

type Manifest = ReadonlyMap<string, string>;

/** Longest file name that is taken apart. */
const LONGEST_NAME = 512;

/** Returns the coordinates of an archive of this name (`log4j-core-2.14.1.jar`, without folders) with this manifest; undefined when no version can be told. */
export function inferCoordinates(fileName: string, manifest: Manifest): MavenCoordinates | undefined {
  const stem = fileName.slice(0, Math.max(0, fileName.lastIndexOf('.'))).slice(0, LONGEST_NAME);
  const stated = readStated(stem, manifest);
  if (stated !== undefined) return stated;
  const named = splitArchiveName(stem, findText(manifest, 'implementation-version'));
  const version = named?.version ?? findVersion(manifest);
  const artifactId = named?.artifactId ?? findArtifact(stem, manifest);
  if (version === undefined || artifactId === undefined) return undefined;
  return { groupId: findGroup(artifactId, version, manifest), artifactId, version };
}

/** True when Maven would take `text` for a group or an artifact. @see https://maven.apache.org/guides/mini/guide-naming-conventions.html */
export function isMavenId(text: string | undefined): text is string {
  return text !== undefined && text.length <= LONGEST_NAME && /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(text);
}

/** True when one artifact may be called by both names: by its own, and as a bundle (`org.apache.commons.io` of `commons-io`). */
export function isSameArtifact(artifactId: string, archiveName: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[._]/g, '-');
  const name = plain(archiveName);
  const id = plain(artifactId);
  return name === id || name.endsWith(`-${id}`) || name.startsWith(`${id}-`) || name.includes(`-${id}-`);
}

/** What comes before and after the version in `name-1.2.3-classifier`; `expected` is a version known from elsewhere. Undefined when there is no version in it. */
export function splitArchiveName(stem: string, expected?: string): { readonly artifactId: string; readonly version: string } | undefined {
  if (expected !== undefined && isVersion(expected) && stem.endsWith(`-${expected}`)) {
    const artifactId = stem.slice(0, -expected.length - 1);
    if (isMavenId(artifactId)) return { artifactId, version: expected };
  }
  const parts = stem.split('-');
  const start = findVersionStart(parts);
  if (start > 0) return toNamed(parts.slice(0, start).join('-'), withoutClassifier(parts.slice(start)).join('-'));
  // The archives of bundles: org.eclipse.osgi_3.18.0.v20220516.jar.
  const underscore = stem.lastIndexOf('_');
  return underscore > 0 && /^\d+\.\d/.test(stem.slice(underscore + 1)) ? toNamed(stem.slice(0, underscore), stem.slice(underscore + 1)) : undefined;
}

function toNamed(artifactId: string, version: string): { artifactId: string; version: string } | undefined {
  return isMavenId(artifactId) && isVersion(version) ? { artifactId, version } : undefined;
}

const QUALIFIER = /^(?:alpha|beta|rc|cr|m|milestone|pre|ea|b|build|final|ga|sp)\d*$/i;

/**
 * The last part that begins with a digit, or the first of several such in a row: `1.5.5-1`, `1.0-beta-9`. Of `log4j-1.2-api-2.17.1` only the last is meant. 0 when there is none but at the start.
 */
function findVersionStart(parts: readonly string[]): number {
  let start = 0;
  for (let index = parts.length - 1; index > 0; index--) {
    const part = parts[index] ?? '';
    if (/^\d/.test(part) || (start === 0 && /^v\d+\./.test(part))) start = index;
    else if (start > 0 && !QUALIFIER.test(part)) break;
  }
  return start;
}

const CLASSIFIER =
  /^(?:all|shaded|sources|javadoc|tests|nohash|uber|fat|exec|executable|bundle|standalone|jar|with|dependencies|linux|osx|windows|x86_64|x86_32|aarch_64|aarch64|arm64|amd64|natives)$/;

/** The version's parts without those at the end that say which of several archives of that version it is. */
function withoutClassifier(parts: readonly string[]): readonly string[] {
  let end = parts.length;
  while (end > 1 && CLASSIFIER.test(parts[end - 1] ?? '')) end--;
  return parts.slice(0, end);
}

/** Rejects sentences, names of properties that were not replaced, and names of a whole line of versions (`3.x`). */
function isVersion(text: string): boolean {
  return text.length <= 128 && /^v?\d[\w.+~-]*$/.test(text) && !/\.x(?:\.|$)/.test(text);
}

function readStated(stem: string, manifest: Manifest): MavenCoordinates | undefined {
  const [, groupId, artifactId, version] =
    /^([\w.-]+)#([\w.-]+);([\w.+~-]+)$/.exec((manifest.get('implementation-title') ?? '').slice(0, LONGEST_NAME)) ?? [];
  if (!isMavenId(groupId) || !isMavenId(artifactId) || version === undefined) return readJenkins(stem, manifest);
  // Gradle writes the project's name, and Maven's may be another: the one that the file has beside the same version.
  const named = splitArchiveName(stem, version);
  return { groupId, artifactId: named?.version === version ? named.artifactId : artifactId, version };
}

/** @see https://www.jenkins.io/doc/developer/plugin-development/plugin-manifest/ */
function readJenkins(stem: string, manifest: Manifest): MavenCoordinates | undefined {
  const plugin = firstWord(manifest.get('plugin-version'));
  const name = findText(manifest, 'short-name') ?? findText(manifest, 'extension-name');
  const groupId = findText(manifest, 'group-id');
  if (plugin !== undefined && isMavenId(name)) {
    return { groupId: isMavenId(groupId) ? groupId : 'org.jenkins-ci.plugins', artifactId: name, version: plugin };
  }
  const core = firstWord(manifest.get('jenkins-version'));
  const isCore = plugin === undefined && core !== undefined && stem.startsWith('jenkins');
  return isCore
    ? { groupId: 'org.jenkins-ci.main', artifactId: stem.startsWith('jenkins-core') ? 'jenkins-core' : 'jenkins-war', version: core }
    : undefined;
}

function findVersion(manifest: Manifest): string | undefined {
  for (const name of ['implementation-version', 'bundle-version', 'specification-version']) {
    const version = firstWord(manifest.get(name));
    if (version !== undefined) return version;
  }
  return undefined;
}

/** `1.3 2244 October 5 2005` is version 1.3. */
function firstWord(text: string | undefined): string | undefined {
  const word = /^\s*(\S{1,128})(?:\s|$)/.exec(text ?? '')?.[1];
  return word !== undefined && isVersion(word) ? word : undefined;
}

/** Names of files that say nothing of what is in them. */
const GENERIC = new Set(['app', 'application', 'main', 'classes', 'root', 'ROOT', 'server', 'service', 'api', 'lib']);

function findArtifact(stem: string, manifest: Manifest): string | undefined {
  const title = findText(manifest, 'implementation-title');
  const tomcat = title === 'Apache Tomcat' ? findTomcatArtifact(stem) : undefined;
  if (tomcat !== undefined) return tomcat;
  const symbolic = findSymbolicName(manifest);
  if (isMavenId(title) && (!title.includes('.') || GENERIC.has(stem))) return title;
  if (isMavenId(stem) && !GENERIC.has(stem)) return stem;
  return symbolic ?? (isMavenId(stem) ? stem : undefined);
}

function findGroup(artifactId: string, version: string, manifest: Manifest): string {
  const known = findMavenGroup(artifactId, version);
  if (known !== undefined) return known;
  for (const name of [findSymbolicName(manifest), findText(manifest, 'automatic-module-name')]) {
    const group = isMavenId(name) ? removeArtifact(name, artifactId) : undefined;
    if (group !== undefined) return group;
  }
  const vendor = findText(manifest, 'implementation-vendor-id');
  return isMavenId(vendor) ? vendor : artifactId;
}

/**
 * The group in a bundle's name, which is made of both: group and artifact, but what the artifact's name repeats of the group's end is there once. `org.hibernate.core` is of hibernate-core and org.hibernate.
 * @see https://felix.apache.org/documentation/subprojects/apache-felix-maven-bundle-plugin-bnd.html
 */
function removeArtifact(bundleName: string, artifactId: string): string | undefined {
  const wanted = artifactId.replaceAll(/[._]/g, '-');
  for (let dot = bundleName.lastIndexOf('.'); dot > 0; dot = bundleName.lastIndexOf('.', dot - 1)) {
    const group = bundleName.slice(0, dot);
    if (!group.includes('.')) return undefined;
    const rest = bundleName.slice(dot + 1).replaceAll(/[._]/g, '-');
    const repeated = group.slice(group.lastIndexOf('.') + 1);
    // Nothing is published as of Apache itself: then the whole is the group, as of org.apache.ivy and ivy.
    if (rest === wanted) return group === 'org.apache' ? bundleName : group;
    if (`${repeated}-${rest}` === wanted) return group;
  }
  return undefined;
}

/** Without its directives: `org.slf4j.api;singleton:=true`. */
function findSymbolicName(manifest: Manifest): string | undefined {
  const name = findText(manifest, 'bundle-symbolicname')?.split(';', 1)[0]?.trim();
  return isMavenId(name) ? name : undefined;
}

function findText(manifest: Manifest, name: string): string | undefined {
  const text = manifest.get(name);
  return text === '' ? undefined : text;
}
