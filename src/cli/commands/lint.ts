import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readConfiguration } from '../../engine/configuration.ts';
import { readDockerignore } from '../../engine/dockerignore.ts';
import { fixDockerfile, lintDockerfile, ruleById } from '../../engine/lint-dockerfile.ts';
import { lintFormats, renderLint, type LintedFile } from '../../evidence/lint-report/render.ts';
import { messageOf } from '../../foundation/base/result.ts';
import { productVersion } from '../../foundation/io/resources.ts';
import type { LintResult } from '../../foundation/model/diagnostic.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import { oneOf, parseCommandLine, UsageError } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { exitCodes, type ExitCode } from '../output.ts';

const help = `usage: plimsoll lint [FILE|DIR|-]...  [options]

Lints Dockerfiles: files as named, every Dockerfile below a DIR, or stdin for '-'. Default: the current folder.

  --format FORMAT        ${lintFormats.join(', ')} (default table)
  -o, --output FILE      write the result there instead of stdout
  --config FILE          .plimsoll.yaml to use (default: the nearest one upwards of each file)
  --fix                  apply the safe fixes to the files ('-': print the fixed text)

exit codes: 0 nothing found · 1 findings · 2 usage · 3 something could not be read`;

/** Folders that hold other people's Dockerfiles, or none. */
const skippedFolders = new Set(['node_modules', '.git', '.hg', '.svn']);

async function run(args: readonly string[], { terminal, signal }: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, {
    format: { type: 'string' },
    output: { type: 'string', short: 'o' },
    config: { type: 'string' },
    fix: { type: 'boolean' },
  });
  const format = oneOf('format', values.format, lintFormats, 'table');
  const targets = positionals.length === 0 ? ['.'] : positionals;
  if (values.fix === true && targets.includes('-')) {
    if (targets.length > 1) throw new UsageError("with --fix, '-' stands alone");
    return fixStandardInput(values.config, terminal.print);
  }
  const files: LintedFile[] = [];
  for (const file of await findFiles(targets)) {
    signal.throwIfAborted();
    files.push(await lintFile(file, values.config, values.fix === true));
  }
  await terminal.print(
    renderLint(format, files, {
      color: terminal.color && values.output === undefined,
      width: terminal.width,
      toolVersion: productVersion(),
      describeRule,
    }),
    values.output,
  );
  for (const { path: file, problems } of files) for (const problem of problems) terminal.error(`${file}: ${problem.message}`);
  if (files.some(({ problems }) => problems.length > 0)) return exitCodes.unfinished;
  return files.some(({ diagnostics }) => diagnostics.length > 0) ? exitCodes.findings : exitCodes.ok;
}

function describeRule(id: string): { title: string; why: string; fix: string; references: readonly string[] } | undefined {
  const rule = ruleById(id);
  return rule === undefined ? undefined : { title: rule.title, why: rule.docs.why, fix: rule.docs.fix, references: rule.docs.references };
}

async function fixStandardInput(config: string | undefined, print: (text: string) => Promise<void>): Promise<ExitCode> {
  const text = await readStandardInput();
  const { settings: configured } = await readConfiguration('.', config);
  const settings = { ...configured, dockerignore: await readDockerignore('Dockerfile') };
  const fixed = fixDockerfile(text, settings);
  await print(fixed);
  return lintDockerfile(fixed, settings).diagnostics.length > 0 ? exitCodes.findings : exitCodes.ok;
}

async function lintFile(file: string, config: string | undefined, fix: boolean): Promise<LintedFile> {
  let text: string;
  try {
    text = file === '-' ? await readStandardInput() : await readFile(file, 'utf8');
  } catch (error) {
    return { path: file, diagnostics: [], problems: [{ code: 'unreadable-file', message: `cannot be read: ${messageOf(error)}` }] };
  }
  const configuration = await readConfiguration(file === '-' ? '.' : file, config);
  const settings = { ...configuration.settings, dockerignore: await readDockerignore(file === '-' ? 'Dockerfile' : file) };
  if (fix && file !== '-') {
    const fixed = fixDockerfile(text, settings);
    if (fixed !== text) await writeFile(file, fixed);
    text = fixed;
  }
  const result: LintResult = lintDockerfile(text, settings);
  const problems: Problem[] = [...configuration.problems, ...result.problems];
  return { path: file, diagnostics: result.diagnostics, suppressed: result.suppressed, problems, text };
}

async function findFiles(targets: readonly string[]): Promise<readonly string[]> {
  const files = new Set<string>();
  for (const target of targets) {
    const isFolder =
      target !== '-' &&
      (await stat(target).then(
        (found) => found.isDirectory(),
        () => false,
      ));
    if (!isFolder) files.add(target);
    else for (const file of await findDockerfiles(target)) files.add(file);
  }
  return [...files];
}

async function findDockerfiles(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory() && !skippedFolders.has(entry.name)) found.push(...(await findDockerfiles(path.join(folder, entry.name))));
    else if (entry.isFile() && isDockerfileName(entry.name)) found.push(path.join(folder, entry.name));
  }
  return found;
}

/** Dockerfile, Containerfile, Dockerfile.prod, web.Dockerfile, web.dockerfile; not Dockerfile.dockerignore. */
function isDockerfileName(name: string): boolean {
  return /^(?:dockerfile|containerfile)(?:\.(?!dockerignore$).+)?$|\.(?:dockerfile|containerfile)$/i.test(name);
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export const lint: Command = { name: 'lint', summary: 'lint Dockerfiles: risky build commands first', help, run };
