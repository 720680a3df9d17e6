import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { gzipSync } from 'node:zlib';
import { needs } from '../setup/needs.ts';
import { startDockerEngine, type DockerEngine } from '../support/docker-engine.ts';
import { needsRegistry, startRegistryServer, type RegistryServer } from '../support/registry-server.ts';
import { buildTar } from '../support/tar-builder.ts';
import { waitFor } from '../support/wait.ts';
import { journey } from './journey.ts';
import { CRITICAL, MEDIUM, buildVulnerableImage, removeVulnerableImage, testAdvisories } from './vulnerable-image.ts';

const IMAGE = 'plimsoll-test/news:1.0';
const REPOSITORY = 'aquasec/trivy-db';
const LAYER = 'application/vnd.aquasec.trivy.db.layer.v1.tar+gzip';
const NOWHERE = 'http://127.0.0.1:1/';
const TIMEOUT_MS = 60_000;

describe('advisories from a registry', { skip: needs('docker').skip || needsRegistry().skip }, () => {
  let engine: DockerEngine;
  let registry: RegistryServer;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-news-'));
    [engine, registry] = await Promise.all([startDockerEngine(), startRegistryServer()]);
    const auth = Buffer.from(`${registry.username}:${registry.password}`).toString('base64');
    mkdirSync(path.join(folder, 'docker'));
    writeFileSync(path.join(folder, 'docker', 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }));
    await buildVulnerableImage(engine, folder, IMAGE);
  });

  after(async () => {
    await removeVulnerableImage(engine, IMAGE);
    await registry.close();
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Publishes an edition that knows of those vulnerabilities. */
  const publish = async (ids: readonly string[], builtAt: string): Promise<void> => {
    const metadata = JSON.stringify({ Version: 2, NextUpdate: builtAt, UpdatedAt: builtAt, DownloadedAt: '0001-01-01T00:00:00Z' });
    const files = [
      { path: 'trivy.db', content: testAdvisories(ids, builtAt) },
      { path: 'metadata.json', content: metadata },
    ];
    await registry.push(REPOSITORY, '2', { layers: [{ mediaType: LAYER, bytes: gzipSync(buildTar(files)) }] });
  };

  journey(
    'an update brings news of an image that was scanned before, which is not looked at again',
    ['docker'],
    () => ({
      env: { DOCKER_HOST: engine.host, DOCKER_CONFIG: path.join(folder, 'docker'), PLIMSOLL_CACHE_DIR: mkdtempSync(path.join(folder, 'cache-')) },
      settings: {
        'plimsoll.advisories.sources': [`${registry.host}/${REPOSITORY}:2`],
        'plimsoll.advisories.kevSource': `${NOWHERE}kev.json`,
        'plimsoll.advisories.epssSource': `${NOWHERE}epss.csv.gz`,
        'plimsoll.advisories.update': 'manual',
      },
      files: { 'notes.md': '# notes\n' },
    }),
    async ({ workbench, note }) => {
      await publish([MEDIUM], '2026-01-01T00:00:00Z');
      await workbench.runCommand('Plimsoll: Update Advisories');
      await workbench.waitForNotification(/Advisories are up to date/, TIMEOUT_MS);
      await workbench.dismissNotifications();
      await workbench.runCommand('Plimsoll: Scan Image…');
      await waitFor('the image among those to pick', async () => (await workbench.quickPickRows()).some((row) => row.includes(IMAGE)));
      await workbench.pick(IMAGE);
      const report = await workbench.webview('plimsoll-report', TIMEOUT_MS);
      await report.getByRole('row').filter({ hasText: MEDIUM }).first().waitFor({ timeout: TIMEOUT_MS });

      await publish([MEDIUM, CRITICAL], '2026-01-02T00:00:00Z');
      await workbench.runCommand('Plimsoll: Update Advisories');
      const told = await workbench.waitForNotification(/new findings? since/, TIMEOUT_MS);
      note(`told: ${told.message}`);
      await workbench.screenshot('news-1-told');
      await workbench.pressNotificationButton('since', 'Show');
      await report.getByRole('row').filter({ hasText: CRITICAL }).first().waitFor({ timeout: TIMEOUT_MS });
      await workbench.screenshot('news-2-shown');
    },
  );
});
