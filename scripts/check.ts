/** `npm run check`: everything that holds the house up, in order, stopping at nothing, so that one run shows all there is to mend. `--static` leaves out the tests. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');

const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['generated files are fresh', 'node', 'scripts/gen.ts', '--check'],
  ['types: sources, scripts, tests', 'tsc', '-p', 'tsconfig.json'],
  ['types: no Node in the pure storeys', 'tsc', '-p', 'tsconfig.pure.json'],
  ['types: extension host', 'tsc', '-p', 'src/extension/tsconfig.json'],
  ['types: webview', 'tsc', '-p', 'webview/tsconfig.json'],
  ['eslint', 'eslint', '.'],
  ['prettier', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['storeys (dependency-cruiser)', 'depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'webview'],
  ['unused code and packages (knip)', 'knip'],
  ['unit tests, laws, contracts', 'node', 'test/run.ts', 'unit'],
];

const failed: string[] = [];
const chosen = process.argv.includes('--static') ? steps.slice(0, -1) : steps;
for (const [name, command, ...args] of chosen) {
  console.log(`\n— ${name}`);
  const { status } = spawnSync(path.join(root, 'node_modules', '.bin', command), args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\ncheck passed' : `\ncheck failed: ${failed.join(' · ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
