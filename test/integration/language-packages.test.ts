import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { analyzer as nodePackageJson } from '../../src/image/inventory/analyzers/language/node-package-json.ts';
import { analyzer as npmPackageLock } from '../../src/image/inventory/analyzers/language/npm-package-lock.ts';
import { analyzer as pythonDistInfo } from '../../src/image/inventory/analyzers/language/python-dist-info.ts';
import type { Analyzer } from '../../src/image/inventory/analyzer.ts';
import { toImagePath } from '../../src/foundation/model/brand.ts';
import { findOnPath, runCommand } from '../support/processes.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** Returns `name version` of what `analyzer` reads from the files below a folder. */
function readPackages(analyzer: Analyzer, root: string): readonly string[] {
  const found = new Set<string>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const place = toImagePath(path.relative(root, file).replaceAll(path.sep, '/'));
    if (!entry.isFile() || place === undefined || !analyzer.wants(place)) continue;
    const { value, problems } = analyzer.analyze({ path: place, bytes: readFileSync(file) });
    assert.deepEqual(problems, [], place);
    for (const { name, version } of value.packages ?? []) found.add(`${name} ${version}`);
  }
  return [...found].sort();
}

function skipWithout(program: string): { skip: string | false } {
  return { skip: findOnPath(program) === undefined ? `${program} is not installed` : false };
}

test('what pip put into a fresh virtual environment is what it lists', skipWithout('python3'), async (t) => {
  const folder = temporaryDirectory(t);
  await runCommand('python3', ['-m', 'venv', folder], { timeoutMs: 120_000 });
  const listed = JSON.parse(await runCommand(path.join(folder, 'bin', 'pip'), ['list', '--format=json', '--disable-pip-version-check'])) as {
    name: string;
    version: string;
  }[];
  assert.ok(listed.length > 0);
  assert.deepEqual(readPackages(pythonDistInfo, folder), listed.map(({ name, version }) => `${name} ${version}`).sort());
});

test('what npm installed from archives of this machine is what its lock file says', skipWithout('npm'), async (t) => {
  const folder = temporaryDirectory(t);
  const source = path.join(folder, 'source');
  const app = path.join(folder, 'app');
  mkdirSync(source);
  mkdirSync(app);
  const pack = async (name: string, version: string, dependencies: Readonly<Record<string, string>> = {}): Promise<string> => {
    writeFileSync(path.join(source, 'package.json'), JSON.stringify({ name, version, license: 'MIT', dependencies }));
    const packed = await runCommand('npm', ['pack', '--offline', '--silent', '--pack-destination', folder], { cwd: source });
    return `file:${path.join(folder, packed.trim())}`;
  };
  const old = await pack('inner', '1.0.0');
  const scoped = await pack('@scope/outer', '2.0.0', { inner: old });
  const recent = await pack('inner', '3.0.0');
  const tool = await pack('tool', '4.0.0');
  writeFileSync(
    path.join(app, 'package.json'),
    JSON.stringify({ name: 'app', version: '9.9.9', dependencies: { '@scope/outer': scoped, inner: recent } }),
  );
  await runCommand('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], { cwd: app, timeoutMs: 120_000 });
  await runCommand('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', '--save-dev', tool], {
    cwd: app,
    timeoutMs: 120_000,
  });
  const expected = ['@scope/outer 2.0.0', 'inner 1.0.0', 'inner 3.0.0'];
  assert.deepEqual(readPackages(npmPackageLock, app), expected);
  assert.deepEqual(readPackages(nodePackageJson, app), [...expected, 'tool 4.0.0']);
});
