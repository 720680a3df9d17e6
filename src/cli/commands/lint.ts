import { linterFor } from '../../engine/lint-compose.ts';
import { ruleById } from '../../engine/lint-dockerfile.ts';
import { lintFormats, renderLint, type DescribedRule, type LintedFile } from '../../evidence/lint-report/render.ts';
import { toPlainLine } from '../../evidence/report/sanitize.ts';
import { MAX_DOCKERFILE_BYTES } from '../../foundation/base/limits.ts';
import { productVersion } from '../../foundation/io/resources.ts';
import type { LintDiagnostic } from '../../foundation/model/diagnostic.ts';
import { isAtLeast, severities, type Severity } from '../../foundation/model/severity.ts';
import { oneOf, parseCommandLine, UsageError } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { findFiles } from '../lint/find-files.ts';
import { createLookUpFixer, safeFixer, type Fixer } from '../lint/fixer.ts';
import { readSettings } from '../lint/lint-file.ts';
import { lintFiles } from '../lint/lint-files.ts';
import { readStandardInput } from '../lint/standard-input.ts';
import { exitCodes, type ExitCode, type Terminal } from '../output.ts';

const help = `usage: plimsoll lint [FILE|DIR|-]...  [options]

Lints Dockerfiles, and those written into compose files: files as named, all below a DIR, or stdin for '-'. Default: the current folder.
Below a DIR, what git ignores and node_modules are left out, and links are not followed out of it.

  --format FORMAT        ${lintFormats.join(', ')} (default table)
  -o, --output FILE      write the result there instead of stdout
  --severity LEVEL       leave out findings below LEVEL: ${severities.join(', ')}
  --config FILE          .plimsoll.yaml to use (default: the nearest one upwards of each file)
  --fix                  apply the safe fixes to the files ('-': print the fixed text)
  --look-up              with --fix: ask registries and servers for the digests and checksums that fixes need,
                         and write them; what cannot be looked up is told on stderr
  --offline              ask nobody, look-ups fail; without --look-up, lint uses no network at all
  --no-ignore            below a DIR, lint what git ignores and node_modules too
  --stdin-filename FILE  what '-' is called in the result, and where its configuration is looked for
  --jobs N               threads for many files (default: as many as the machine runs at once)

exit codes: 0 nothing found at or above LEVEL · 1 findings · 2 usage · 3 something could not be read`;

async function run(args: readonly string[], { terminal, signal }: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, {
    format: { type: 'string' },
    output: { type: 'string', short: 'o' },
    severity: { type: 'string' },
    config: { type: 'string' },
    fix: { type: 'boolean' },
    'look-up': { type: 'boolean' },
    offline: { type: 'boolean' },
    'no-ignore': { type: 'boolean' },
    'stdin-filename': { type: 'string' },
    jobs: { type: 'string' },
  });
  const format = oneOf('format', values.format, lintFormats, 'table');
  const threads = toThreads(values.jobs);
  const threshold = values.severity === undefined ? undefined : oneOf('severity', values.severity, severities, 'unknown');
  const targets = positionals.length === 0 ? ['.'] : positionals;
  const stdinFilename = values['stdin-filename'];
  if (stdinFilename !== undefined && !targets.includes('-')) throw new UsageError("--stdin-filename names '-', which is not asked for");
  if (values['look-up'] === true && values.fix !== true) throw new UsageError('--look-up is for --fix: add it');
  const fixer = values['look-up'] === true ? createLookUpFixer({ terminal, signal, offline: values.offline === true }) : safeFixer;
  if (values.fix === true && targets.includes('-')) {
    if (targets.length > 1) throw new UsageError("with --fix, '-' stands alone");
    return fixStandardInput(stdinFilename ?? '-', { config: values.config, threshold, fixer }, terminal);
  }
  const found = await findFiles(targets, { heedIgnores: values['no-ignore'] !== true, signal });
  if (found.length === 0) terminal.note(`no Dockerfile was found below ${targets.join(', ')}`);
  const linted = await lintFiles(found, {
    signal,
    fixer,
    fix: values.fix === true,
    keepText: format === 'table',
    ...(values.config === undefined ? {} : { config: values.config }),
    ...(stdinFilename === undefined ? {} : { stdinFilename }),
    ...(threads === undefined ? {} : { threads }),
  });
  const files = linted.map((file) => ({ ...file, diagnostics: leaveOut(file.diagnostics, threshold) }));
  await terminal.print(
    renderLint(format, files, {
      color: terminal.color && values.output === undefined,
      width: terminal.width,
      toolVersion: productVersion(),
      workingDirectory: process.cwd(),
      describeRule,
    }),
    values.output,
  );
  tellProblems(files, terminal);
  if (files.some(({ problems }) => problems.length > 0)) return exitCodes.unfinished;
  return files.some(({ diagnostics }) => diagnostics.length > 0) ? exitCodes.findings : exitCodes.ok;
}

function leaveOut(diagnostics: readonly LintDiagnostic[], threshold: Severity | undefined): readonly LintDiagnostic[] {
  return threshold === undefined ? diagnostics : diagnostics.filter(({ severity }) => isAtLeast(severity, threshold));
}

function toThreads(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^[1-9]\d{0,2}$/.test(value)) throw new UsageError(`--jobs is a number from 1 to 999; not '${value}'`);
  return Number(value);
}

/** A mistake in a configuration is told once, not for every file that it counts for. */
function tellProblems(files: readonly LintedFile[], terminal: Terminal): void {
  const lines = files.flatMap(({ path, problems }) =>
    problems.map(({ code, message }) => (code === 'configuration' ? message : `${path}: ${message}`)),
  );
  for (const line of new Set(lines)) terminal.error(toPlainLine(line));
}

function describeRule(id: string): DescribedRule | undefined {
  const rule = ruleById(id);
  // The groups 0 (suppressions) and 8 (structure) are about correctness.
  return rule === undefined ? undefined : { slug: rule.slug, title: rule.title, ...rule.docs, isSecurity: !/^PL[08]/.test(id) };
}

async function fixStandardInput(
  path: string,
  { config, threshold, fixer }: { readonly config: string | undefined; readonly threshold: Severity | undefined; readonly fixer: Fixer },
  terminal: Terminal,
): Promise<ExitCode> {
  const { text, truncated, isUtf8 } = await readStandardInput(MAX_DOCKERFILE_BYTES);
  if (truncated || !isUtf8) {
    terminal.error(`${path}: not fixed: it is no UTF-8 text, or larger than ${MAX_DOCKERFILE_BYTES} bytes`);
    return exitCodes.unfinished;
  }
  const { settings, problems } = await readSettings(path, config);
  const fixed = await fixer(text, settings, path);
  await terminal.print(fixed);
  const { diagnostics, problems: found } = linterFor(path).lint(fixed, settings);
  const all = [...problems, ...found];
  tellProblems([{ path, diagnostics, problems: all }], terminal);
  if (all.length > 0) return exitCodes.unfinished;
  return leaveOut(diagnostics, threshold).length > 0 ? exitCodes.findings : exitCodes.ok;
}

export const lint: Command = { name: 'lint', summary: 'lint Dockerfiles: risky build commands first', help, run };
