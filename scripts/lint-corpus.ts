/**
 * Lints Dockerfiles that others wrote, to see what the rules are worth: does one fail, how long does a file take, how often does each rule speak, and is what it says true.
 *
 *   node scripts/lint-corpus.ts [options] FOLDER…      (a folder, a git checkout, or a bare git directory)
 *
 *   --per-source N    most files of one source (default 80); near-identical files count once
 *   --sources         name the sources, their commits, and how many files are read of each
 *   --counts          how often each rule speaks, and in how many files
 *   --sample N        print N diagnostics to be judged by hand, spread over rules and sources
 *   --seed TEXT       which ones (default 1); the same seed, the same ones
 *   --except-seed S   none that a sample of this size with seed S has (may be repeated)
 *   --severity S      at least this severe (default medium); --at-most S: at most
 *   --rules ID,ID     of these rules only
 *   --context N       lines around each (default 3)
 *   --fixes safe      try the fixes: safe, or suggested as well
 *   --today DATE      the day that releases end and suppressions expire against (default: now)
 *
 * Exit code 1: a rule failed, a file took longer than a second, or a fix broke its promise.
 */
import { parseArgs } from 'node:util';
import { lintText, type LintOptions } from '../src/dockerfile/lint/lint.ts';
import { rules } from '../src/dockerfile/lint/rules.generated.ts';
import { isAtLeast, isSeverity, severityRank, type Severity } from '../src/foundation/model/severity.ts';
import { readCorpusSource, type CorpusFile } from './lint-corpus-files.ts';
import { checkFixes } from './lint-corpus-fixes.ts';
import { chooseSample, describeSighting, type Sighting } from './lint-corpus-sample.ts';

const TOO_LONG_MS = 1000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'per-source': { type: 'string', default: '80' },
    sources: { type: 'boolean', default: false },
    counts: { type: 'boolean', default: false },
    sample: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    'except-seed': { type: 'string', multiple: true, default: [] },
    severity: { type: 'string', default: 'medium' },
    'at-most': { type: 'string', default: 'critical' },
    rules: { type: 'string' },
    context: { type: 'string', default: '3' },
    fixes: { type: 'string' },
    today: { type: 'string', default: new Date().toISOString().slice(0, 10) },
  },
});

interface Linted {
  readonly file: CorpusFile;
  readonly sightings: readonly Sighting[];
  readonly failures: readonly string[];
  readonly ms: number;
}

function optionsOf(file: CorpusFile): LintOptions {
  return { today: values.today, ...(file.dockerignore === undefined ? {} : { dockerignore: file.dockerignore }) };
}

/** A file that takes long is measured once more: the machine may have been busy with something else. */
function lintFile(file: CorpusFile): Linted {
  const linted = lintOnce(file);
  return linted.ms > TOO_LONG_MS ? lintOnce(file) : linted;
}

function lintOnce(file: CorpusFile): Linted {
  const start = performance.now();
  const { diagnostics, problems } = lintText(file.text, optionsOf(file));
  return {
    file,
    sightings: diagnostics.map((diagnostic) => ({ file, diagnostic })),
    failures: problems.filter(({ code }) => code === 'rule-failed').map(({ message }) => `${file.source} ${file.path}: ${message}`),
    ms: performance.now() - start,
  };
}

function toSeverity(name: string): Severity {
  if (!isSeverity(name)) throw new Error(`${name} is no severity`);
  return name;
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function printTimes(linted: readonly Linted[]): void {
  const sorted = linted.toSorted((a, b) => a.ms - b.ms);
  const times = sorted.map(({ ms }) => ms);
  const [p50, p99, most] = [quantile(times, 0.5), quantile(times, 0.99), quantile(times, 1)];
  const slowest = sorted.at(-1)?.file;
  console.log(
    `time per file: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, most ${most.toFixed(1)} ms (${slowest?.source ?? ''} ${slowest?.path ?? ''})`,
  );
}

function printCounts(linted: readonly Linted[]): void {
  console.log('\nrule    severity     places  files   % of files');
  for (const { id, slug, severity } of rules) {
    const found = linted.map(({ sightings }) => sightings.filter(({ diagnostic }) => diagnostic.ruleId === id).length).filter((count) => count > 0);
    const places = found.reduce((sum, count) => sum + count, 0);
    const share = ((100 * found.length) / linted.length).toFixed(1);
    console.log(`${id}  ${severity.padEnd(11)} ${String(places).padStart(7)} ${String(found.length).padStart(6)} ${share.padStart(7)}   ${slug}`);
  }
}

function printSample(linted: readonly Linted[]): void {
  const wanted = values.rules?.split(',');
  const [least, most] = [toSeverity(values.severity), toSeverity(values['at-most'])];
  const sightings = linted
    .flatMap((one) => one.sightings)
    .filter(
      ({ diagnostic: { ruleId, severity } }) =>
        isAtLeast(severity, least) && severityRank(severity) >= severityRank(most) && wanted?.includes(ruleId) !== false,
    );
  const count = Number(values.sample);
  const seen = new Set(values['except-seed'].flatMap((seed) => chooseSample(sightings, count, seed)));
  const sample = chooseSample(
    sightings.filter((sighting) => !seen.has(sighting)),
    count,
    values.seed,
  );
  for (const [i, sighting] of sample.entries()) console.log(`\n[${i + 1}] ${describeSighting(sighting, Number(values.context))}`);
}

function tryFixes(linted: readonly Linted[], which: 'safe' | 'suggested'): readonly string[] {
  const checks = linted.map(({ file, sightings }) =>
    checkFixes(
      file,
      sightings.map(({ diagnostic }) => diagnostic),
      which,
      optionsOf(file),
    ),
  );
  const shortened = Object.entries(
    Object.groupBy(
      checks.flatMap((check) => check.shortened),
      (id) => id,
    ),
  ).map(([id, all]) => `${id} ${all?.length ?? 0}`);
  const tried = checks.reduce((sum, check) => sum + check.tried, 0);
  console.log(`\nfixes (${which}): ${tried} tried one by one; took an instruction away: ${shortened.join(', ') || 'none'}`);
  return checks.flatMap((check) => check.violations);
}

const sources = positionals.map((root) => readCorpusSource(root, Number(values['per-source'])));
if (values.sources)
  for (const { name, commit, total, files } of sources) console.log(`${name} ${commit?.slice(0, 12) ?? '-'} ${files.length} of ${total}`);
const linted = sources.flatMap(({ files }) => files.map(lintFile));
const diagnostics = linted.reduce((sum, { sightings }) => sum + sightings.length, 0);
console.log(`${linted.length} files of ${sources.length} sources, ${rules.length} rules, ${diagnostics} diagnostics`);
printTimes(linted);
if (values.counts) printCounts(linted);
printSample(linted);
const violations = [
  ...linted.flatMap(({ failures }) => failures),
  ...linted.filter(({ ms }) => ms > TOO_LONG_MS).map(({ file, ms }) => `${file.source} ${file.path}: took ${ms.toFixed(0)} ms`),
  ...(values.fixes === undefined ? [] : tryFixes(linted, values.fixes === 'suggested' ? 'suggested' : 'safe')),
];
for (const violation of violations) console.log(`violation: ${violation}`);
console.log(`\n${violations.length} violations`);
process.exitCode = violations.length > 0 ? 1 : 0;
