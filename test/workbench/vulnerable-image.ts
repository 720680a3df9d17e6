import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeAdvisoryStore } from '../../src/advisories/store/build-store.ts';
import type { AdvisoryRecord } from '../../src/advisories/store/record.ts';
import type { AdvisoryId } from '../../src/foundation/model/brand.ts';
import { sharedData } from '../support/shared-data.ts';
import { dockerBuild, dockerImport, dockerRemove, type DockerEngine } from '../support/docker-engine.ts';

const BASE = 'plimsoll-test/alpine:3.14';

/** What is wrong with the image, by its advisories: ids of a year to come, so that no real one is meant. */
export const CRITICAL = 'CVE-2099-1001';
export const MEDIUM = 'CVE-2099-1002';

/** As apk's database tells of a package. Alpine 3.14.10 has both of these, so that the advisories hold for either image. */
const INSTALLED = [
  ['busybox', '1.33.1-r8'],
  ['zlib', '1.2.12-r3'],
] as const;

const FIXED_BUSYBOX = '1.33.1-r9';

/** Builds `reference` with the engine: upon a real Alpine where there is one to import, else upon files of our own that name the same packages. */
export async function buildVulnerableImage(engine: DockerEngine, folder: string, reference: string): Promise<void> {
  const context = path.join(folder, 'context');
  mkdirSync(context, { recursive: true });
  writeFileSync(path.join(context, 'greeting.txt'), 'hello\n');
  const alpine = sharedData('rootfs/alpine-3.14.10.tar.gz');
  if (alpine !== undefined) await dockerImport(engine, alpine, BASE);
  else writeOwnRoot(path.join(context, 'root'));
  const base = alpine === undefined ? 'FROM scratch\nCOPY root/ /' : `FROM ${BASE}\nRUN adduser -D app`;
  writeFileSync(path.join(context, 'Dockerfile'), `${base}\nCOPY greeting.txt /srv/greeting.txt\nUSER 1000\nCMD ["cat", "/srv/greeting.txt"]\n`);
  await dockerBuild(engine, context, reference);
}

/** Builds `reference` anew upon itself, its database as it is after `apk` has installed the fixed busybox. */
export async function upgradeBusybox(engine: DockerEngine, folder: string, reference: string): Promise<void> {
  const context = path.join(folder, 'upgraded');
  mkdirSync(context, { recursive: true });
  const entries = INSTALLED.map(([name, version]) => toEntry(name, name === 'busybox' ? FIXED_BUSYBOX : version));
  writeFileSync(path.join(context, 'installed'), entries.join(''));
  writeFileSync(path.join(context, 'Dockerfile'), `FROM ${reference}\nCOPY installed /lib/apk/db/installed\n`);
  await dockerBuild(engine, context, reference);
}

export async function removeVulnerableImage(engine: DockerEngine, reference: string): Promise<void> {
  await dockerRemove(engine, [reference, BASE]);
}

/** Writes an advisory database that knows of a critical and a medium vulnerability in the image, and returns its path. */
export function writeTestAdvisories(folder: string): string {
  const file = path.join(folder, 'advisories.db');
  writeFileSync(file, testAdvisories());
  return file;
}

/** Returns an advisory database that knows of those of the image's vulnerabilities. */
export function testAdvisories(ids: readonly string[] = [CRITICAL, MEDIUM], builtAt = new Date().toISOString()): Uint8Array {
  const bucket = 'alpine 3.14';
  const records: AdvisoryRecord[] = [
    { kind: 'affected', bucket, packageName: 'busybox', id: CRITICAL as AdvisoryId, advisory: { fixedVersion: FIXED_BUSYBOX } },
    {
      kind: 'vulnerability',
      id: CRITICAL as AdvisoryId,
      detail: { severity: 'critical', ratings: [rating('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8)] },
    },
    { kind: 'affected', bucket, packageName: 'zlib', id: MEDIUM as AdvisoryId, advisory: { fixedVersion: '1.2.12-r9' } },
    {
      kind: 'vulnerability',
      id: MEDIUM as AdvisoryId,
      detail: { severity: 'medium', ratings: [rating('CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H', 5.5)] },
    },
  ];
  return writeAdvisoryStore(
    records.filter((record) => (record.kind === 'affected' || record.kind === 'vulnerability') && ids.includes(record.id)),
    { source: 'test', builtAt, full: true },
  );
}

function rating(cvssVector: string, score: number): { cvssVector: string; score: number; source: string } {
  return { cvssVector, score, source: 'nvd' };
}

function writeOwnRoot(root: string): void {
  mkdirSync(path.join(root, 'etc'), { recursive: true });
  mkdirSync(path.join(root, 'lib', 'apk', 'db'), { recursive: true });
  writeFileSync(path.join(root, 'etc', 'os-release'), 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.14.10\nPRETTY_NAME="Alpine Linux v3.14"\n');
  writeFileSync(path.join(root, 'etc', 'alpine-release'), '3.14.10\n');
  const entries = INSTALLED.map(([name, version]) => toEntry(name, version));
  writeFileSync(path.join(root, 'lib', 'apk', 'db', 'installed'), entries.join(''));
}

function toEntry(name: string, version: string): string {
  return `P:${name}\nV:${version}\nA:x86_64\nT:${name}\no:${name}\nL:MIT\nF:bin\nR:${name}\n\n`;
}
