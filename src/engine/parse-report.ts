import { findingCategories } from '../foundation/model/finding.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { isSeverity } from '../foundation/model/severity.ts';

/**
 * Returns a saved report, or in words why the text is none. Checked are the parts that a decision is made from: a report comes from a file that anyone may have
 * edited, and a missing list must never read as "nothing found".
 */
export function parseReport(text: string): ScanReport | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  return checkReport(value);
}

/** Returns the same of a value that is JSON. */
export function checkReport(value: unknown): ScanReport | string {
  if (!isRecord(value)) return 'not an object';
  if (value.schemaVersion !== 1) return `schemaVersion is ${JSON.stringify(value.schemaVersion)}, this version of Plimsoll reads 1`;
  if (!isRecord(value.image)) return 'image is missing';
  if (!isRecord(value.image.platform) || typeof value.image.platform.os !== 'string' || typeof value.image.platform.architecture !== 'string')
    return 'image.platform is missing';
  if (!isOptionalString(value.image.reference)) return 'image.reference is not text';
  if (value.status !== 'complete' && value.status !== 'partial') return "status is neither 'complete' nor 'partial'";
  for (const list of ['packages', 'findings', 'problems'] as const) if (!Array.isArray(value[list])) return `${list} is missing`;
  for (const [index, finding] of (value.findings as unknown[]).entries()) {
    const wrong = explainFinding(finding);
    if (wrong !== undefined) return `findings[${index}]: ${wrong}`;
  }
  for (const [index, found] of (value.packages as unknown[]).entries())
    if (!isRecord(found) || typeof found.name !== 'string') return `packages[${index}] has no name`;
  if (value.advisories !== undefined && (!isRecord(value.advisories) || typeof value.advisories.builtAt !== 'string'))
    return 'advisories does not say when they were built';
  if (value.filtered !== undefined && !isFilter(value.filtered)) return 'filtered does not say what was left out';
  if (value.ignored !== undefined && !Array.isArray(value.ignored)) return 'ignored is not a list';
  for (const [index, ignored] of ((value.ignored ?? []) as unknown[]).entries()) {
    const wrong = isRecord(ignored) ? explainFinding(ignored.finding) : 'not an object';
    if (wrong !== undefined) return `ignored[${index}]: ${wrong}`;
  }
  return value as unknown as ScanReport;
}

function explainFinding(finding: unknown): string | undefined {
  if (!isRecord(finding)) return 'not an object';
  if (typeof finding.id !== 'string') return 'id is missing';
  if (!isSeverity(finding.severity)) return `severity ${JSON.stringify(finding.severity)} is none of ours`;
  if (!findingCategories.some((category) => category === finding.category)) return `category ${JSON.stringify(finding.category)} is none of ours`;
  if (!Array.isArray(finding.remediation)) return 'remediation is missing';
  if (finding.package !== undefined) {
    if (!isRecord(finding.package)) return 'package is not an object';
    if (typeof finding.package.name !== 'string' || typeof finding.package.installedVersion !== 'string') return 'package has no name or version';
    if (!isOptionalString(finding.package.fixedVersion)) return 'package.fixedVersion is not text';
  }
  return undefined;
}

function isFilter(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { categories, minimumSeverity, ignoreUnfixed } = value;
  return (
    (categories === undefined || (Array.isArray(categories) && categories.every((category) => typeof category === 'string'))) &&
    (minimumSeverity === undefined || isSeverity(minimumSeverity)) &&
    (ignoreUnfixed === undefined || typeof ignoreUnfixed === 'boolean')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOptionalString(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}
