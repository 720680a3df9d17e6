import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import type { SystemPackageType } from '../../src/foundation/model/package.ts';
import { analyzers } from '../../src/image/inventory/analyzers.generated.ts';
import { programAnalyzers } from '../../src/image/inventory/program-analyzers.generated.ts';
import { readImage } from '../../src/image/read-image.ts';
import type { ImageSource } from '../../src/image/sources/source.ts';
import { needs } from '../setup/needs.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** Whole systems, made as their distribution makes them, against what dpkg-query says inside. One takes half a minute to make, so the rest is asked for: PLIMSOLL_TEST_SUITES=bookworm,trixie,noble. */

const SUITES = (process.env['PLIMSOLL_TEST_SUITES'] ?? 'bookworm').split(',').filter((suite) => /^[a-z]+$/.test(suite));
const MAX_BUFFER = 1 << 28;

/** Returns the tar of a suite, made once a machine and kept in its folder for temporary files; in words why there is none. */
function makeSuite(suite: string): { readonly file: string } | { readonly reason: string } {
  const folder = path.join(os.tmpdir(), 'plimsoll-test-suites');
  const file = path.join(folder, `${suite}.tar`);
  if (existsSync(file)) return { file };
  mkdirSync(folder, { recursive: true });
  const unfinished = path.join(folder, `${suite}.${process.pid}.tar`);
  const { status, stderr } = spawnSync('mmdebstrap', ['--variant=minbase', suite, unfinished], { encoding: 'utf8', timeout: 300_000 });
  if (status === 0) {
    renameSync(unfinished, file);
    return { file };
  }
  rmSync(unfinished, { force: true });
  const errors = stderr.split('\n').filter((line) => line.startsWith('E: '));
  return { reason: `mmdebstrap could not make ${suite}: ${errors[0] ?? `it ended with ${String(status)}`}` };
}

/** A root file system's tar as an image of one layer, without a copy of it. */
function toSource(file: string): ImageSource {
  return {
    kind: 'docker-archive',
    read: async (sink) => {
      await sink.stream('root', createReadStream(file));
      const config = { env: [], entrypoint: [], cmd: [], exposedPorts: [], volumes: [], labels: {}, history: [] };
      const layers = [{ key: 'root', mediaType: 'application/vnd.oci.image.layer.v1.tar', sizeBytes: 0 }];
      return { platform: { os: 'linux', architecture: 'amd64' }, config, layers, problems: [] };
    },
  };
}

/** What the system's own dpkg-query prints where this user may enter it, else what this machine's prints of its database. */
function queryPackages(t: TestContext, file: string): readonly string[] {
  const root = temporaryDirectory(t);
  const mayEnter = process.getuid?.() === 0;
  execFileSync('tar', ['-x', '-C', root, '-f', file, ...(mayEnter ? ['--exclude=./dev/*'] : ['--wildcards', '*var/lib/dpkg/*'])]);
  const format = ['-W', '-f', '${Package} ${Version} ${Architecture} ${source:Package} ${source:Version}\\n'];
  const [command, ...args] = mayEnter ? ['chroot', root, 'dpkg-query', ...format] : ['dpkg-query', `--admindir=${root}/var/lib/dpkg`, ...format];
  return execFileSync(command, args, { encoding: 'utf8', maxBuffer: MAX_BUFFER }).trim().split('\n');
}

const fromPackages: ReadonlySet<string> = new Set<SystemPackageType>(['deb']);

for (const suite of SUITES) {
  test(`${suite}: the packages that dpkg-query lists, and nothing else`, needs('mmdebstrap'), async (t) => {
    const made = makeSuite(suite);
    if ('reason' in made) {
      t.skip(made.reason);
      return;
    }
    const { packages, problems, distro } = await readImage(toSource(made.file), { analyzers, programs: programAnalyzers, detectors: [] });
    const found = packages.map(({ name, version, architecture = '', sourcePackage: source }) =>
      [name, version, architecture, source?.name ?? name, source?.version ?? version].join(' '),
    );
    assert.deepEqual(found.sort(), queryPackages(t, made.file).toSorted());
    assert.deepEqual(
      packages.filter(({ type, thirdParty }) => !fromPackages.has(type) || thirdParty === true),
      [],
      'all of it is the distribution’s',
    );
    assert.deepEqual(problems, []);
    assert.equal(distro?.codename, suite);
  });
}
