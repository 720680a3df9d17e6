/** Builds everything that ships into dist/: five bundles and the embedded advisories. `--watch` rebuilds on change; `--production` minifies; `--meta` writes dist/meta-*.json for a size report. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { buildStarterStore } from './build-advisories.ts';

const root = path.join(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const production = process.argv.includes('--production');

const shared: esbuild.BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  // Stack traces in a user's log must name functions.
  keepNames: true,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: process.argv.includes('--meta'),
};

/** The Node bundles. Node 22.15 is what VS Code 1.101, the oldest we run in, brings. */
const node: esbuild.BuildOptions = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node22.15',
  mainFields: ['module', 'main'],
  define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
  external: ['vscode'],
  outExtension: { '.js': '.cjs' },
  outdir: 'dist',
};

const builds: readonly esbuild.BuildOptions[] = [
  { ...node, entryPoints: { extension: 'src/extension/extension.ts', server: 'src/server/main.ts', worker: 'src/engine/scan-worker.ts' } },
  { ...node, entryPoints: { cli: 'src/cli/main.ts' }, banner: { js: '#!/usr/bin/env node' } },
  {
    ...shared,
    entryPoints: { webview: 'webview/main.ts' },
    platform: 'browser',
    format: 'esm',
    target: 'chrome134',
    outdir: 'dist',
    tsconfig: 'webview/tsconfig.json',
  },
];

async function main(): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  writeFileSync(path.join(dist, 'advisories.db'), buildStarterStore());
  if (process.argv.includes('--watch')) {
    for (const build of builds) await (await esbuild.context(build)).watch();
    return;
  }
  const results = await Promise.all(builds.map((build) => esbuild.build(build)));
  for (const [i, result] of results.entries()) {
    if (result.metafile) writeFileSync(path.join(dist, `meta-${i}.json`), JSON.stringify(result.metafile));
  }
}

await main();
