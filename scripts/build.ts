/** Builds everything that ships into dist/: the bundles and the embedded advisories. `--watch` rebuilds on change; `--production` minifies; `--meta` writes dist/meta-*.json for a size report. */
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

/** Leaves `import('./<file>.ts')` as the loading of a bundle of its own. */
function leaveApart(file: string, bundle: string): esbuild.Plugin {
  return {
    name: `${file}-apart`,
    setup: (build) => {
      build.onResolve({ filter: new RegExp(`^\\./${file}\\.ts$`) }, () => ({ path: `./${bundle}.cjs`, external: true }));
    },
  };
}

/** Makes all modules of the extension share one import of `vscode`: each would copy its hundreds of names, a third of the time that loading takes. */
const vscodeOnce: esbuild.Plugin = {
  name: 'vscode-once',
  setup: (build) => {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'vscode-once' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'vscode-once' },
    );
    build.onLoad({ filter: /^vscode$/, namespace: 'vscode-once' }, () => ({ contents: "export * from 'vscode';" }));
  },
};

/**
 * Runs before anything else of the command: on an older Node each rule would fail for itself. A checkout has a Node of its own, which then takes over.
 */
const REQUIRE_NODE = `{
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 15)) {
    const own = require('node:path').join(__dirname, '..', 'node_modules', 'node', 'bin', 'node');
    const { status, error } = require('node:child_process').spawnSync(own, process.argv.slice(1), { stdio: 'inherit' });
    if (error) process.stderr.write('plimsoll: needs Node 22.15 or newer; this is ' + process.version + '\\n');
    process.exit(status ?? 3);
  }
}`;

const builds: readonly esbuild.BuildOptions[] = [
  {
    ...node,
    entryPoints: { extension: 'src/extension/extension.ts' },
    plugins: [leaveApart('language-client', 'language-client'), vscodeOnce],
    // As `require`, which is how VS Code gives `vscode` to an extension's files.
    supported: { 'dynamic-import': false },
  },
  {
    ...node,
    entryPoints: {
      'language-client': 'src/extension/language-client.ts',
      server: 'src/server/main.ts',
      worker: 'src/engine/scan-worker.ts',
      'hash-worker': 'src/foundation/io/hash-worker.ts',
      'lint-worker': 'src/cli/lint/lint-worker.ts',
      'cli-main': 'src/cli/main.ts',
      // Only for those who verify signatures of sigstore.
      sigstore: 'src/gate/signatures/sigstore.ts',
    },
    plugins: [leaveApart('sigstore', 'sigstore')],
  },
  {
    ...node,
    entryPoints: { cli: 'src/cli/start.ts' },
    banner: { js: `#!/usr/bin/env node\n${REQUIRE_NODE}` },
    plugins: [leaveApart('main', 'cli-main')],
    // As `require`: importing would look through the whole bundle for its exports first.
    supported: { 'dynamic-import': false },
  },
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
