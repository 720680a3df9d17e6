/** `npm run package`: a production build as out/plimsoll-<version>.vsix. Refuses to make one above the size that an extension may have. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';

const MAX_VSIX_BYTES = 8 * 1024 * 1024;
const root = path.join(import.meta.dirname, '..');

const built = spawnSync(process.execPath, [path.join(root, 'scripts', 'build.ts'), '--production'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
const packagePath = path.join(root, 'out', `plimsoll-${version}.vsix`);
mkdirSync(path.dirname(packagePath), { recursive: true });
// Everything is bundled, so node_modules stays out; the README's pictures are in the package. The GitHub tokens that vsce finds are made-up ones in the rules' examples.
await createVSIX({ cwd: root, packagePath, dependencies: false, rewriteRelativeLinks: false, allowPackageSecrets: ['github'] });

const { size } = statSync(packagePath);
console.log(`${path.relative(root, packagePath)}: ${(size / 1024 / 1024).toFixed(2)} MiB`);
if (size > MAX_VSIX_BYTES) {
  console.error(`larger than ${MAX_VSIX_BYTES} bytes: see what grew with \`node scripts/build.ts --production --meta\``);
  process.exitCode = 1;
}
