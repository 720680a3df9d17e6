import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import type { Frame } from 'playwright-core';
import { needs } from '../setup/needs.ts';
import { startDockerEngine, type DockerEngine } from '../support/docker-engine.ts';
import { startHarborServer } from '../support/harbor-server.ts';
import { waitFor } from '../support/wait.ts';
import { journey } from './journey.ts';
import { CRITICAL, MEDIUM, buildVulnerableImage, removeVulnerableImage, writeTestAdvisories } from './vulnerable-image.ts';
import type { Workbench } from './workbench.ts';

const SCAN_TIMEOUT_MS = 60_000;

describe('with a Docker engine', { skip: needs('docker').skip }, () => {
  const image = 'plimsoll-test/app:1.0';
  let engine: DockerEngine;
  let folder: string;
  let advisories: string;

  before(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-image-'));
    engine = await startDockerEngine();
    advisories = writeTestAdvisories(folder);
    await buildVulnerableImage(engine, folder, image);
  });

  after(async () => {
    await removeVulnerableImage(engine, image);
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const setting = (): { env: { DOCKER_HOST: string }; settings: Record<string, unknown>; files: Record<string, string> } => ({
    env: { DOCKER_HOST: engine.host },
    settings: { 'plimsoll.advisories.file': advisories },
    files: { 'notes.md': '# notes\n' },
  });

  journey('an image built here is scanned, and the command that fixes it is copied', ['docker'], setting, async ({ workbench, note }) => {
    const report = await scan(workbench, image, 'scan');
    await report.getByRole('heading', { name: image }).waitFor();
    await report.getByText('Complete', { exact: false }).first().waitFor();
    await report.getByRole('row').filter({ hasText: CRITICAL }).first().click();
    const detail = report.locator('plimsoll-finding-detail');
    await detail.getByRole('heading', { name: CRITICAL }).waitFor();
    const fix = detail.locator('.fix').first();
    const command = (await fix.locator('pre').innerText()).trim();
    assert.match(command, /\bapk\b.*\bbusybox\b/);
    await workbench.screenshot('scan-4-detail');
    await fix.getByRole('button', { name: /copy/i }).click();
    await fix.getByText('Copied').waitFor();
    await waitFor('the command on the clipboard', async () => (await workbench.clipboard()) === command, {
      timeoutMs: 10_000,
      explain: async () => `shown: ${command}\non the clipboard: ${await workbench.clipboard()}`,
    });
    await workbench.screenshot('scan-5-copied');
    for (const tab of ['Packages', 'Layers']) {
      await report.getByRole('tab', { name: tab }).click();
      await report.getByRole('tab', { name: tab, selected: true }).waitFor();
      await workbench.screenshot(`scan-6-${tab.toLowerCase()}`);
    }
    note(`status bar: ${(await workbench.statusBar()).join(' | ').replaceAll(/\s+/g, ' ')}`);
  });

  journey('a finding is ignored with a reason, which the project keeps', ['docker'], setting, async ({ workbench, folder: project, note }) => {
    const report = await scan(workbench, image, 'ignore');
    await report.getByRole('row').filter({ hasText: MEDIUM }).first().click();
    await report.locator('plimsoll-finding-detail').getByRole('button', { name: 'Ignore' }).click();
    await workbench.quickInput().getByText('Why can it be ignored', { exact: false }).waitFor();
    await workbench.screenshot('ignore-2-reason');
    await workbench.answer('Nothing here unpacks what others send');
    await workbench.quickInput().getByText('In 90 days').waitFor();
    await workbench.pick('Never');
    const told = await workbench.waitForNotification(/is ignored/);
    note(`ignored: ${told.message}`);
    await report.getByRole('row').filter({ hasText: MEDIUM }).waitFor({ state: 'detached' });
    assert.notEqual(await report.getByRole('row').filter({ hasText: CRITICAL }).count(), 0);
    await workbench.screenshot('ignore-3-without');
    const kept = readFileSync(path.join(project, '.plimsoll.yaml'), 'utf8');
    assert.match(kept, new RegExp(`- id: ${MEDIUM}\\n {4}package: pkg:apk/alpine/zlib\\n {4}reason: "?Nothing here unpacks`));
  });

  journey(
    'a push that the registry would refuse is foreseen, and one that it would let through as well',
    ['docker'],
    setting,
    async ({ workbench, note }) => {
      const harbor = await startHarborServer({
        projects: {
          team: { metadata: { public: 'true', prevent_vul: 'true', severity: 'high', auto_scan: 'true', reuse_sys_cve_allowlist: 'false' } },
        },
      });
      try {
        const reference = `${harbor.host}/team/app:1.0`;
        const report = await scan(workbench, image, 'push');
        await checkPush(workbench, reference);
        const refused = await workbench.waitForNotification(/would refuse/);
        assert.match(refused.message, new RegExp(CRITICAL));
        note(`blocked: ${refused.message}`);
        await report.getByRole('tab', { name: 'Policy' }).click();
        await report.locator('plimsoll-policy').getByText(CRITICAL).first().waitFor();
        assert.equal(
          await report.locator('plimsoll-policy .entries').getByText(MEDIUM).count(),
          0,
          'a medium vulnerability does not reach the level "high"',
        );
        await workbench.screenshot('push-2-blocked');
        await workbench.dismissNotifications();

        harbor.state.projects.get('team')!.allowlist = { items: [{ cve_id: CRITICAL }] };
        await checkPush(workbench, reference);
        const allowed = await workbench.waitForNotification(/may be pushed/);
        note(`allowed: ${allowed.message}`);
        await waitFor('only what came of it on screen', async () => (await workbench.notifications()).length === 1);
        await report.locator('plimsoll-policy').getByRole('heading', { name: 'The registry would let this image leave' }).waitFor();
        await report.locator('plimsoll-policy').getByText('allowlist').first().waitFor();
        await workbench.screenshot('push-3-allowed');
      } finally {
        await harbor.close();
      }
    },
  );
});

describe('without an engine', () => {
  journey(
    'the sockets that were tried are named, and a file is offered',
    [],
    () => ({ env: { DOCKER_HOST: 'unix:///nowhere/plimsoll-test.sock' }, files: { 'notes.md': '# notes\n' } }),
    async ({ workbench, note }) => {
      await workbench.runCommand('Plimsoll: Scan Image…');
      const rows = await workbench.quickPickRows();
      await workbench.screenshot('no-engine-1-pick');
      note(`offered: ${rows.join(' | ')}`);
      assert.ok(
        rows.some((row) => row.includes('/nowhere/plimsoll-test.sock')),
        'the pick names the socket',
      );
      assert.ok(
        rows.some((row) => /file/i.test(row)),
        'the pick offers a file',
      );
      await workbench.pick('No container engine answers');
      const told = await workbench.waitForNotification(/nowhere\/plimsoll-test\.sock/);
      assert.ok(
        told.buttons.some((button) => /file/i.test(button)),
        `the message offers a file: ${told.buttons.join(', ')}`,
      );
      await workbench.screenshot('no-engine-2-message');
      await workbench.pressNotificationButton('plimsoll-test.sock', 'Choose a File');
      await workbench.quickInput().waitFor();
      await workbench.screenshot('no-engine-3-choose-file');
    },
  );
});

/** Scans an image through the palette and returns its report, when it has shown the findings. */
async function scan(workbench: Workbench, image: string, pictures: string): Promise<Frame> {
  await workbench.runCommand('Plimsoll: Scan Image…');
  await waitFor('the image among those to pick', async () => (await workbench.quickPickRows()).some((row) => row.includes(image)));
  await workbench.screenshot(`${pictures}-1-pick`);
  await workbench.pick(image);
  const report = await workbench.webview('plimsoll-report', SCAN_TIMEOUT_MS);
  await report.getByRole('row').filter({ hasText: CRITICAL }).first().waitFor({ timeout: SCAN_TIMEOUT_MS });
  await report.getByRole('row').filter({ hasText: MEDIUM }).first().waitFor();
  await workbench.screenshot(`${pictures}-1-report`);
  return report;
}

async function checkPush(workbench: Workbench, reference: string): Promise<void> {
  await workbench.runCommand('Plimsoll: Check Push…');
  await workbench.answer(reference);
}
