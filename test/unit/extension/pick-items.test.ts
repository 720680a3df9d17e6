import assert from 'node:assert/strict';
import test from 'node:test';
import { pickEntries } from '../../../src/extension/pick-items.ts';
import type { ScanSummary } from '../../../src/extension/scan-store.ts';

const now = new Date('2026-07-01T12:00:00Z');
const docker = 'unix:///var/run/docker.sock';
const podman = 'unix:///run/user/1000/podman/podman.sock';

test('images are listed with age, size and last result, then the other places', () => {
  const scanned: ScanSummary = {
    key: 'a'.repeat(64),
    title: 'app:1.0',
    input: { kind: 'engine', reference: 'app:1.0', host: docker },
    scannedAt: '2026-06-30T12:00:00Z',
    counts: { critical: 2 },
    status: 'complete',
  };
  const images = [
    { reference: 'app:1.0', id: 'sha256:1', createdAt: '2026-06-28T12:00:00Z', sizeBytes: 187_000_000, host: docker },
    { reference: 'app:1.0', id: 'sha256:2', sizeBytes: 5_000_000, host: podman },
  ];
  const entries = pickEntries({ images, tried: [{ address: docker }, { address: podman }] }, [scanned], now, 'en');
  assert.deepEqual(
    entries.map(({ label, description, detail }) => [label, description, detail]),
    [
      ['app:1.0', `3 days ago · 187 MB · ${docker}`, 'Last scan: 2 critical'],
      ['app:1.0', `5 MB · ${podman}`, undefined],
      ['Choose a file…', 'docker save or OCI archive', undefined],
      ['OCI layout folder…', undefined, undefined],
    ],
  );
  assert.deepEqual(entries[1]?.action, { kind: 'scan', input: { kind: 'engine', reference: 'app:1.0', host: podman } });
});

test('without an engine it says who was asked and what they said, and still offers a file', () => {
  const entries = pickEntries({ images: [], tried: [{ address: docker, error: 'permission denied' }] }, [], now, 'en');
  assert.deepEqual(
    entries.map(({ label, detail }) => [label, detail]),
    [
      ['No container engine answers', `Tried ${docker} (permission denied)`],
      ['Choose a file…', undefined],
      ['OCI layout folder…', undefined],
    ],
  );
  assert.equal(pickEntries({ images: [], tried: [] }, [], now, 'en')[0]?.detail, 'No address of Docker or Podman is known on this machine.');
  assert.equal(pickEntries({ images: [], tried: [{ address: docker }] }, [], now, 'en')[0]?.label, 'The container engine has no images');
});
