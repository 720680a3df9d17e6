import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { needs } from '../setup/needs.ts';
import { startDockerEngine, type DockerEngine } from '../support/docker-engine.ts';
import { startHarborServer, type HarborServer } from '../support/harbor-server.ts';
import { needsRegistry, startRegistryServer, type RegistryServer } from '../support/registry-server.ts';
import { waitFor } from '../support/wait.ts';
import { journey } from './journey.ts';
import { CRITICAL, buildVulnerableImage, removeVulnerableImage, upgradeBusybox, writeTestAdvisories } from './vulnerable-image.ts';

const IMAGE = 'plimsoll-test/push:1.0';
const SCAN_TIMEOUT_MS = 60_000;

/** Harbor's interface before a real registry, which takes what is pushed. */
describe('a push through the gate', { skip: needs('docker').skip || needsRegistry().skip }, () => {
  let engine: DockerEngine;
  let registry: RegistryServer;
  let harbor: HarborServer;
  let folder: string;
  let advisories: string;

  before(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-push-'));
    [engine, registry] = await Promise.all([startDockerEngine(), startRegistryServer()]);
    harbor = await startHarborServer({
      registry: registry.host,
      users: { [registry.username]: registry.password },
      projects: { team: { metadata: { prevent_vul: 'true', severity: 'high', auto_scan: 'true', reuse_sys_cve_allowlist: 'false' } } },
    });
    const auth = Buffer.from(`${registry.username}:${registry.password}`).toString('base64');
    mkdirSync(path.join(folder, 'docker'));
    writeFileSync(path.join(folder, 'docker', 'config.json'), JSON.stringify({ auths: { [harbor.host]: { auth } } }));
    advisories = writeTestAdvisories(folder);
    await buildVulnerableImage(engine, folder, IMAGE);
  });

  after(async () => {
    await removeVulnerableImage(engine, IMAGE);
    await harbor.close();
    await registry.close();
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  journey(
    'what blocks is named with the smallest fix; after the fix the same push passes',
    ['docker'],
    () => ({
      env: { DOCKER_HOST: engine.host, DOCKER_CONFIG: path.join(folder, 'docker'), PLIMSOLL_STATE_DIR: path.join(folder, 'state') },
      settings: { 'plimsoll.advisories.file': advisories },
      files: { 'notes.md': '# notes\n' },
    }),
    async ({ workbench, note }) => {
      const reference = `${harbor.host}/team/push:1.0`;
      const push = async (): Promise<void> => {
        await workbench.runCommand('Plimsoll: Push Image…');
        await workbench.quickPickRows();
        await workbench.pick(IMAGE);
        await workbench.quickInput().getByText('The reference you are about to push', { exact: false }).waitFor();
        await workbench.answer(reference);
      };
      // A try before this one may have left the image mended.
      await buildVulnerableImage(engine, folder, IMAGE);
      await workbench.runCommand('Plimsoll: Scan Image…');
      await waitFor('the image among those to pick', async () => (await workbench.quickPickRows()).some((row) => row.includes(IMAGE)));
      await workbench.pick(IMAGE);
      const report = await workbench.webview('plimsoll-report', SCAN_TIMEOUT_MS);
      await report.getByRole('row').filter({ hasText: CRITICAL }).first().waitFor({ timeout: SCAN_TIMEOUT_MS });

      await push();
      const dialog = workbench.page.getByRole('dialog');
      await dialog.getByText(CRITICAL).first().waitFor({ timeout: SCAN_TIMEOUT_MS });
      const told = await dialog.innerText();
      note(`blocked: ${told.replaceAll(/\s+/g, ' ')}`);
      assert.match(told, /busybox/, 'the smallest fix names the package');
      await workbench.screenshot('gate-1-blocked');
      await dialog.getByRole('button', { name: 'Open Report' }).click();
      await report.getByRole('tab', { name: 'Policy' }).click();
      const policy = report.locator('plimsoll-policy');
      await policy.getByText('apk', { exact: false }).first().waitFor();
      await workbench.screenshot('gate-2-policy');
      assert.equal((await tags(registry, 'team/push')).length, 0, 'nothing was pushed');

      // The name stands for another image now: what was scanned is not what would be pushed.
      await upgradeBusybox(engine, folder, IMAGE);
      await push();
      const moved = await workbench.waitForNotification(/is not the image that was scanned/);
      assert.ok(moved.buttons.includes('Scan Again and Push'), moved.buttons.join());
      await workbench.screenshot('gate-3-moved');
      await workbench.pressNotificationButton('is not the image that was scanned', 'Scan Again and Push');
      const pushed = await workbench.waitForNotification(/^Pushed /, SCAN_TIMEOUT_MS);
      note(`pushed: ${pushed.message}`);
      await workbench.screenshot('gate-4-pushed');
      assert.deepEqual(await tags(registry, 'team/push'), ['1.0']);
    },
  );
});

/** Returns the tags that a repository of the registry has. */
async function tags({ host, username, password }: RegistryServer, repository: string): Promise<readonly string[]> {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const response = await fetch(`http://${host}/v2/${repository}/tags/list`, { headers: { authorization } });
  return response.ok ? ((await response.json()) as { tags: string[] }).tags : [];
}
