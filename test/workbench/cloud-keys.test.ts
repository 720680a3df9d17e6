import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { needs } from '../setup/needs.ts';
import { startDockerEngine, type DockerEngine } from '../support/docker-engine.ts';
import { startTencentServer, type TencentServer } from '../support/tencent-server.ts';
import { waitFor } from '../support/wait.ts';
import { journey } from './journey.ts';
import { CRITICAL, buildVulnerableImage, removeVulnerableImage, writeTestAdvisories } from './vulnerable-image.ts';
import type { Workbench } from './workbench.ts';

const IMAGE = 'plimsoll-test/key:1.0';
const REFERENCE = 'harbour.tencentcloudcr.com/team/key:1.0';
const CLOUD = 'Tencent Cloud (TCR)';
const KEEP = 'Plimsoll: Keep a Key to Read Registry Policies…';
const FORGET = 'Plimsoll: Forget a Key to Read Registry Policies…';
const TIMEOUT_MS = 60_000;

/** A cloud's interface on this machine, which answers nothing that is not signed with the key. */
describe('the key of a cloud', { skip: needs('docker').skip }, () => {
  // Of this run only: what is found of it afterwards is a leak.
  const id = `AKID${randomBytes(12).toString('hex')}`;
  const secret = randomBytes(16).toString('hex');
  let engine: DockerEngine;
  let tencent: TencentServer;
  let folder: string;
  let advisories: string;

  before(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-key-'));
    [engine, tencent] = await Promise.all([startDockerEngine(), startTencentServer()]);
    const { keys, instances, namespaces } = tencent.state;
    keys.clear();
    keys.set(id, secret);
    instances.push({
      RegistryId: 'tcr-1',
      RegistryName: 'harbour',
      RegistryType: 'premium',
      Status: 'Running',
      PublicDomain: 'harbour.tencentcloudcr.com',
      RegionName: 'ap-guangzhou',
    });
    const policy = {
      Name: 'team',
      NamespaceId: 1,
      Public: false,
      AutoScan: true,
      PreventVUL: true,
      Severity: 'high',
      CVEWhitelistItems: [],
      Metadata: [],
    };
    namespaces.set('tcr-1', [policy]);
    advisories = writeTestAdvisories(folder);
    await buildVulnerableImage(engine, folder, IMAGE);
  });

  after(async () => {
    await removeVulnerableImage(engine, IMAGE);
    await tencent.close();
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  journey(
    'is kept, reads a policy, is forgotten, and is written nowhere',
    ['docker'],
    () => ({
      env: {
        DOCKER_HOST: engine.host,
        PLIMSOLL_TENCENT_ENDPOINT: tencent.host,
        PLIMSOLL_STATE_DIR: path.join(folder, 'state'),
        PLIMSOLL_CACHE_DIR: path.join(folder, 'cache'),
        TENCENTCLOUD_SECRET_ID: undefined,
        TENCENTCLOUD_SECRET_KEY: undefined,
        TENCENTCLOUD_CREDENTIALS_FILE: undefined,
      },
      settings: { 'plimsoll.advisories.file': advisories },
      files: { 'notes.md': '# notes\n' },
    }),
    async ({ workbench, server, folder: project, note }) => {
      const asked = (): number => tencent.state.requests.length;
      const askedBefore = asked();
      await workbench.runCommand('Plimsoll: Scan Image…');
      await waitFor('the image among those to pick', async () => (await workbench.quickPickRows()).some((row) => row.includes(IMAGE)));
      await workbench.pick(IMAGE);
      const report = await workbench.webview('plimsoll-report', TIMEOUT_MS);
      await report.getByRole('row').filter({ hasText: CRITICAL }).first().waitFor({ timeout: TIMEOUT_MS });

      await checkPush(workbench);
      const without = await workbench.waitForNotification(/is not known/, TIMEOUT_MS);
      note(`without a key: ${without.message}`);
      await workbench.screenshot('key-1-without');
      await workbench.dismissNotifications();

      await workbench.runCommand(KEEP);
      await workbench.quickPickRows();
      await workbench.screenshot('key-2-clouds');
      await workbench.pick(CLOUD);
      await workbench.quickInput().getByText('SecretId', { exact: false }).first().waitFor();
      await workbench.answer(id);
      await workbench.quickInput().getByText('SecretKey', { exact: false }).first().waitFor();
      await workbench.quickInput().locator('input[type=password]').fill(secret);
      await workbench.screenshot('key-3-hidden');
      await workbench.answer(secret);
      await workbench.waitForNotification(/is kept in the secret storage/);
      await workbench.dismissNotifications();
      assert.equal(asked(), askedBefore, 'nothing was asked without a key');

      await checkPush(workbench);
      const refused = await workbench.waitForNotification(/would refuse/, TIMEOUT_MS);
      note(`with the key: ${refused.message}`);
      assert.match(refused.message, new RegExp(CRITICAL));
      await report.getByRole('tab', { name: 'Policy' }).click();
      await report.locator('plimsoll-policy').getByText(CRITICAL).first().waitFor();
      await workbench.screenshot('key-4-decision');
      await workbench.dismissNotifications();
      const askedWith = asked();
      assert.notEqual(askedWith, askedBefore);

      await workbench.runCommand(FORGET);
      await workbench.pick(CLOUD);
      await workbench.waitForNotification(/No key is kept/);
      await workbench.dismissNotifications();
      await checkPush(workbench);
      const again = await workbench.waitForNotification(/is not known/, TIMEOUT_MS);
      assert.equal(asked(), askedWith, 'nothing is asked with a key that was forgotten');
      assert.ok(again.buttons.includes('Keep a Key…'), again.buttons.join());
      await workbench.pressNotificationButton('is not known', 'Keep a Key…');
      await workbench.quickInput().getByText('SecretId', { exact: false }).first().waitFor();
      await workbench.screenshot('key-5-forgotten');
      await workbench.page.keyboard.press('Escape');

      assert.notDeepEqual(findIn(server.home, [REFERENCE]), [], 'the log is among what is looked through');
      assert.deepEqual(
        [server.home, project, folder].flatMap((place) => findIn(place, [id, secret])),
        [],
      );
      for (const word of [id, secret]) assert.ok(!server.log().includes(word), 'not in what the server printed');
    },
  );
});

async function checkPush(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Plimsoll: Check Push…');
  await workbench.quickInput().getByText('The reference you are about to push', { exact: false }).waitFor();
  await workbench.answer(REFERENCE);
}

/** Returns the files below `place` that hold one of the words: as text, as the two bytes a letter of a page's storage, or in base64 as a text of its own. */
function findIn(place: string, words: readonly string[]): string[] {
  const needles = words.flatMap((word) => [Buffer.from(word), Buffer.from(word, 'utf16le'), Buffer.from(Buffer.from(word).toString('base64'))]);
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(place, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
    .filter((file) => {
      const content = readFileSync(file);
      return needles.some((needle) => content.includes(needle));
    });
}
