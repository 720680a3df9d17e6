import type { HiveKeySpec, HiveValueSpec } from './hive-builder.ts';
import { buildHive } from './hive-builder.ts';

export interface SoftwareSpec {
  /** Values of the key that tells the version. */
  readonly version?: Readonly<Record<string, HiveValueSpec>>;
  /** Packages of the servicing stack by name. */
  readonly updates?: Readonly<Record<string, Readonly<Record<string, HiveValueSpec>>>>;
  readonly programs?: Readonly<Record<string, Readonly<Record<string, HiveValueSpec>>>>;
  readonly programs32?: Readonly<Record<string, Readonly<Record<string, HiveValueSpec>>>>;
}

/** Returns a SOFTWARE hive as Windows has it, as far as the description goes. */
export function buildSoftwareHive({ version, updates, programs, programs32 }: SoftwareSpec): Uint8Array {
  const current = [
    ...(updates === undefined ? [] : [{ name: 'Component Based Servicing', keys: [keyOf('Packages', updates)] }]),
    ...(programs === undefined ? [] : [keyOf('Uninstall', programs)]),
  ];
  const below = (keys: readonly HiveKeySpec[]): HiveKeySpec => ({ name: 'Windows', keys: [{ name: 'CurrentVersion', keys }] });
  const windowsNt = version === undefined ? [] : [{ name: 'Windows NT', keys: [{ name: 'CurrentVersion', values: version }] }];
  const narrow =
    programs32 === undefined ? [] : [{ name: 'WOW6432Node', keys: [{ name: 'Microsoft', keys: [below([keyOf('Uninstall', programs32)])] }] }];
  return buildHive({ name: 'ROOT', keys: [{ name: 'Microsoft', keys: [below(current), ...windowsNt] }, ...narrow] });
}

function keyOf(name: string, entries: Readonly<Record<string, Readonly<Record<string, HiveValueSpec>>>>): HiveKeySpec {
  return { name, keys: Object.entries(entries).map(([entry, values]) => ({ name: entry, values })) };
}
