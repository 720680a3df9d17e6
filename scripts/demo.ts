/**
 * `npm run demo`: the main job on made input, with the real CLI: lint a sample Dockerfile, scan a sample image with the embedded advisories, and ask a Harbor-shaped registry on this machine
 * whether it would let the image be pulled. Needs no Docker and no network. The exit codes of the three commands are shown, and are those the README states.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startHarborServer } from '../test/support/harbor-server.ts';
import { buildSampleImage } from '../test/support/sample-image.ts';

const root = path.join(import.meta.dirname, '..');
const archive = path.join('out', 'sample-image.tar');
/** The demo must not depend on what the person has downloaded before. */
const env = { ...process.env, PLIMSOLL_CACHE_DIR: path.join(root, 'out', 'demo-cache'), DOCKER_CONFIG: path.join(root, 'out', 'demo-docker') };

let unexpected = 0;

/** Runs `plimsoll …args` as a person would see it, and compares its exit code with the one that is due. */
async function show(expectedCode: number, ...args: readonly string[]): Promise<void> {
  console.log(`\n\u001B[1m$ plimsoll ${args.join(' ')}\u001B[0m\n`);
  const child = spawn(process.execPath, [path.join(root, 'dist', 'cli.cjs'), ...args], { cwd: root, stdio: 'inherit', env });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  console.log(`\u001B[2m(exit code ${String(code)})\u001B[0m`);
  if (code !== expectedCode) unexpected++;
}

mkdirSync(path.join(root, 'out'), { recursive: true });
writeFileSync(path.join(root, archive), buildSampleImage());

await show(1, 'lint', 'samples/Dockerfile');
await show(1, 'scan', '--input', archive, '--severity', 'medium');
await show(0, 'sbom', '--input', archive, '--format', 'cyclonedx', '-o', 'out/sample-image.cdx.json');

const harbor = await startHarborServer({
  users: { developer: 'demo' },
  projects: { team: { metadata: { public: 'false', prevent_vul: 'true', severity: 'high', auto_scan: 'true' } } },
});
// Signed in as `docker login` would leave it.
mkdirSync(env.DOCKER_CONFIG, { recursive: true });
writeFileSync(
  path.join(env.DOCKER_CONFIG, 'config.json'),
  JSON.stringify({ auths: { [harbor.host]: { auth: Buffer.from('developer:demo').toString('base64') } } }),
);
try {
  await show(1, 'policy', 'check', '--input', archive, '--as', `${harbor.host}/team/shop:1.4`);
} finally {
  await harbor.close();
}

console.log(
  `\nThe image is ${archive}, its bill of materials out/sample-image.cdx.json. Next: open this folder in VS Code, or \`node dist/cli.cjs --help\`.`,
);
if (unexpected > 0) {
  console.error(`${unexpected} commands ended with an exit code that was not expected`);
  process.exitCode = 1;
}
