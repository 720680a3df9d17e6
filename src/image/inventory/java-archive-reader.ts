import {
  MAX_ANALYZED_FILE_BYTES,
  MAX_DATABASE_PACKAGES,
  MAX_JAR_TEXT_BYTES,
  MAX_ZIP_DEPTH,
  MAX_ZIP_ENTRIES,
  MAX_ZIP_HELD_BYTES,
  MAX_ZIP_PLAIN_BYTES,
} from '../../foundation/base/limits.ts';
import type { Parsed } from '../../foundation/base/result.ts';
import { parseJavaManifest } from '../../foundation/formats/java-manifest.ts';
import { parsePomProperties, parsePomXml, type MavenPom } from '../../foundation/formats/maven-pom.ts';
import { ProblemList } from '../../foundation/formats/problem-list.ts';
import { isZip, readZipDirectory, readZipEntry, unpack, type Unpacked } from '../../foundation/formats/zip.ts';
import { ZipStream, type ZipStreamEntry, type ZipStreamVisitor } from '../../foundation/formats/zip-stream.ts';
import type { AnalyzedPackage, AnalyzedRecords } from './analyzer.ts';
import { inferCoordinates, isMavenId, isSameArtifact } from './maven-coordinates.ts';
import { PackageList } from './package-list.ts';

/** Endings of archives of Java: applications, plugins of Jenkins, NiFi, Karaf and Liferay, resource adapters. */
const ENDINGS: ReadonlySet<string> = new Set(['jar', 'war', 'ear', 'par', 'sar', 'nar', 'kar', 'rar', 'hpi', 'jpi', 'lpkg']);

/** Names of archives of Java, as `Analyzer.names` has them. */
export const JAVA_ARCHIVE_NAMES: readonly string[] = Array.from(ENDINGS, (ending) => `*.${ending}`);

/** True for what is an archive of Java by its name. */
export function isJavaArchive(path: string): boolean {
  const dot = path.lastIndexOf('.');
  return dot >= 0 && ENDINGS.has(path.slice(dot + 1));
}

/** What may still be spent on one file of an image, whatever is nested in it. */
interface Budget {
  entries: number;
  plainBytes: number;
  heldBytes: number;
  packages: number;
}

/** What unpacking a few bytes costs, as if they were this many: there may be hundreds of thousands of such entries. */
const LEAST_COST = 4096;

/** An archive that is being read: the file itself, or one in it. */
interface Place {
  readonly fileName: string;
  /** `BOOT-INF/lib/a.jar`, each level after a `!`; empty of the file itself. */
  readonly inside: string;
  readonly depth: number;
}

/** Texts that say what an archive is and holds. */
class Contents {
  manifest: ReadonlyMap<string, string> = new Map();
  readonly #byFolder = new Map<string, { properties?: MavenPom; xml?: MavenPom }>();
  /** Neither a manifest nor a class: a zip archive of something else. */
  isJava = false;

  add(name: string, kind: 'manifest' | 'properties' | 'xml', text: string): void {
    if (kind === 'manifest') {
      this.manifest = parseJavaManifest(text);
      return;
    }
    const folder = name.slice(0, name.lastIndexOf('/'));
    const poms = this.#byFolder.get(folder) ?? {};
    this.#byFolder.set(folder, { ...poms, [kind]: kind === 'properties' ? parsePomProperties(text) : parsePomXml(text) });
  }

  /** The properties are what Maven made of the pom; the pom has licences and dependencies. */
  *poms(): Generator<MavenPom, void, undefined> {
    for (const [folder, { properties, xml }] of this.#byFolder) {
      const [maven, group] = folder.split('/').slice(-3);
      yield {
        groupId: properties?.groupId ?? xml?.groupId ?? (maven === 'maven' ? group : undefined),
        artifactId: properties?.artifactId ?? xml?.artifactId,
        version: properties?.version ?? xml?.version,
        licenses: xml?.licenses ?? [],
        dependencies: xml?.dependencies ?? [],
      };
    }
  }
}

type Kind = 'manifest' | 'properties' | 'xml' | 'archive';

function kindOf(name: string): Kind | undefined {
  if (name.endsWith('/pom.properties')) return isMavenFolder(name) ? 'properties' : undefined;
  if (name.endsWith('/pom.xml')) return isMavenFolder(name) ? 'xml' : undefined;
  if (name.length === 20 && name.toUpperCase() === 'META-INF/MANIFEST.MF') return 'manifest';
  return isJavaArchive(name) ? 'archive' : undefined;
}

