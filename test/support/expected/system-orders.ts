import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CompareAll } from './system-fact.ts';

/** dpkg's own word. */
export const compareByDpkg: CompareAll = (pairs) => {
  const script =
    'while read -r a b; do if dpkg --compare-versions "$a" lt "$b"; then echo -1; elif dpkg --compare-versions "$a" eq "$b"; then echo 0; else echo 1; fi; done';
  return numbersOf(run('sh', ['-c', script], toLines(pairs)));
};

/** rpm's own word. */
export const compareByRpm: CompareAll = (pairs) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rpm-order-'));
  try {
    const file = path.join(folder, 'pairs');
    writeFileSync(file, toLines(pairs));
    return numbersOf(
      run(
        'rpm',
        ['--eval', `%{lua: for l in io.lines("${file}") do local a, b = l:match("^(%S+) (%S+)$"); print(rpm.vercmp(a, b) .. "\\n") end}`],
        '',
      ),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** True where the tool is installed. */
export function hasTool(name: 'dpkg' | 'rpm'): boolean {
  return spawnSync(name, ['--version']).status === 0;
}

/**
 * apk's order, from its page: numbers between dots, of which later ones with a leading zero are compared as fractions; one letter; suffixes, of which alpha, beta, pre and rc come before none, and cvs, svn, git,
 * hg and p after; a revision.
 * @see https://wiki.alpinelinux.org/wiki/APKBUILD_Reference#pkgver
 */
export const compareByApk: CompareAll = (pairs) => pairs.map(([a, b]) => compareApk(a, b));

/** Returns a version below one and the next revision of apk above it. */
export function besideApk(version: string): readonly [below: string, above: string] {
  const [, head = '', revision = '0'] = /^(.*?)(?:-r(\d+))?$/.exec(version) ?? [];
  const numbers = /^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '0';
  return [revision === '0' ? `${numbers}_alpha` : `${head}-r${String(Number(revision) - 1)}`, `${head}-r${String(Number(revision) + 1)}`];
}

/** Returns a version just below one of dpkg's and one above it. */
export function besideDeb(version: string): readonly [below: string, above: string] {
  return [`${version}~`, `${version}.1`];
}

const suffixes = ['alpha', 'beta', 'pre', 'rc', '', 'cvs', 'svn', 'git', 'hg', 'p'];

function compareApk(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let i = 0; i < Math.max(left.numbers.length, right.numbers.length); i++) {
    const [x, y] = [left.numbers[i], right.numbers[i]];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    const isFraction = i > 0 && (x.startsWith('0') || y.startsWith('0'));
    const order = isFraction ? Math.sign(x < y ? -1 : x > y ? 1 : 0) : Math.sign(Number(x) - Number(y));
    if (order !== 0) return order;
  }
  const rest = [
    left.letter < right.letter ? -1 : left.letter > right.letter ? 1 : 0,
    ...[0, 1].map((i) => compareSuffix(left.suffixes[i], right.suffixes[i])),
    Math.sign(left.revision - right.revision),
  ];
  return rest.find((order) => order !== 0) ?? 0;
}

function compareSuffix(a = '', b = ''): number {
  const [[, x = '', m = '0'], [, y = '', n = '0']] = [/^([a-z]*)(\d*)$/.exec(a) ?? [], /^([a-z]*)(\d*)$/.exec(b) ?? []];
  return Math.sign(suffixes.indexOf(x) - suffixes.indexOf(y)) || Math.sign(Number(m) - Number(n));
}

function partsOf(version: string): { numbers: string[]; letter: string; suffixes: string[]; revision: number } {
  const [, numbers = '', letter = '', tail = '', revision = '0'] = /^(\d+(?:\.\d+)*)([a-z]?)((?:_[a-z]+\d*)*)(?:-r(\d+))?$/.exec(version) ?? [];
  if (numbers === '') throw new Error(`no version of apk: ${version}`);
  return { numbers: numbers.split('.'), letter, suffixes: tail.split('_').slice(1), revision: Number(revision) };
}

function toLines(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([a, b]) => `${a} ${b}\n`).join('');
}

function run(command: string, args: readonly string[], input: string): string {
  const { status, stdout, stderr } = spawnSync(command, [...args], { input, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  return stdout;
}

function numbersOf(output: string): readonly number[] {
  return output.split(/\s+/).filter(Boolean).map(Number);
}
