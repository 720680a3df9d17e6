import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { matchGitignore, parseGitignore } from '../../../../src/foundation/formats/gitignore.ts';
import { findOnPath } from '../../../support/processes.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const needsGit = { skip: findOnPath('git') === undefined ? 'git is not installed' : false };

/** What the patterns say of a path; one that ends in a slash is a folder. */
function match(patterns: string, file: string): boolean | undefined {
  return matchGitignore(parseGitignore(patterns), file.replace(/\/$/, '').split('/'), file.endsWith('/'));
}

test('patterns mean what gitignore(5) says', () => {
  const cases: readonly (readonly [patterns: string, file: string, ignored: boolean | undefined])[] = [
    ['build', 'build', true],
    ['build', 'a/b/build', true],
    ['build', 'builds', undefined],
    ['build/', 'build', undefined],
    ['build/', 'a/build/', true],
    ['/build', 'a/build', undefined],
    ['/build', 'build', true],
    ['a/build', 'x/a/build', undefined],
    ['*.dockerfile', 'a/web.dockerfile', true],
    ['a/*', 'a/b', true],
    ['a/*', 'a/b/c', undefined],
    ['a/**', 'a/', undefined],
    ['a/**', 'a/b/c', true],
    ['**/a', 'a', true],
    ['**/a', 'x/y/a', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a**/b', 'ax/b', true],
    ['*\n!keep', 'keep', false],
    ['!keep\n*', 'keep', true],
    ['# no', '# no', undefined],
    ['\\# yes', '# yes', true],
    ['\\!yes', '!yes', true],
    ['name   ', 'name', true],
    ['name\\ ', 'name ', true],
    ['name\\\\ ', 'name\\', true],
    ['name\r\n', 'name', true],
    ['\ufeffname', 'name', true],
    ['a[bc]d', 'acd', true],
    ['a[!bc]d', 'acd', undefined],
    ['a[^bc]d', 'axd', true],
    ['a[b-d]', 'ac', true],
    ['a[d-b]', 'ad', true],
    ['a[d-b]', 'ac', undefined],
    ['a[]]', 'a]', true],
    ['a[', 'a[', undefined],
    ['a[[:digit:]]', 'a7', true],
    ['a[[:nope:]]', 'a7', undefined],
    ['a\\', 'a\\', undefined],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', undefined],
    ['x/a**', 'x/ab', true],
    ['x/a**', 'x/ab/c/d', true],
    ['a**/b', 'axy/b', true],
    // The manual says otherwise; git does so.
    ['a**/b', 'a/x/b', true],
    ['a**/b', 'a/x/y/b', true],
    ['a**/b', 'ab', true],
    ['a**/b', 'b', undefined],
    ['a**/**', 'ab', true],
    ['a**/**/', 'a/', true],
    ['*a**/b', 'ax/y/b', undefined],
    ['/', 'a', undefined],
    ['', 'a', undefined],
  ];
  for (const [patterns, file, ignored] of cases) assert.equal(match(patterns, file), ignored, JSON.stringify([patterns, file]));
});

test('git itself agrees', needsGit, (t) => {
  const folder = temporaryDirectory(t);
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  execFileSync('git', ['init', '--quiet', folder], { env });
  // Real folders and files, for git looks at what is there: every path of up to three names, the last one as a file `f…` or a folder.
  const names = ['a', 'b', 'ab', 'a]', 'a-b', '!a'];
  const paths = names.flatMap((one) => [`${one}/`, `f${one}`, ...names.flatMap((two) => [`${one}/${two}/`, `${one}/f${two}`, `${one}/${two}/fa`])]);
  for (const file of paths) {
    if (file.endsWith('/')) mkdirSync(path.join(folder, file), { recursive: true });
  }
  for (const file of paths) if (!file.endsWith('/')) writeFileSync(path.join(folder, file), '');
  const piece = fc.constantFrom('a', 'b', 'f', '-', ']', '[', '[!', '[^', '[a-', '*', '**', '?', '/', '/**/', '!', '\\', ' ', '[[:alpha:]]');
  const line = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 3 }), (lines) => {
      writeFileSync(path.join(folder, '.gitignore'), `${lines.join('\n')}\n`);
      const { stdout } = spawnSync('git', ['-C', folder, 'check-ignore', '--stdin', '-z', '--no-index'], {
        env,
        input: paths.map((file) => file.replace(/\/$/, '')).join('\0'),
        encoding: 'utf8',
      });
      const theirs = new Set(stdout.split('\0').filter((file) => file !== ''));
      const patterns = parseGitignore(lines.join('\n'));
      for (const file of paths) assert.equal(isIgnored(patterns, file), theirs.has(file.replace(/\/$/, '')), JSON.stringify([lines, file]));
    }),
    { numRuns: 100 },
  );
});

/** As a walk does it: what is below an ignored folder is ignored. */
function isIgnored(patterns: ReturnType<typeof parseGitignore>, file: string): boolean {
  const names = file.replace(/\/$/, '').split('/');
  return names.some((_, i) => matchGitignore(patterns, names.slice(0, i + 1), i < names.length - 1 || file.endsWith('/')) === true);
}

test('any text is read, and hostile patterns take no longer than they are long', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string(), { minLength: 1, maxLength: 4 }), (text, names) => {
      matchGitignore(parseGitignore(text), names, false);
    }),
  );
  assert.equal(match(`${'*a'.repeat(1000)}b`, 'a'.repeat(255)), undefined);
  assert.equal(match(`${'**/a/'.repeat(500)}b`, 'a/'.repeat(255)), undefined);
  assert.equal(parseGitignore('a\n'.repeat(50_000)).length, 10_000);
  assert.equal(parseGitignore('a'.repeat(5000)).length, 0);
});