/** Of the archive itself, of the classes in an application, of a library that was unpacked into it. */
function isMavenFolder(name: string): boolean {
  return name.startsWith('META-INF/maven/') || name.includes('/META-INF/maven/');
}

/** Reads one Java archive and those nested in it, within one budget: what each is, and what was unpacked into it. */
export class JavaArchiveReader {
  readonly #problems = new ProblemList();
  readonly #packages: AnalyzedPackage[] = [];
  readonly #top: Place;
  readonly #contents = new Contents();
  #stream: ZipStream | undefined;
  readonly #budget: Budget = {
    entries: MAX_ZIP_ENTRIES,
    plainBytes: MAX_ZIP_PLAIN_BYTES,
    heldBytes: MAX_ZIP_HELD_BYTES,
    packages: MAX_DATABASE_PACKAGES,
  };
  readonly #told = new Set<string>();

  /** `path` is that of the archive in the image. */
  constructor(path: string) {
    this.#top = { fileName: path.slice(path.lastIndexOf('/') + 1), inside: '', depth: 0 };
  }

  /** Returns what a whole archive says. */
  readWhole(bytes: Uint8Array): Parsed<AnalyzedRecords> {
    if (this.#readBytes(bytes, this.#top, this.#contents)) this.#conclude(this.#top, this.#contents);
    return this.#result();
  }

  /** Takes the next bytes of an archive that is too large to be held; false when no more are needed. */
  read(bytes: Uint8Array): boolean {
    this.#stream ??= new ZipStream(this.#toVisitor(this.#top, this.#contents));
    return this.#stream.push(bytes);
  }

  /** Returns what the bytes given to `read` say, once they were all of the archive. */
  finish(): Parsed<AnalyzedRecords> {
    const damage = this.#stream?.finish().damage;
    if (damage !== undefined) this.#problem(this.#top, damage);
    this.#conclude(this.#top, this.#contents);
    return this.#result();
  }

  #result(): Parsed<AnalyzedRecords> {
    return { value: this.#packages.length === 0 ? {} : { packages: this.#packages }, problems: this.#problems.list() };
  }

  /** False when the bytes are no archive at all. */
  #readBytes(bytes: Uint8Array, place: Place, contents: Contents): boolean {
    const directory = readZipDirectory(bytes, (name) => this.#notice(contents, name) !== undefined, this.#budget.entries);
    if (directory === undefined) return this.#readWithoutDirectory(bytes, place, contents);
    this.#budget.entries -= directory.count;
    if (directory.damage !== undefined) this.#problem(place, directory.damage);
    for (const entry of directory.entries) {
      // A directory can name the same bytes a hundred thousand times, so that stored ones cost too.
      this.#take(place, contents, entry, true, (maxBytes) => readZipEntry(bytes, entry, maxBytes));
    }
    return true;
  }

  #readWithoutDirectory(bytes: Uint8Array, place: Place, contents: Contents): boolean {
    if (!isZip(bytes)) {
      // Some archives are placeholders; a file named .rar is mostly of another kind, as one named .par or .sar may be.
      if (bytes.length > 0 && place.fileName.endsWith('.jar')) this.#problem(place, 'it is no zip archive');
      return false;
    }
    const stream = new ZipStream(this.#toVisitor(place, contents));
    stream.push(bytes);
    const { count, damage } = stream.finish();
    this.#budget.entries -= count;
    this.#problem(place, damage ?? 'its end is missing: it was read without its directory');
    return true;
  }

  #toVisitor(place: Place, contents: Contents): ZipStreamVisitor {
    return {
      wants: (entry) => {
        const kind = this.#notice(contents, entry.name);
        if (kind === undefined) return 0;
        return kind === 'archive' ? MAX_ANALYZED_FILE_BYTES : MAX_JAR_TEXT_BYTES;
      },
      content: (entry, packed) => {
        this.#take(place, contents, entry, entry.method !== 0, (maxBytes) =>
          packed === undefined ? { reason: 'it is larger than what is read' } : unpack(packed, entry, maxBytes),
        );
      },
    };
  }

  #notice(contents: Contents, name: string): Kind | undefined {
    const kind = kindOf(name);
    contents.isJava ||= kind === 'manifest' || name.endsWith('.class');
    return kind;
  }

  /** Unpacks what an entry says, at the cost of the budget or not, and reads it. */
  #take(place: Place, contents: Contents, entry: ZipStreamEntry, isPaid: boolean, open: (maxBytes: number) => Unpacked): void {
    const kind = kindOf(entry.name);
    if (kind === undefined) return;
    if (kind === 'archive' && place.depth >= MAX_ZIP_DEPTH) {
      this.#tell(`it has archives more than ${MAX_ZIP_DEPTH} deep in archives; those are not read`);
      return;
    }
    const { plainBytes, heldBytes } = this.#budget;
    const bound = kind === 'archive' ? Math.min(MAX_ANALYZED_FILE_BYTES, heldBytes) : MAX_JAR_TEXT_BYTES;
    const { value, reason } = open(Math.min(bound, plainBytes));
    if (value === undefined) {
      // Bytes that came to nothing cost as much as those that did.
      if (reason.startsWith('it unpacks')) this.#budget.plainBytes = Math.max(0, plainBytes - bound);
      this.#problem(place, `${quote(entry.name)} in it cannot be read: ${reason}`);
      return;
    }
    if (isPaid) this.#budget.plainBytes = Math.max(0, plainBytes - Math.max(value.length, LEAST_COST));
    if (kind === 'archive') this.#readNested(value, entry, place);
    else contents.add(entry.name, kind, decoder.decode(value));
  }

  #readNested(bytes: Uint8Array, entry: ZipStreamEntry, parent: Place): void {
    const { name } = entry;
    const place: Place = {
      fileName: name.slice(name.lastIndexOf('/') + 1),
      inside: parent.inside === '' ? name : `${parent.inside}!${name}`,
      depth: parent.depth + 1,
    };
    const held = entry.method === 0 ? 0 : bytes.length;
    this.#budget.heldBytes -= held;
    const contents = new Contents();
    if (this.#readBytes(bytes, place, contents)) this.#conclude(place, contents);
    this.#budget.heldBytes += held;
  }

  /** Adds what an archive holds and, when none of it is the archive itself, what that is. */
  #conclude(place: Place, contents: Contents): void {
    const list = new PackageList('maven', 'installed');
    const artifacts: { artifactId: string; version: string }[] = [];
    const self = contents.isJava ? inferCoordinates(place.fileName, contents.manifest) : undefined;
    for (const pom of contents.poms()) {
      const { groupId, artifactId, licenses, dependencies } = pom;
      if (!isMavenId(artifactId)) continue;
      // A version that only another file defines is that of the archive, if the pom is the archive's own.
      const version = pom.version ?? (artifactId === self?.artifactId ? self.version : undefined);
      if (version === undefined) continue;
      const group = isMavenId(groupId) ? groupId : artifactId;
      list.add(`${group}:${artifactId}`, version, { licenses, dependencies });
      artifacts.push({ artifactId, version });
    }
    const isKnown = (): boolean =>
      artifacts.some(
        ({ artifactId, version }) =>
          isSameArtifact(artifactId, self?.artifactId ?? '') || isSameArtifact(artifactId, place.fileName.slice(0, -4)) || version === self?.version,
      );
    if (self !== undefined && !isKnown()) {
      list.add(`${self.groupId}:${self.artifactId}`, self.version, { licenses: readLicense(contents.manifest) });
    }
    const { value, problems } = list.result();
    for (const { message } of problems) this.#problem(place, message);
    for (const record of value.packages ?? []) this.#addPackage(record, place);
  }

  #addPackage(record: AnalyzedPackage, { inside }: Place): void {
    if (this.#budget.packages === 0) {
      this.#tell(`it has more than ${MAX_DATABASE_PACKAGES} packages; the rest is not read`);
      return;
    }
    this.#budget.packages--;
    this.#packages.push(inside === '' ? record : { ...record, insideArchive: inside });
  }

  #problem(place: Place, message: string): void {
    this.#problems.add({ message: place.inside === '' ? message : `${quote(place.inside)} in it: ${message}` });
  }

  /** A problem that is told once for the whole file. */
  #tell(message: string): void {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    this.#problems.add({ message });
  }
}

const decoder = new TextDecoder('utf-8');

/** `Bundle-License` has licences by name or by address, with directives after each: `Apache-2.0;link="https://…", MIT`. */
function readLicense(manifest: ReadonlyMap<string, string>): readonly string[] {
  const stated = (manifest.get('bundle-license') ?? '').slice(0, 1024);
  return stated.split(',').flatMap((item) => {
    const name = item.split(';', 1)[0]?.trim() ?? '';
    return name === '' ? [] : [name];
  });
}

function quote(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}
