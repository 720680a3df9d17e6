import { MAX_TRACKED_DOWNLOADS } from '../../../foundation/base/limits.ts';
import type { TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { upstream } from './commands.ts';
import { decompressedTo, downloadsFromAfar, downloadTargets, extractionOf } from './download-targets.ts';
import { executedFiles, installedFiles, isBuildTool, moveOf } from './file-uses.ts';
import { integrityCheckOf, namesChecked } from './integrity-checks.ts';
import {
  baseName,
  directoryAfter,
  isInside,
  isProgramDirectory,
  isSystemDirectory,
  namesFile,
  parentOf,
  resolvePath,
  UNKNOWN_DIRECTORY,
} from './shell-paths.ts';

/** A download that is run or installed before anything has checked it. */
export interface UncheckedDownload {
  /** What downloads. */
  readonly command: ShellCommand;
  /** The file it went into, as the command names it; undefined when it was unpacked on the way. */
  readonly file: string | undefined;
  /** What unpacks it on the way. */
  readonly unpacker: ShellCommand | undefined;
  /** Where it is run or installed. */
  readonly use: Use;
}

export interface Use {
  readonly kind: 'run' | 'install';
  readonly range: TextRange;
  /** Name of the file or directory. */
  readonly name: string;
}

interface Tracked extends Omit<UncheckedDownload, 'use'> {
  /** Where it lies: the download itself, copies of it. */
  readonly files: Set<string>;
  /** Where it was unpacked. */
  readonly trees: Tree[];
  readonly uses: (Use & { readonly isBeforeCheck: boolean })[];
  isChecked: boolean;
}

interface Tree {
  readonly directory: string;
  readonly instruction: Instruction;
  /** It was named, and is none that holds other things as well: what is in it later is what was unpacked. */
  readonly isOwn: boolean;
}

const cache = new WeakMap<DockerfileModel, readonly UncheckedDownload[]>();

/** Returns the downloads of each stage that are run or installed unchecked, one use each: the first that runs it, else the first that installs it. */
export function uncheckedDownloads(model: DockerfileModel): readonly UncheckedDownload[] {
  const known = cache.get(model);
  if (known !== undefined) return known;
  const byStage = Map.groupBy(model.instructions, ({ stage }) => stage);
  const found = [...byStage.values()].flatMap((instructions) => new StageTracker(model).follow(instructions));
  cache.set(model, found);
  return found;
}

/** Follows what is downloaded through the commands of one stage. */
class StageTracker {
  readonly #model: DockerfileModel;
  readonly #all: Tracked[] = [];
  #directory = UNKNOWN_DIRECTORY;
  #workdir = UNKNOWN_DIRECTORY;

  constructor(model: DockerfileModel) {
    this.#model = model;
  }

  follow(instructions: readonly Instruction[]): readonly UncheckedDownload[] {
    for (const instruction of instructions) {
      if (instruction.keyword === 'WORKDIR') this.#workdir = resolvePath(this.#workdir, instruction.args[0]?.value ?? '.');
      if (instruction.keyword === 'ENV') this.#readPath(instruction);
      this.#directory = this.#workdir;
      for (const command of this.#model.commandsOf(instruction)) this.#read(command);
    }
    return this.#all.flatMap((tracked) => {
      // A check that fails breaks the build off: what was only put in place before it is in no image.
      const guilty = tracked.uses.filter(({ kind, isBeforeCheck }) => isBeforeCheck && (kind === 'run' || !tracked.isChecked));
      const use = guilty.find(({ kind }) => kind === 'run') ?? guilty[0];
      return use === undefined ? [] : [{ command: tracked.command, file: tracked.file, unpacker: tracked.unpacker, use }];
    });
  }

  #read(command: ShellCommand): void {
    if (command.language !== 'sh' && command.language !== 'exec') return;
    if (this.#all.length > 0) {
      this.#check(command);
      this.#use(command);
      this.#move(command);
    }
    this.#unpack(command);
    this.#download(command);
    this.#directory = directoryAfter(command, this.#directory);
  }

  #resolve(name: string): string {
    return resolvePath(this.#directory, name);
  }

  #download(command: ShellCommand): void {
    for (const name of downloadTargets(command)) {
      const path = this.#resolve(name);
      for (const tracked of this.#all) tracked.files.delete(path);
      const source = upstream(command).find(downloadsFromAfar) ?? command;
      this.#track({ command: source, file: name, unpacker: undefined }, [path]);
    }
  }

  #track(download: Pick<Tracked, 'command' | 'file' | 'unpacker'>, files: readonly string[]): Tracked {
    const tracked: Tracked = { ...download, files: new Set(files), trees: [], uses: [], isChecked: false };
    if (this.#all.length < MAX_TRACKED_DOWNLOADS) this.#all.push(tracked);
    return tracked;
  }

  #check(command: ShellCommand): void {
    const check = integrityCheckOf(this.#model, command);
    if (check === undefined) return;
    const named = this.#all.filter(({ files }) => [...files].some((path) => namesChecked(check, path)));
    for (const tracked of named.length > 0 || !check.isOpen ? named : this.#all) tracked.isChecked = true;
  }

  #use(command: ShellCommand): void {
    for (const word of executedFiles(command)) this.#useFile(word, 'run', command);
    for (const word of installedFiles(command)) this.#useFile(word, 'install', command);
    const [program] = command.words;
    if (program === undefined) return;
    if (!program.value.includes('/')) {
      // By its name alone: found through PATH.
      this.#record(program, 'run', ({ files }) => [...files].some((path) => baseName(path) === program.value && isProgramDirectory(parentOf(path))));
    }
    if (isBuildTool(command)) {
      const place = this.#directory;
      this.#record(program, 'run', ({ trees }) => trees.some((tree) => isInside(place, tree.directory) && isMeant(tree, command.instruction)));
    }
  }

  #useFile(word: ShellWord, kind: Use['kind'], command: ShellCommand): void {
    const path = this.#resolve(word.value);
    this.#record(word, kind, (tracked) => isPartOf(tracked, path, word.value, command.instruction));
  }

  #record(word: ShellWord, kind: Use['kind'], isMatch: (tracked: Tracked) => boolean): void {
    for (const tracked of this.#all) {
      if (isMatch(tracked)) tracked.uses.push({ kind, range: word.range, name: word.value, isBeforeCheck: !tracked.isChecked });
    }
  }

  /** What is moved or copied is the same download still. */
  #move(command: ShellCommand): void {
    const decompressed = decompressedTo(command);
    if (decompressed !== undefined) this.#alias(decompressed.from, decompressed.to);
    const move = moveOf(command);
    if (move === undefined) return;
    const target = this.#resolve(move.target.value);
    for (const source of move.sources) {
      const path = this.#resolve(source.value);
      const isDirectory = move.isDirectory || isSystemDirectory(target);
      const destination = isDirectory ? `${target === '/' ? '' : target}/${baseName(path)}` : target;
      // What comes out of an archive is executable already.
      if (isProgramDirectory(parentOf(destination)))
        this.#record(source, 'install', (tracked) => isUnpacked(tracked, path, source.value, command.instruction));
      this.#alias(source.value, destination);
    }
  }

  #alias(from: string, to: string): void {
    const [source, target] = [this.#resolve(from), this.#resolve(to)];
    for (const { files } of this.#all) {
      if (files.size < MAX_TRACKED_DOWNLOADS && [...files].some((path) => namesFile(source, path))) files.add(target);
    }
  }

  #unpack(command: ShellCommand): void {
    const extraction = extractionOf(command);
    if (extraction === undefined) return;
    const { archive, directory } = extraction;
    const place = directory === undefined ? this.#directory : this.#resolve(directory.value);
    const isOwn = directory !== undefined && place !== this.#workdir && !isSystemDirectory(place) && !SHARED_DIRECTORY.test(place);
    const tree = { directory: place, instruction: command.instruction, isOwn };
    for (const tracked of this.#archives(command, archive)) {
      if (tracked.trees.length < MAX_TRACKED_DOWNLOADS) tracked.trees.push(tree);
      const word = directory ?? command.words[0];
      if (word === undefined || (directory === undefined && this.#directory === this.#workdir) || !isSystemDirectory(place)) continue;
      tracked.uses.push({ kind: 'install', range: word.range, name: place, isBeforeCheck: !tracked.isChecked });
    }
  }

  #archives(command: ShellCommand, archive: ShellWord | undefined): readonly Tracked[] {
    if (archive !== undefined) {
      const path = this.#resolve(archive.value);
      return this.#all.filter(({ files }) => [...files].some((file) => namesFile(path, file)));
    }
    const feeders = upstream(command);
    const source = feeders.find(downloadsFromAfar);
    if (source !== undefined) return [this.#track({ command: source, file: undefined, unpacker: command }, [])];
    const printed = feeders.flatMap(({ name, args }) => (PRINTERS.test(name) ? args.map(({ value }) => this.#resolve(value)) : []));
    return this.#all.filter(({ files }) => [...files].some((file) => printed.some((path) => namesFile(path, file))));
  }

  /** `ENV PATH=/opt/x/bin:$PATH` installs what lies in /opt/x. */
  #readPath(instruction: Instruction): void {
    const definition = this.#model.definitions.find((candidate) => candidate.instruction === instruction && candidate.name === 'PATH');
    if (definition?.valueRange === undefined) return;
    const range = definition.valueRange;
    for (const directory of (definition.resolved ?? definition.value ?? '').split(':', MAX_TRACKED_DOWNLOADS)) {
      for (const { trees, uses, isChecked } of this.#all) {
        if (trees.some((tree) => tree.isOwn && (directory === tree.directory || isInside(directory, tree.directory))))
          uses.push({ kind: 'install', range, name: directory, isBeforeCheck: !isChecked });
      }
    }
  }
}

/** Where other things lie too. */
const SHARED_DIRECTORY = /^(?:\/|\/tmp|\/var\/tmp|\/opt|\/usr\/src|\/root|\/home(?:\/[^/]+)?|~|\?|\/srv|\/var|\/etc|\/app)$/;
const PRINTERS = /^(?:cat|gunzip|zcat|xzcat|bzcat|zstdcat|gzip|xz|bzip2|zstd|unxz|bunzip2|pv)$/;

function isPartOf(tracked: Tracked, path: string, written: string, instruction: Instruction): boolean {
  return [...tracked.files].some((file) => namesFile(path, file)) || isUnpacked(tracked, path, written, instruction);
}

function isUnpacked({ trees }: Tracked, path: string, written: string, instruction: Instruction): boolean {
  return trees.some(({ directory, isOwn, instruction: unpackedBy }) => {
    if (isOwn) return path === directory || isInside(path, directory);
    if (unpackedBy !== instruction || !isInside(path, directory)) return false;
    // Other things lie in a shared directory as well: /bin/sh is not what was unpacked into /, nor /tmp/a.sh into /tmp.
    return !written.startsWith('/') || (directory !== '/' && path.slice(directory.length + 1).includes('/'));
  });
}

/** A directory of its own holds the download in every later instruction; another one only while the instruction runs that unpacked it. */
function isMeant(tree: Tree, instruction: Instruction): boolean {
  return tree.isOwn || tree.instruction === instruction;
}
