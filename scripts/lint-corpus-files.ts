import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { MAX_DOCKERFILE_LENGTH } from '../src/foundation/base/limits.ts';

/** A Dockerfile somebody wrote, and where. */
export interface CorpusFile {
  /** Name of the folder or repository it is from. */
  readonly source: string;
  readonly path: string;
  readonly text: string;
  /** The .dockerignore beside it, which a build of its folder would heed. */
  readonly dockerignore: string | undefined;
}

export interface CorpusSource {
  readonly name: string;
  /** Undefined for a folder that is no repository. */
  readonly commit: string | undefined;
  /** How many Dockerfiles it has, before any is left out. */
  readonly total: number;
  readonly files: readonly CorpusFile[];
}

interface Tree {
  readonly commit: string | undefined;
  readonly paths: readonly string[];
  /** Texts of the paths asked for; one that cannot be read is left out. */
  read(paths: readonly string[]): ReadonlyMap<string, string>;
}

const DOCKERFILE_NAME = /^(?:Docker|Container)file(?:[.-][\w.-]+)?$|\.(?:docker|container)file$/i;
const NO_DOCKERFILE = /\.(?:template|tmpl|tpl|j2|jinja2?|erb|m4|in|md|sh|py|js|ts|json|ya?ml|txt|patch|dockerignore)$/i;

/** A line that begins with a template's own mark: what is written here is not what a builder gets. */
const TEMPLATE = /^\s*(?:\{\{|\{%|<%)/m;

/** Returns the Dockerfiles of a folder, a git checkout's newest commit, or a bare git directory: at most `most`, near-identical ones once. */
export function readCorpusSource(root: string, most: number): CorpusSource {
  const tree = isGit(root) ? gitTree(root) : folderTree(root);
  const wanted = tree.paths.filter((file) => isDockerfile(path.posix.basename(file)));
  const known = new Set(tree.paths);
  const texts = tree.read([...wanted, ...wanted.flatMap((file) => dockerignorePaths(file).filter((candidate) => known.has(candidate)))]);
  const name = sourceName(root);
  const files = wanted.flatMap((file): readonly CorpusFile[] => {
    const text = texts.get(file);
    if (text === undefined || TEMPLATE.test(text)) return [];
    const dockerignore = dockerignorePaths(file)
      .map((candidate) => texts.get(candidate))
      .find((found) => found !== undefined);
    return [{ source: name, path: file, text, dockerignore }];
  });
  return { name, commit: tree.commit, total: files.length, files: chooseFiles(files, most) };
}

/** Returns whether a file of this name is taken for a Dockerfile; what a template or a document only calls so is not. */
export function isDockerfile(name: string): boolean {
  return DOCKERFILE_NAME.test(name) && !NO_DOCKERFILE.test(name);
}

/** Always the same files of the same source: in the order of a hash of their path, so that no folder is preferred. */
function chooseFiles(files: readonly CorpusFile[], most: number): readonly CorpusFile[] {
  const kept = new Map<string, CorpusFile>();
  for (const file of files.toSorted((a, b) => (hash(a.path) < hash(b.path) ? -1 : 1))) {
    const skeleton = skeletonOf(file.text);
    if (kept.size < most && !kept.has(skeleton)) kept.set(skeleton, file);
  }
  return [...kept.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Variants of one template differ in versions, digests and comments; what is left is the same. */
function skeletonOf(text: string): string {
  return hash(
    text
      .replaceAll(/^\s*#.*$/gm, '')
      .replaceAll(/\b[\da-f]{16,}\b/gi, '0')
      .replaceAll(/\d+(?:\.\d+)*/g, '0')
      .replaceAll(/^FROM .*$/gim, 'FROM')
      .replaceAll(/\s+/g, ' '),
  );
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function dockerignorePaths(file: string): readonly string[] {
  return [`${file}.dockerignore`, path.posix.join(path.posix.dirname(file), '.dockerignore')];
}

function sourceName(root: string): string {
  return (
    path
      .resolve(root)
      .replace(/(?:\/repo)?(?:\/\.git)?$/, '')
      .split(path.sep)
      .at(-1) ?? root
  );
}

function isGit(root: string): boolean {
  return existsSync(path.join(root, '.git')) || existsSync(path.join(root, 'HEAD'));
}

function gitTree(root: string): Tree {
  const git = (args: readonly string[], input = ''): Buffer => execFileSync('git', ['-C', root, ...args], { input, maxBuffer: 2 ** 30 });
  const objects = new Map<string, string>();
  for (const line of git(['ls-tree', '-r', '-z', 'HEAD']).toString().split('\0')) {
    const [, mode, id, file] = /^(\d+) blob ([\da-f]+)\t(.*)$/s.exec(line) ?? [];
    if (mode !== undefined && mode !== '120000' && id !== undefined && file !== undefined) objects.set(file, id);
  }
  return {
    commit: git(['rev-parse', 'HEAD']).toString().trim(),
    paths: [...objects.keys()],
    read: (paths) => readObjects(paths, git(['cat-file', '--batch'], paths.map((file) => `${objects.get(file) ?? ''}\n`).join(''))),
  };
}

/** The answer of `git cat-file --batch`: for each object a line `id type size`, its bytes, a line break; or `id missing`. */
function readObjects(paths: readonly string[], answer: Buffer): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  let at = 0;
  for (const file of paths) {
    const end = answer.indexOf('\n', at);
    const [, type, size] = answer.toString('utf8', at, end).split(' ');
    at = end + 1;
    if (type !== 'blob') continue;
    const bytes = Number(size);
    if (bytes <= MAX_DOCKERFILE_LENGTH) texts.set(file, answer.toString('utf8', at, at + bytes));
    at += bytes + 1;
  }
  return texts;
}

function folderTree(root: string): Tree {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
  const read = (wanted: readonly string[]): ReadonlyMap<string, string> =>
    new Map(
      wanted
        .map((file) => path.join(root, file))
        .flatMap((full, i) => (statSync(full).size > MAX_DOCKERFILE_LENGTH ? [] : [[wanted[i] ?? '', readFileSync(full, 'utf8')]])),
    );
  return { commit: undefined, paths, read };
}
