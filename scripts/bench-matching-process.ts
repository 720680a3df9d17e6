/** What scripts/bench-matching.ts measures, in a process of its own: prints a MeasuredProcess. */
import { readFileSync } from 'node:fs';
import { matchPackages } from '../src/advisories/matching/match.ts';
import { openAdvisoryStore } from '../src/advisories/store/bolt-store.ts';
import type { InstalledPackage } from '../src/foundation/model/package.ts';

/** On the clock, and of the matching thread on a processor. */
export interface Measured {
  readonly ms: number;
  readonly cpuMs: number;
}

export interface MeasuredProcess {
  readonly packages: number;
  readonly vulnerabilities: number;
  readonly problems: number;
  /** The first time, with opening the database. */
  readonly cold: Measured;
  readonly warm: readonly Measured[];
}

const WARM_TIMES = 4;

const [database = '', list = ''] = process.argv.slice(2);
const packages = JSON.parse(readFileSync(list, 'utf8')) as readonly InstalledPackage[];

const [cold, { store, found }] = measure(() => {
  const opened = openAdvisoryStore(database);
  return { store: opened, found: matchPackages({ packages, store: opened, now: new Date(0) }) };
});
const warm = Array.from({ length: WARM_TIMES }, () => measure(() => matchPackages({ packages, store, now: new Date(0) }))[0]);
store.close();
const measured: MeasuredProcess = {
  packages: packages.length,
  vulnerabilities: found.vulnerabilities.length,
  problems: found.problems.length,
  cold,
  warm,
};
console.log(JSON.stringify(measured));

function measure<T>(work: () => T): [Measured, T] {
  const [start, before] = [performance.now(), process.threadCpuUsage()];
  const result = work();
  const { user, system } = process.threadCpuUsage(before);
  return [{ ms: performance.now() - start, cpuMs: (user + system) / 1000 }, result];
}
