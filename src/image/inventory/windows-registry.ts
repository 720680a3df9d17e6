import { MAX_DATABASE_PACKAGES, MAX_PACKAGE_NAME_LENGTH } from '../../foundation/base/limits.ts';
import type { Parsed } from '../../foundation/base/result.ts';
import type { HiveKey, HiveValue, RegistryHive } from '../../foundation/formats/registry-hive.ts';
import { openHive, toHiveNumber, toHiveText } from '../../foundation/formats/registry-hive.ts';
import type { AnalyzedPackage, AnalyzedRecords, DistroRecord } from './analyzer.ts';

const VERSION_KEY = 'Microsoft\\Windows NT\\CurrentVersion';
const UPDATES_KEY = 'Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages';
const PROGRAM_KEYS = ['Microsoft\\Windows\\CurrentVersion\\Uninstall', 'Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall'];

/** Of the servicing stack's states, the one of what is there and in use. */
const INSTALLED = 0x70;

/** Returns what a SOFTWARE hive says: the build of Windows, the updates that are installed, and the programs that can be uninstalled; of a hive that `holdsChanges` also what they take away. */
export function readSoftwareHive(bytes: Uint8Array, holdsChanges = false): Parsed<AnalyzedRecords> {
  const { value: hive, problems } = openHive(bytes);
  if (hive === undefined) return { value: {}, problems };
  const distro = readVersion(hive.find(VERSION_KEY));
  const packages: AnalyzedPackage[] = [];
  for (const found of [...listUpdates(hive), ...listPrograms(hive)]) {
    if (packages.length >= MAX_DATABASE_PACKAGES) {
      hive.problems.add({ message: `it lists more than ${MAX_DATABASE_PACKAGES} updates and programs; the rest is left out` });
      break;
    }
    packages.push(found);
  }
  const removes = holdsChanges ? [...new Set([UPDATES_KEY, ...PROGRAM_KEYS].flatMap((path) => [...listRemoved(hive, path)]))] : [];
  return { value: { packages, ...(removes.length > 0 && { removes }), ...(distro !== undefined && { distro }) }, problems: hive.problems.list() };
}

/** A hive of changes may have no more than the last part of the version, which is what an update changes. */
function readVersion(key: HiveKey | undefined): DistroRecord | undefined {
  if (key === undefined) return undefined;
  const values = key.values();
  const build = toHiveText(values.get('currentbuild')) ?? toHiveText(values.get('currentbuildnumber'));
  const revision = toHiveNumber(values.get('ubr'));
  if (build === undefined || !/^\d{1,6}$/.test(build)) return revision === undefined ? undefined : { windowsRevision: revision };
  const major = toHiveNumber(values.get('currentmajorversionnumber')) ?? 10;
  const minor = toHiveNumber(values.get('currentminorversionnumber')) ?? 0;
  const prettyName = toHiveText(values.get('productname'));
  return {
    id: 'windows',
    versionId: [major, minor, build, ...(revision === undefined ? [] : [revision])].join('.'),
    ...(prettyName && isPlain(prettyName) && { prettyName }),
  };
}

/** Windows keeps an update as packages of its servicing stack: `Package_for_KB5044281~31bf3856ad364e35~amd64~~20348.2762.1.9`. Those of a monthly roll-up are called RollupFix, and what they were installed from tells the KB. */
function* listUpdates(hive: RegistryHive): Generator<AnalyzedPackage, void, undefined> {
  for (const key of hive.find(UPDATES_KEY)?.children() ?? []) {
    const [family = '', , architecture = '', , version = ''] = key.name.split('~');
    if (!/^Package_for_/i.test(family) || key.isDeleted || !isPlain(family)) continue;
    const values = key.values();
    if (toHiveNumber(values.get('currentstate')) !== INSTALLED) continue;
    const insideArchive = `${UPDATES_KEY}\\${key.name}`;
    const name = kbOf(family) ?? kbOf(toHiveText(values.get('installlocation'))) ?? family;
    yield { type: 'windows-update', name, version, insideArchive, ...(architecture !== '' && { architecture }) };
  }
}

/** In a hive of changes: keys that are marked as deleted or as replacing all below them, and updates whose state is no longer that of what is installed. */
function* listRemoved(hive: RegistryHive, path: string): Generator<string, void, undefined> {
  for (const [place, key] of hive.walk(path)) if (key.isDeleted || key.replacesTree) yield place;
  let left = MAX_DATABASE_PACKAGES;
  for (const key of hive.find(path)?.children() ?? []) {
    if (left-- <= 0) return;
    const state = path === UPDATES_KEY && !key.isDeleted ? toHiveNumber(key.values().get('currentstate')) : undefined;
    if (key.isDeleted || key.replacesTree || (state !== undefined && state !== INSTALLED)) yield `${path}\\${key.name}`;
  }
}

function kbOf(text = ''): string | undefined {
  return /KB\d{6,8}(?!\d)/i.exec(text.slice(0, MAX_PACKAGE_NAME_LENGTH))?.[0].toUpperCase();
}

/** What installers write so that a program can be removed again. */
function* listPrograms(hive: RegistryHive): Generator<AnalyzedPackage, void, undefined> {
  for (const path of PROGRAM_KEYS) {
    for (const key of hive.find(path)?.children() ?? []) {
      const values = key.isDeleted ? new Map<string, HiveValue>() : key.values();
      const name = toHiveText(values.get('displayname'))?.trim();
      const version = toHiveText(values.get('displayversion'))?.trim();
      const publisher = toHiveText(values.get('publisher'))?.trim();
      // An entry with a parent is a patch of that program.
      if (!name || !version || !isPlain(name) || !isPlain(version) || values.has('parentkeyname')) continue;
      yield { type: 'generic', name, version, insideArchive: `${path}\\${key.name}`, ...(publisher && isPlain(publisher) && { vendor: publisher }) };
    }
  }
}

/** True for a name as people write them; anything else would not be one that can be looked up. */
function isPlain(text: string): boolean {
  return text.length <= MAX_PACKAGE_NAME_LENGTH && !/[\u0000-\u001f\u007f-\u009f]/.test(text);
}
