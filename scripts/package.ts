/**
 * `npm run package [-- --advisories FILE]`: a production build as out/plimsoll-<version>.vsix, and the command alone as out/plimsoll-<version>.tgz. Refuses to make an extension
 * above the size that one may have. FILE is a full advisory database (trivy.db with its metadata.json beside it, or one of `plimsoll db build`; kev.json and epss.bin beside it
 * are taken along): compacted, it becomes part of both packages, so that a machine without a network has all advisories as of the release.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { createVSIX } from '@vscode/vsce';
import { bundleAdvisories, BUNDLED } from './bundle-advisories.ts';

const MIB = 1024 * 1024;
const MAX_VSIX_BYTES = 8 * MIB;
/** What the advisories of a release may add. */
const MAX_BUNDLED_BYTES = 120 * MIB;
const root = path.join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { advisories: { type: 'string' } } });

run(process.execPath, [path.join(root, 'scripts', 'build.ts'), '--production']);
const bundled = values.advisories === undefined ? 0 : await bundleAdvisories(values.advisories, path.join(root, 'dist'));
if (bundled > MAX_BUNDLED_BYTES) fail(`the advisories take ${bundled} bytes, more than ${MAX_BUNDLED_BYTES}`);

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
const out = path.join(root, 'out');
mkdirSync(out, { recursive: true });
const packagePath = path.join(out, `plimsoll-${version}.vsix`);
// Everything is bundled, so node_modules stays out; the README's pictures are in the package. The GitHub tokens that vsce finds are made-up ones in the rules' examples.
await createVSIX({ cwd: root, packagePath, dependencies: false, rewriteRelativeLinks: false, allowPackageSecrets: ['github'] });
run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', out]);

for (const file of [packagePath, path.join(out, `plimsoll-${version}.tgz`)]) {
  console.log(`${path.relative(root, file)}: ${(statSync(file).size / MIB).toFixed(2)} MiB`);
}
const { size } = statSync(packagePath);
// The package is compressed, and so is what the advisories take of it.
const packed = bundled === 0 ? 0 : gzipSync(readFileSync(path.join(root, 'dist', BUNDLED))).length;
if (size - packed > MAX_VSIX_BYTES) fail(`larger than ${MAX_VSIX_BYTES} bytes: see what grew with \`node scripts/build.ts --production --meta\``);

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function fail(why: string): never {
  console.error(why);
  process.exit(1);
}
