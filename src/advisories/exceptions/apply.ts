import { MAX_NOTICES } from '../../foundation/base/limits.ts';
import type { Finding, VexClaim } from '../../foundation/model/finding.ts';
import type { InstalledPackage } from '../../foundation/model/package.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { IgnoredBy, IgnoredFinding } from '../../foundation/model/report.ts';
import type { Exceptions, IgnoreEntry, VexStatement } from './exception.ts';
import { describeIgnore, toIgnoredBy, toIgnoreTest } from './ignore.ts';
import type { NamedImage } from './match-name.ts';
import { VexIndex } from './vex-index.ts';

export interface ExceptionsInput {
  readonly findings: readonly Finding[];
  readonly packages: readonly InstalledPackage[];
  readonly image: NamedImage;
  readonly exceptions: Exceptions;
  /** YYYY-MM-DD against which entries expire. */
  readonly today: string;
}

export interface ExceptionsResult {
  /** Those that stay, in their order; with what a VEX document says of them. */
  readonly findings: readonly Finding[];
  /** Those that somebody says can be ignored, in their order. */
  readonly ignored: readonly IgnoredFinding[];
  /** What was not heeded: expired entries first. */
  readonly notices: readonly Problem[];
}

/** Returns the findings parted into those that stay and those that an ignore entry or a VEX statement covers. Where both do, the entry is named: it is the project's own. VEX speaks of vulnerabilities of packages only. */
export function applyExceptions({ findings, packages, image, exceptions, today }: ExceptionsInput): ExceptionsResult {
  const current = exceptions.ignores.filter((entry) => !isExpired(entry, today));
  const tests = current.map((entry) => ({ entry, covers: toIgnoreTest(entry) }));
  const vex = new VexIndex(exceptions.statements, image, packages);
  const kept: Finding[] = [];
  const ignored: IgnoredFinding[] = [];
  for (const finding of findings) {
    const entry = tests.find(({ covers }) => covers(finding))?.entry;
    const statement = isVulnerability(finding) ? vex.find(finding) : undefined;
    const by = entry === undefined ? toVexIgnoredBy(statement) : toIgnoredBy(entry);
    if (by !== undefined) ignored.push({ finding, by });
    else if (statement === undefined) kept.push(finding);
    else kept.push({ ...finding, vex: toVexClaim(statement) });
  }
  const expired = exceptions.ignores.filter((entry) => isExpired(entry, today)).map(toNotice);
  return { findings: kept, ignored, notices: bound([...expired, ...exceptions.notices.map((message): Problem => ({ code: 'vex', message }))]) };
}

function isVulnerability({ category }: Finding): boolean {
  return category === 'os-vulnerability' || category === 'application-vulnerability';
}

/** An entry counts on its last day. */
function isExpired({ expires }: IgnoreEntry, today: string): boolean {
  return expires !== undefined && expires < today;
}

function toNotice(entry: IgnoreEntry): Problem {
  const { source, line, expires = '' } = entry;
  const message = `${source}:${line}: the ignore entry for ${describeIgnore(entry)} expired on ${expires} and ignores nothing any more: renew it or remove it`;
  return { code: 'expired', message, path: source, line };
}

/** Undefined where the statement leaves the finding in the list. */
function toVexIgnoredBy(statement: VexStatement | undefined): IgnoredBy | undefined {
  if (statement === undefined) return undefined;
  const { source, status, justification, text, author, timestamp } = statement;
  if (status !== 'not_affected' && status !== 'fixed') return undefined;
  return {
    kind: 'vex',
    source,
    status,
    ...(text !== undefined && { reason: text }),
    ...(justification !== undefined && { justification }),
    ...(author !== undefined && { author }),
    ...(timestamp !== undefined && { timestamp }),
  };
}

function toVexClaim({ source, status, text, author, timestamp }: VexStatement): VexClaim {
  return {
    status: status === 'under_investigation' ? status : 'affected',
    source,
    ...(author !== undefined && { author }),
    ...(text !== undefined && { text }),
    ...(timestamp !== undefined && { timestamp }),
  };
}

function bound(notices: readonly Problem[]): readonly Problem[] {
  const more = notices.length - MAX_NOTICES;
  return more <= 0
    ? notices
    : [...notices.slice(0, MAX_NOTICES), { code: 'limit-exceeded', message: `${more} more notices were left out of this report` }];
}
