/**
 * `npm run pictures`: makes the README's pictures in docs/images from the real thing: the packaged extension in a real workbench, the demo's image in a real Docker engine. Needs what the workbench journeys need
 * (`npm test -- workbench` sets it up) and a fresh `npm run package`. Look at them before you commit them.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startCodeServer } from '../test/support/code-server.ts';
import { docker, startPrivateEngine } from '../test/support/docker-engine.ts';
import { startHarborServer } from '../test/support/harbor-server.ts';
import { waitFor } from '../test/support/wait.ts';
import { buildSampleImage, sampleReference } from '../test/support/sample-image.ts';
import { launchBrowser, openWorkbench } from '../test/workbench/workbench.ts';

const root = path.join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };

const home = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-pictures-'));
const folder = path.join(home, 'shop');
mkdirSync(folder);
copyFileSync(path.join(root, 'samples', 'Dockerfile'), path.join(folder, 'Dockerfile'));
writeFileSync(path.join(folder, 'image.tar'), buildSampleImage());
mkdirSync(path.join(root, 'docs', 'images'), { recursive: true });

const engine = await startPrivateEngine();
const harbor = await startHarborServer({
  projects: {
    team: { metadata: { public: 'true', prevent_vul: 'true', severity: 'critical', auto_scan: 'true', reuse_sys_cve_allowlist: 'false' } },
  },
});
const browser = await launchBrowser();
const server = await startCodeServer({
  vsix: [path.join(root, 'out', `plimsoll-${version}.vsix`)],
  env: { DOCKER_HOST: engine.host },
  settings: {
    'workbench.colorTheme': 'Default Dark Modern',
    'editor.fontSize': 14,
    'editor.hover.above': false,
    'editor.occurrencesHighlight': 'off',
  },
});
try {
  await docker(engine, ['load', '--input', path.join(folder, 'image.tar')]);
  rmSync(path.join(folder, 'image.tar'));
  const workbench = await openWorkbench(browser, server, folder);
  const picture = (name: string): Promise<unknown> => workbench.page.screenshot({ path: path.join(root, 'docs', 'images', `${name}.png`) });

  const { editor } = workbench;
  await workbench.openFile('Dockerfile');
  const shell = await editor.waitForSquiggle('on sh', ({ text }) => text === 'sh');
  await waitFor('the lenses', async () => (await editor.codeLenses()).length > 0);
  await editor.goTo(shell.line, (await editor.lines())[shell.line - 1]?.length ?? 1);
  await editor.showHover('PL5001:');
  await picture('lint');
  await editor.goTo(shell.line, 14);
  await editor.openQuickFixes();
  await picture('fix');
  await workbench.page.keyboard.press('Escape');

  await workbench.runCommand('Plimsoll: Scan Image…');
  await workbench.pick(sampleReference);
  const report = await workbench.webview('plimsoll-report', 60_000);
  await report.getByRole('row').filter({ hasText: 'CVE-2023-38545' }).first().click();
  await report.locator('plimsoll-finding-detail').getByRole('heading', { name: 'CVE-2023-38545' }).waitFor();
  await workbench.dismissNotifications();
  await picture('report');

  await workbench.runCommand('Plimsoll: Check Push…');
  await workbench.answer(`${harbor.host}/team/shop:1.4`);
  await workbench.waitForNotification(/would refuse/);
  await workbench.dismissNotifications();
  await report.getByRole('tab', { name: 'Policy' }).click();
  await report.locator('plimsoll-policy').getByText('CVE-2023-38545').first().waitFor();
  await picture('policy');
} finally {
  await browser.close();
  await server.stop();
  await harbor.close();
  await engine.stop();
  rmSync(home, { recursive: true, force: true });
}
