/**
 * Makes the images that `npm run bench -- --only large` reads, each once, in a folder beside the other temporary files, and prints where they are.
 *
 *   node scripts/bench-images.ts [NAME …]
 *
 * debian (mmdebstrap), node (npm), synthetic-1g, synthetic-1g-gzip, synthetic-5g. The synthetic ones are the same bytes everywhere; the others are the same as long as their registries serve what they served.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writeImageArchive } from './bench-archive.ts';
import { syntheticLayers } from './bench-files.ts';

const GIGABYTE = 1_000_000_000;

/** Raised when a recipe changes: images made before are then made anew. */
const RECIPES_VERSION = 1;

/** Apps of the Node image, each a layer of its own. */
const nodeApps: readonly Readonly<Record<string, string>>[] = [
  { next: '13.4.1', react: '18.2.0', 'react-dom': '18.2.0', express: '4.18.2', axios: '0.21.1', lodash: '4.17.20' },
  { 'react-scripts': '5.0.1', 'aws-sdk': '2.1380.0', typescript: '5.0.4', webpack: '5.88.0' },
  { '@angular/cli': '16.0.0', '@angular/core': '16.0.0', '@nestjs/cli': '10.0.0', '@nestjs/core': '10.0.0', rxjs: '7.8.1' },
  { googleapis: '118.0.0', 'firebase-admin': '11.8.0', '@tensorflow/tfjs': '4.6.0', three: '0.152.2', '@mui/icons-material': '5.11.16' },
];

const recipes: Readonly<Record<string, (target: string) => void>> = {
  debian: (target) => {
    withScratch((scratch) => {
      writeImageArchive(target, [makeDebian(scratch)]);
    });
  },
  node: (target) => {
    withScratch((scratch) => {
      writeImageArchive(target, [makeDebian(scratch), ...nodeApps.map((app, index) => installApp(scratch, app, `app-${index}`))]);
    });
  },
  'synthetic-1g': (target) => {
    writeImageArchive(target, syntheticLayers(40_000, GIGABYTE));
  },
  'synthetic-1g-gzip': (target) => {
    writeImageArchive(target, syntheticLayers(40_000, GIGABYTE), true);
  },
  'synthetic-5g': (target) => {
    writeImageArchive(target, syntheticLayers(200_000, 5 * GIGABYTE));
  },
};

/** Names of the images that can be made. */
export const benchImageNames: readonly string[] = Object.keys(recipes);

/** Returns the path of the image `name`, which is made if it is not there; undefined when this machine cannot. */
export function benchImage(name: string): string | undefined {
  const folder = path.join(os.tmpdir(), 'plimsoll-bench-images');
  const target = path.join(folder, `${name}-v${RECIPES_VERSION}.tar`);
  if (existsSync(target)) return target;
  mkdirSync(folder, { recursive: true });
  console.error(`making ${target}`);
  try {
    recipes[name]?.(target);
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return existsSync(target) ? target : undefined;
}

function withScratch(use: (scratch: string) => void): void {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-bench-'));
  try {
    use(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Returns the path of the root filesystem of a minimal Debian 12, as a tar. */
function makeDebian(scratch: string): string {
  const tar = path.join(scratch, 'debian.tar');
  run('mmdebstrap', ['--variant=minbase', '--include=ca-certificates', 'bookworm', tar], scratch);
  return tar;
}

/** Returns the path of the tar of a folder with `dependencies` installed. */
function installApp(scratch: string, dependencies: Readonly<Record<string, string>>, name: string): string {
  const folder = path.join(scratch, name);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', private: true, dependencies }));
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'], folder);
  const tar = `${folder}.tar`;
  run('tar', ['-cf', tar, '--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--format=pax', name], scratch);
  rmSync(folder, { recursive: true, force: true });
  return tar;
}

function run(command: string, args: readonly string[], cwd: string): void {
  const env = { ...process.env, SOURCE_DATE_EPOCH: '1700000000' };
  const { status, error, stderr } = spawnSync(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${String(status)}: ${stderr.slice(-500)}`);
}

if (import.meta.main) {
  const wanted = process.argv.slice(2);
  for (const name of wanted.length > 0 ? wanted : benchImageNames) {
    const target = benchImage(name);
    if (target === undefined) process.exitCode = 1;
    else console.log(`${name}\t${(statSync(target).size / 1024 / 1024).toFixed(0)} MiB\t${target}`);
  }
}
