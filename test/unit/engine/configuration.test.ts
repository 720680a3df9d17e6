import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { parseConfiguration, readConfiguration } from '../../../src/engine/configuration.ts';
import { rules } from '../../../src/dockerfile/lint/rules.generated.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-configuration-'));
after(() => {
  rmSync(folder, { recursive: true });
});

const known = rules[0]!;

test('rules are named by id, slug or alias, and set to a severity or off', async () => {
  const { settings, problems } = await parseConfiguration(`rules:\n  ${known.id}: off\n  ${known.slug}: low\n`, 'x.yaml');
  assert.deepEqual(problems, []);
  assert.deepEqual(settings.rules, { [known.id]: 'off', [known.slug]: 'low' });
});

test('an error names the line and the key, and the rest still counts', async () => {
  const { settings, problems } = await parseConfiguration(`rules:\n  NOPE1: off\n  ${known.id}: loud\n  ${known.slug}: high\nrulez: {}\n`, 'x.yaml');
  assert.deepEqual(settings.rules, { [known.slug]: 'high' });
  assert.deepEqual(
    problems.map(({ line, message }) => [line, message.split(': ')[1]]),
    [
      [2, 'rules'],
      [3, `rules.${known.id}`],
      [5, "unknown key 'rulez'; did you mean 'rules'?"],
    ],
  );
});

test('text that is no YAML map is a problem, never an exception', async () => {
  for (const text of ['- a', '"', 'a: [', '\u0000', '&a *a', '{{{{', 'rules: 3']) {
    assert.ok((await parseConfiguration(text, 'x.yaml')).problems.length > 0, JSON.stringify(text));
  }
  assert.deepEqual((await parseConfiguration('', 'x.yaml')).problems, []);
});

test('the nearest file upwards is used; a named one that is missing is a problem', async () => {
  const inner = path.join(folder, 'a', 'b');
  mkdirSync(inner, { recursive: true });
  writeFileSync(path.join(folder, '.plimsoll.yaml'), `rules: { ${known.id}: low }\n`);
  assert.deepEqual((await readConfiguration(path.join(inner, 'Dockerfile'))).settings.rules, { [known.id]: 'low' });
  writeFileSync(path.join(inner, '.plimsoll.yaml'), `rules: { ${known.id}: off }\n`);
  assert.deepEqual((await readConfiguration(path.join(inner, 'Dockerfile'))).settings.rules, { [known.id]: 'off' });
  assert.equal((await readConfiguration('Dockerfile', path.join(folder, 'absent.yaml'))).problems[0]?.code, 'configuration');
});

test('trusted registries and denied packages are lists of text', async () => {
  const { settings, problems } = await parseConfiguration(
    'trustedRegistries: [ghcr.io/acme]\ndeniedPackages:\n  - telnetd\n  - 3\ndeniedVendors: all\n',
    'x.yaml',
  );
  assert.deepEqual(settings.policy, { trustedRegistries: ['ghcr.io/acme'], deniedPackages: ['telnetd'], deniedVendors: [] });
  assert.deepEqual(
    problems.map(({ line }) => line),
    [4, 5],
  );
});

/** A folder of its own with a configuration made by `make`, and what is read for a Dockerfile below it. */
async function problemsOf(name: string, make: (file: string) => void): Promise<readonly string[]> {
  const own = path.join(folder, name);
  mkdirSync(path.join(own, 'below'), { recursive: true });
  writeFileSync(path.join(folder, '.plimsoll.yaml'), `rules: { ${known.id}: low }\n`);
  make(path.join(own, '.plimsoll.yaml'));
  const { settings, problems } = await readConfiguration(path.join(own, 'below', 'Dockerfile'));
  assert.equal(settings.rules?.[known.id], undefined, 'the one further up does not step in');
  return problems.map(({ message }) => message.replace(own, ''));
}

test('a file that is there but cannot be read is a problem that names it, not a reason to look further up', async () => {
  assert.match(
    (
      await problemsOf('folder', (file) => {
        mkdirSync(file);
      })
    )[0] ?? '',
    /^\/\.plimsoll\.yaml cannot be read: it is not a regular file/,
  );
  assert.match(
    (
      await problemsOf('link-to-folder', (file) => {
        symlinkSync(folder, file);
      })
    )[0] ?? '',
    /cannot be read: it is not a regular file/,
  );
  assert.match(
    (
      await problemsOf('dangling', (file) => {
        symlinkSync('nowhere', file);
      })
    )[0] ?? '',
    /cannot be read: ENOENT/,
  );
  assert.match(
    (
      await problemsOf('latin1', (file) => {
        writeFileSync(file, Buffer.from([0x61, 0x3a, 0xe9]));
      })
    )[0] ?? '',
    /it is not UTF-8 text/,
  );
  assert.match(
    (
      await problemsOf('large', (file) => {
        writeFileSync(file, '#'.repeat(300_000));
      })
    )[0] ?? '',
    /it is larger than 262144 bytes/,
  );
});

test('a file without permission is a problem', { skip: process.getuid?.() === 0 ? 'root may read everything' : false }, async () => {
  const problems = await problemsOf('forbidden', (file) => {
    writeFileSync(file, '');
    chmodSync(file, 0);
  });
  assert.match(problems[0] ?? '', /cannot be read: EACCES/);
});

test('.plimsoll.yml counts where there is no .plimsoll.yaml; beside one it is told that it does not', async () => {
  const own = path.join(folder, 'yml');
  mkdirSync(own);
  writeFileSync(path.join(own, '.plimsoll.yml'), `rules: { ${known.id}: high }\n`);
  const alone = await readConfiguration(path.join(own, 'Dockerfile'));
  assert.deepEqual([alone.settings.rules, alone.problems], [{ [known.id]: 'high' }, []]);
  writeFileSync(path.join(own, '.plimsoll.yaml'), `rules: { ${known.id}: off }\n`);
  const both = await readConfiguration(path.join(own, 'Dockerfile'));
  assert.deepEqual(both.settings.rules, { [known.id]: 'off' });
  assert.match(both.problems[0]?.message ?? '', /\.plimsoll\.yml beside it is not read/);
});

test('a byte order mark is no part of the first key, and a problem has its line and column', async () => {
  const own = path.join(folder, 'bom');
  mkdirSync(own);
  const file = path.join(own, '.plimsoll.yaml');
  writeFileSync(file, `\uFEFFrules:\n  ${known.id}: loud\n`);
  const { problems } = await readConfiguration(path.join(own, 'Dockerfile'));
  assert.equal(problems.length, 1);
  assert.ok(problems[0]?.message.startsWith(`${file}:2:11: rules.${known.id}: a severity`), problems[0]?.message);
});
