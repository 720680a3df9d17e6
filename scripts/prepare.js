/**
 * npm's `prepare`: builds dist/ after `npm ci`, and where the command is installed from git, which has no dist/ (`npm install -g git+…`, pre-commit).
 * Plain JavaScript: it has to start, and to say what is missing, on any Node.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function hasTools() {
  return existsSync(path.join(root, 'node_modules', 'esbuild'));
}

function run(command, args, env) {
  // Not to stdout: that of `npm pack` is the name of the package.
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env, shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed${error === undefined ? '' : `: ${error.message}`}`);
}

/** `npm install -g git+…` passes its own -g on to the install of what the build needs, which then lands elsewhere. */
function installTools() {
  const passedOn = /^npm_config_(?:global|prefix|local_prefix|global_prefix|location|save|force)$/i;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !passedOn.test(name)));
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], { ...env, npm_config_global: 'false', PLIMSOLL_PREPARING: '1' });
}

function build() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const own = path.join(root, 'node_modules', 'node', 'bin', 'node');
  const node = major > 22 || (major === 22 && minor >= 18) ? process.execPath : existsSync(own) ? own : undefined;
  if (node === undefined) throw new Error(`building Plimsoll needs Node 22.18 or newer; this is ${process.version}`);
  run(node, [path.join('scripts', 'build.ts'), '--production'], process.env);
}

// Installing the tools comes here again.
if (process.env.PLIMSOLL_PREPARING !== '1') {
  if (!hasTools() && process.env.npm_config_global === 'true') installTools();
  // Without its development dependencies (`npm ci --omit=dev`) nothing can be built, and nothing was asked for.
  if (hasTools()) build();
}
