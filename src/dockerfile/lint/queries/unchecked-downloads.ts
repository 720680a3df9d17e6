import { MAX_TRACKED_DOWNLOADS } from '../../../foundation/base/limits.ts';
import type { TextRange } from '../../../foundation/model/text-range.ts';
import type { Definition, DockerfileModel, Instruction } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { feeders } from './commands.ts';
import { decompressedTo, downloadsFromAfar, downloadTargets, extractionOf } from './download-targets.ts';
import { Memo } from './memo.ts';
import type { SplitPath } from './shell-paths.ts';
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
  splitPath,
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
  readonly files: Map<string, SplitPath>;
  /** Where it was unpacked. */
  readonly trees: Tree[];
  /** The first that runs it and the first that installs it, before it was checked. */
  run: Use | undefined;
  install: Use | undefined;
  isChecked: boolean;
}

interface Tree {
  readonly directory: string;
  readonly instruction: Instruction;
  /** It was named, and is none that holds other things as well: what is in it later is what was unpacked. */
  readonly isOwn: boolean;
}

const downloads = new Memo<readonly UncheckedDownload[]>();

/** Returns the downloads of each stage that are run or installed unchecked, one use each: the first that runs it, else the first that installs it. */
export function uncheckedDownloads(model: DockerfileModel): readonly UncheckedDownload[] {
  return downloads.of(model, () => followStages(model));
}

function followStages(model: DockerfileModel): readonly UncheckedDownload[] {
  const byStage = Map.groupBy(model.instructions, ({ stage }) => stage);
  const paths = new Map(
    model.definitions.flatMap((definition) =>
      definition.kind === 'ENV' && definition.name === 'PATH' ? [[definition.instruction, definition] as const] : [],
    ),
  );
  return [...byStage.values()].flatMap((instructions) => new StageTracker(model, paths).follow(instructions));
}

/** Follows what is downloaded through the commands of one stage. */
class StageTracker {
  readonly #model: DockerfileModel;
  /** The instructions that set PATH. */
  readonly #paths: ReadonlyMap<Instruction, Definition>;
  readonly #all: Tracked[] = [];
  #directory = UNKNOWN_DIRECTORY;
  #workdir = UNKNOWN_DIRECTORY;

  constructor(model: DockerfileModel, paths: ReadonlyMap<Instruction, Definition>) {
    this.#model = model;
    this.#paths = paths;
  }

  follow(instructions: readonly Instruction[]): readonly UncheckedDownload[] {
    for (const instruction of instructions) {
      if (instruction.keyword === 'WORKDIR') this.#workdir = resolvePath(this.#workdir, instruction.args[0]?.value ?? '.');
      const path = this.#all.length > 0 ? this.#paths.get(instruction) : undefined;
      if (path !== undefined) this.#readPath(path);
      this.#directory = this.#workdir;
      for (const command of this.#model.commandsOf(instruction)) this.#read(command);
    }
    return this.#all.flatMap((tracked) => {
      // A check that fails breaks the build off: what was only put in place before it is in no image.
      const use = tracked.run ?? (tracked.isChecked ? undefined : tracked.install);
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
      const source = feeders(command).find(downloadsFromAfar) ?? command;
      this.#track({ command: source, file: name, unpacker: undefined }, [path]);
    }
  }

  #track(download: Pick<Tracked, 'command' | 'file' | 'unpacker'>, files: readonly string[]): Tracked {
    const tracked: Tracked = {
      ...download,
      files: new Map(files.map((path) => [path, splitPath(path)])),
      trees: [],
      run: undefined,
      install: undefined,
      isChecked: false,
    };
    if (this.#all.length < MAX_TRACKED_DOWNLOADS) this.#all.push(tracked);
    return tracked;
  }

