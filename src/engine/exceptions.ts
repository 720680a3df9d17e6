import path from 'node:path';
import type { Exceptions, VexStatement } from '../advisories/exceptions/exception.ts';
import { readVex } from '../advisories/exceptions/read-vex.ts';
import { MAX_VEX_BYTES, MAX_VEX_STATEMENTS } from '../foundation/base/limits.ts';
import { omit } from '../foundation/base/omit.ts';
import { messageOf } from '../foundation/base/result.ts';
import { FileError, readWholeFile } from '../foundation/io/files.ts';
import type { Finding } from '../foundation/model/finding.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { readConfiguration, type ConfigurationProblem } from './configuration.ts';
import { compareFindings } from './sort-findings.ts';

export type { Exceptions } from '../advisories/exceptions/exception.ts';

/** A file that somebody named cannot be used. The message says which, and why. */
export class ExceptionsError extends Error {
  override readonly name = 'ExceptionsError';
}

export interface ExceptionsSources {
  /** Where `.plimsoll.yaml` is looked for, here and above; also what its path is told relative to. */
  readonly folder: string;
  /** Take this file instead, whatever its name. */
  readonly configuration?: string;
  /** VEX documents. */
  readonly vex?: readonly string[];
}

export interface ReadExceptions {
  readonly exceptions: Exceptions;
  /** What is wrong in the configuration; what is right in it still counts. */
  readonly problems: readonly ConfigurationProblem[];
}

/** Returns what the configuration and the VEX documents say of findings. @throws {ExceptionsError} when a file that was named cannot be read, or is no VEX document */
export async function readExceptions({ folder, configuration: named, vex = [] }: ExceptionsSources): Promise<ReadExceptions> {
  const { file, ignores, problems } = await readConfiguration(path.join(folder, 'image'), named);
  // Only of a file that cannot be read there is no place to name.
  const unreadable = named === undefined ? undefined : problems.find(({ path: of, range }) => of === named && range === undefined);
  if (unreadable !== undefined) throw new ExceptionsError(unreadable.message);
  const shown = named ?? (file === undefined ? '' : showPath(file, folder));
  const statements: VexStatement[] = [];
  const notices: string[] = [];
  for (const document of vex) {
    const read = readVex(await readDocument(document), document);
    if (typeof read === 'string') throw new ExceptionsError(`${document} is no VEX document that can be read: ${read}`);
    for (const statement of read.statements) if (statements.length < MAX_VEX_STATEMENTS) statements.push(statement);
    for (const notice of read.notices) notices.push(notice);
    if (statements.length >= MAX_VEX_STATEMENTS)
      notices.push(`of ${document} and what follows only the first statements are heeded: there are more than ${MAX_VEX_STATEMENTS}`);
  }
  return { exceptions: { ignores: ignores.map((entry) => ({ ...entry, source: shown })), statements, notices }, problems };
}

async function readDocument(file: string): Promise<Uint8Array> {
  try {
    return await readWholeFile(file, MAX_VEX_BYTES);
  } catch (error) {
    throw new ExceptionsError(error instanceof FileError ? error.message : `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

/** Relative to the folder where that is shorter, so that reports made on different machines are the same. */
function showPath(file: string, folder: string): string {
  const relative = path.relative(folder, file);
  return (relative.length < file.length ? relative : file).replaceAll(path.sep, '/');
}

/** Returns the report as the exceptions part it, whatever was ignored in it before. */
export async function withExceptions(report: ScanReport, exceptions: Exceptions, now: Date): Promise<ScanReport> {
  const before = report.ignored ?? [];
  const all = [...report.findings, ...before.map(({ finding }) => finding)].map(withoutClaim).toSorted(compareFindings);
  const rest = omit(report, 'ignored', 'notices');
  if (isEmpty(exceptions)) return { ...rest, findings: all };
  // What reads package URLs is loaded when somebody named one: most projects ignore nothing.
  const { applyExceptions } = await import('../advisories/exceptions/apply.ts');
  const { reference, digest, platform } = report.image;
  const { findings, ignored, notices } = applyExceptions({
    findings: all,
    packages: report.packages,
    image: { reference, digest, platform },
    exceptions,
    today: now.toISOString().slice(0, 10),
  });
  return {
    ...rest,
    findings,
    ...(ignored.length === 0 ? {} : { ignored }),
    ...(notices.length === 0 ? {} : { notices }),
  };
}

function isEmpty({ ignores, statements, notices }: Exceptions): boolean {
  return ignores.length === 0 && statements.length === 0 && notices.length === 0;
}

function withoutClaim(finding: Finding): Finding {
  return finding.vex === undefined ? finding : omit(finding, 'vex');
}
