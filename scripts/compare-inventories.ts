/**
 * Prints which packages only one of several bills of materials lists: how docs/comparison.md was made.
 *
 *   plimsoll sbom --input image.tar -o ours.json
 *   syft scan docker-archive:image.tar -o json > syft.json
 *   trivy image --input image.tar --format cyclonedx --skip-db-update --offline-scan -o trivy.json
 *   node scripts/compare-inventories.ts ours.json syft.json trivy.json [--type npm] [--summary]
 *
 * The first is compared with each of the others. Files may be CycloneDX JSON or Syft's own JSON. Packages are the same when type, namespace, name and version of their package URLs are, spelt as the ecosystem compares
 * them; qualifiers (architecture, distribution), epochs and what a distribution is called are not looked at. Each counts once, however often it lies in the image. Exits 1 when there is a difference.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PackageURL } from 'packageurl-js';
import { isJsonObject } from '../src/foundation/formats/json.ts';

interface Listed {
  readonly type: string;
  /** Namespace and name. */
  readonly name: string;
  readonly version: string;
  /** Where it lies: the first place, if the bill says one. */
  readonly place: string;
}

type Inventory = ReadonlyMap<string, Listed>;

function main(): void {
  const { values, positionals } = parseArgs({ options: { type: { type: 'string' }, summary: { type: 'boolean' } }, allowPositionals: true });
  const [first, ...rest] = positionals;
  if (first === undefined || rest.length === 0) throw new Error('Usage: node scripts/compare-inventories.ts OURS THEIRS… [--type TYPE] [--summary]');
  const ours = readInventory(first);
  const others = rest.map((file) => [file, readInventory(file)] as const);
  printSummary(
    ours,
    others.map(([, theirs]) => theirs),
  );
  let differences = 0;
  for (const [file, theirs] of others) {
    const onlyOurs = subtract(ours, theirs);
    const onlyTheirs = subtract(theirs, ours);
    differences += onlyOurs.length + onlyTheirs.length;
    if (values.summary === true) continue;
    printOnly(`only in ${first}, not in ${file}`, onlyOurs, theirs, values.type);
    printOnly(`only in ${file}`, onlyTheirs, ours, values.type);
  }
  process.exitCode = differences === 0 ? 0 : 1;
}

/** The packages of a bill, by what makes two the same. */
function readInventory(file: string): Inventory {
  const bill: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isJsonObject(bill)) throw new Error(`${file} is no bill of materials: a JSON object is expected`);
  const entries = listOf(bill['artifacts'] ?? bill['components']).flatMap(readPackage);
  return new Map(entries.map((one) => [keyOf(one), one]));
}

/** Components that are files, the distribution itself or what Trivy holds others together by are no packages; one without a package URL goes by the type that the bill gives it. */
function readPackage(entry: Readonly<Record<string, unknown>>): readonly Listed[] {
  const place = placeOf(entry);
  const purl = textOf(entry['purl']);
  if (purl !== '') return [{ ...readPurl(purl), place }];
  const type = textOf(entry['type']);
  if (type === 'file' || type === 'operating-system' || listOf(entry['properties']).some(({ name }) => name === 'aquasecurity:trivy:Class'))
    return [];
  return [{ type: `${type}, no purl`, name: textOf(entry['name']), version: textOf(entry['version']), place }];
}

/** Types whose namespace is the distribution, which each program calls as it likes. */
const SYSTEM_TYPES: ReadonlySet<string> = new Set(['deb', 'apk', 'rpm', 'alpm', 'opkg']);

function readPurl(text: string): Omit<Listed, 'place'> {
  const { type, namespace, name, version } = PackageURL.fromString(text);
  const isSystem = SYSTEM_TYPES.has(type);
  const whole = [isSystem ? '' : namespace, name].filter((part) => typeof part === 'string' && part !== '').join('/');
  return { type, name: type === 'pypi' ? whole.toLowerCase().replaceAll(/[-_.]+/g, '-') : whole, version: spellVersion(type, whole, version ?? '') };
}

/** Epochs of dpkg are part of the version or a qualifier; Go's own library has the `v` of modules or not. */
function spellVersion(type: string, name: string, version: string): string {
  if (type === 'deb') return version.replace(/^\d+:/, '');
  return type === 'golang' && name === 'stdlib' ? version.replace(/^v/, '') : version;
}

function placeOf(entry: Readonly<Record<string, unknown>>): string {
  const evidence = isJsonObject(entry['evidence']) ? entry['evidence'] : {};
  const [occurrence] = listOf(evidence['occurrences']);
  const [location] = listOf(entry['locations']);
  return textOf(occurrence?.['location'] ?? location?.['path']);
}

function keyOf({ type, name, version }: Listed): string {
  return JSON.stringify([type, name, version]);
}

function subtract(from: Inventory, what: Inventory): readonly Listed[] {
  return [...from].filter(([key]) => !what.has(key)).map(([, one]) => one);
}

function printSummary(ours: Inventory, others: readonly Inventory[]): void {
  const types = [...new Set([ours, ...others].flatMap((inventory) => [...inventory.values()].map(({ type }) => type)))].sort();
  const headings = others.flatMap((_, index) => [`${index + 2}`, 'only 1', `only ${index + 2}`]);
  console.log(`| type | 1 | ${headings.join(' | ')} |\n| --- | ---: |${' ---: |'.repeat(headings.length)}`);
  const count = (list: Iterable<Listed>, type: string): number => [...list].filter((one) => one.type === type).length;
  for (const type of types) {
    const cells = others.flatMap((theirs) => [
      count(theirs.values(), type),
      count(subtract(ours, theirs), type),
      count(subtract(theirs, ours), type),
    ]);
    console.log(`| ${[type, count(ours.values(), type), ...cells].join(' | ')} |`);
  }
}

/** One line a package, sorted; where the other bill has it in other versions, those are told. */
function printOnly(title: string, list: readonly Listed[], others: Inventory, type: string | undefined): void {
  console.log(`\n## ${title}`);
  const lines = list.filter((one) => type === undefined || one.type === type).map((one) => toLine(one, others));
  for (const line of lines.sort()) console.log(line);
}

function toLine({ type, name, version, place }: Listed, others: Inventory): string {
  const versions = [...others.values()].filter((other) => other.type === type && other.name === name).map((other) => other.version);
  return [type, name, version, place, versions.length === 0 ? '' : `the other has ${versions.join(', ')}`].join('\t').trimEnd();
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

main();