  #check(command: ShellCommand): void {
    const check = integrityCheckOf(this.#model, command);
    if (check === undefined) return;
    const named = this.#all.filter(({ files }) => [...files.keys()].some((path) => namesChecked(check, path)));
    for (const tracked of named.length > 0 || !check.isOpen ? named : this.#all) tracked.isChecked = true;
  }

  #use(command: ShellCommand): void {
    for (const word of executedFiles(command)) this.#useFile(word, 'run', command);
    for (const word of installedFiles(command)) this.#useFile(word, 'install', command);
    const [program] = command.words;
    if (program === undefined) return;
    if (!program.value.includes('/')) {
      // By its name alone: found through PATH.
      this.#record(program, 'run', ({ files }) =>
        [...files.keys()].some((path) => baseName(path) === program.value && isProgramDirectory(parentOf(path))),
      );
    }
    if (isBuildTool(command)) {
      const place = this.#directory;
      this.#record(program, 'run', ({ trees }) => trees.some((tree) => isInside(place, tree.directory) && isMeant(tree, command.instruction)));
    }
  }

  #useFile(word: ShellWord, kind: Use['kind'], command: ShellCommand): void {
    const path = this.#resolve(word.value);
    const pattern = splitPath(path);
    this.#record(word, kind, (tracked) => names(tracked, pattern) || isUnpacked(tracked, path, word.value, command.instruction));
  }

  #record(word: ShellWord, kind: Use['kind'], isMatch: (tracked: Tracked) => boolean): void {
    for (const tracked of this.#all) {
      if (!tracked.isChecked && tracked[kind] === undefined && isMatch(tracked)) tracked[kind] = { kind, range: word.range, name: word.value };
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
    const source = splitPath(this.#resolve(from));
    const target = this.#resolve(to);
    for (const tracked of this.#all) {
      if (tracked.files.size < MAX_TRACKED_DOWNLOADS && names(tracked, source)) tracked.files.set(target, splitPath(target));
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
      if (tracked.trees.length < MAX_TRACKED_DOWNLOADS) {
        tracked.trees.push(tree);
        // By custom what is in a-1.2.tar.gz unpacks into a-1.2.
        const root = archiveRoot(tracked.file ?? lastUrl(tracked.command));
        if (root !== undefined) tracked.trees.push({ ...tree, directory: resolvePath(place, root), isOwn: true });
      }
      const word = directory ?? command.words[0];
      if (word === undefined || (directory === undefined && this.#directory === this.#workdir) || !isSystemDirectory(place)) continue;
      if (!tracked.isChecked) tracked.install ??= { kind: 'install', range: word.range, name: place };
    }
  }

  #archives(command: ShellCommand, archive: ShellWord | undefined): readonly Tracked[] {
    if (archive !== undefined) {
      const path = splitPath(this.#resolve(archive.value));
      return this.#all.filter((tracked) => names(tracked, path));
    }
    const fed = feeders(command);
    const source = fed.find(downloadsFromAfar);
    if (source !== undefined) return [this.#track({ command: source, file: undefined, unpacker: command }, [])];
    const printed = fed.flatMap(({ name, args }) => (PRINTERS.test(name) ? args.map(({ value }) => splitPath(this.#resolve(value))) : []));
    return this.#all.filter((tracked) => printed.some((path) => names(tracked, path)));
  }

  /** `ENV PATH=/opt/x/bin:$PATH` installs what lies in /opt/x. */
  #readPath({ value, resolved, valueRange }: Definition): void {
    if (valueRange === undefined) return;
    for (const directory of (resolved ?? value ?? '').split(':', MAX_TRACKED_DOWNLOADS)) {
      for (const tracked of this.#all) {
        if (tracked.isChecked || !tracked.trees.some((tree) => tree.isOwn && (directory === tree.directory || isInside(directory, tree.directory))))
          continue;
        tracked.install ??= { kind: 'install', range: valueRange, name: directory };
      }
    }
  }
}

/** Returns the name without the endings of an archive; undefined when it has none. */
function archiveRoot(name: string): string | undefined {
  const base = baseName(name);
  const root = base.replace(/\.(?:tgz|tbz2?|txz|zip|jar|7z|tar(?:\.(?:gz|bz2|xz|zst|lzma))?)$/, '');
  return root === base || root === '' ? undefined : root;
}

function lastUrl({ args }: ShellCommand): string {
  return args.findLast(({ value }) => value.includes('://'))?.value ?? '';
}

/** Where other things lie too. */
const SHARED_DIRECTORY = /^(?:\/|\/tmp|\/var\/tmp|\/opt|\/usr\/src|\/root|\/home(?:\/[^/]+)?|~|\?|\/srv|\/var|\/etc|\/app)$/;
const PRINTERS = /^(?:cat|gunzip|zcat|xzcat|bzcat|zstdcat|gzip|xz|bzip2|zstd|unxz|bunzip2|pv)$/;

function names({ files }: Tracked, pattern: SplitPath): boolean {
  for (const file of files.values()) if (namesFile(pattern, file)) return true;
  return false;
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
