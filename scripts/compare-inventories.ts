/**
 * Prints which packages only one of two bills of materials lists: how docs/comparison.md was made.
 *
 *   plimsoll sbom --input image.tar -o ours.json
 *   syft scan docker-archive:image.tar -o json > theirs.json
 *   node scripts/compare-inventories.ts ours.json theirs.json [--type npm] [--summary]
 *
 * Either file may be CycloneDX JSON or Syft's own JSON. Packages are the same when type, namespace, name and version of their package URLs are, spelt as the ecosystem compares them;
 * qualifiers (architecture, distribution, epoch) are not looked at. Each counts once, however often it lies in the image. Exits 1 when there is a difference.
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
  const [first, second] = positionals;
  if (first === undefined || second === undefined || positionals.length > 2)
    throw new Error('Usage: node scripts/compare-inventories.ts OURS THEIRS [--type TYPE] [--summary]');
  const ours = readInventory(first);
  const theirs = readInventory(second);
  printSummary(ours, theirs);
  const onlyOurs = subtract(ours, theirs);
  const onlyTheirs = subtract(theirs, ours);
  if (values.summary !== true) {
    printOnly(`only in ${first}`, onlyOurs, theirs, values.type);
    printOnly(`only in ${second}`, onlyTheirs, ours, values.type);
  }
  process.exitCode = onlyOurs.length + onlyTheirs.length === 0 ? 0 : 1;
}

/** The packages of a bill, by what makes two the same. */
function readInventory(file: string): Inventory {
  const bill: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isJsonObject(bill)) throw new Error(`${file} is no bill of materials: a JSON object is expected`);
  const entries = listOf(bill['artifacts'] ?? bill['components']).flatMap(readPackage);
  return new Map(entries.map((one) => [keyOf(one), one]));
}

/** Components that are files or the distribution itself are no packages; one without a package URL goes by the type that the bill gives it. */
function readPackage(entry: Readonly<Record<string, unknown>>): readonly Listed[] {
  const place = placeOf(entry);
  const purl = textOf(entry['purl']);
  if (purl !== '') return [{ ...readPurl(purl), place }];
  const type = textOf(entry['type']);
  if (type === 'file' || type === 'operating-system') return [];
  return [{ type: `${type}, no purl`, name: textOf(entry['name']), version: textOf(entry['version']), place }];
}

function readPurl(text: string): Omit<Listed, 'place'> {
  const { type, namespace, name, version } = PackageURL.fromString(text);
  const whole = [namespace, name].filter((part) => typeof part === 'string' && part !== '').join('/');
  return { type, name: type === 'pypi' ? whole.toLowerCase().replaceAll(/[-_.]+/g, '-') : whole, version: version ?? '' };
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

function printSummary(ours: Inventory, theirs: Inventory): void {
  const types = [...new Set([...ours.values(), ...theirs.values()].map(({ type }) => type))].sort();
  const rows = types.map((type) => [type, ...count(type, ours, theirs)]);
  console.log('| type | first | second | only first | only second |\n| --- | ---: | ---: | ---: | ---: |');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}

function count(type: string, ours: Inventory, theirs: Inventory): readonly number[] {
  const lists = [[...ours.values()], [...theirs.values()], subtract(ours, theirs), subtract(theirs, ours)];
  return lists.map((list) => list.filter((one) => one.type === type).length);
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
