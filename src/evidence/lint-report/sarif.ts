import { compareText } from '../../foundation/base/order.ts';
import type { Fix, LintDiagnostic, SuppressedDiagnostic } from '../../foundation/model/diagnostic.ts';
import { sarifLevel, sarifLog, sarifRegion, securitySeverity, toUriPath } from '../report/sarif-log.ts';
import { toSafeUrl } from '../report/sanitize.ts';
import { fingerprintsOf } from './fingerprints.ts';
import { toReportPath } from './report-path.ts';
import type { DescribedRule, LintedFile, LintRenderOptions } from './render.ts';

/** Returns a SARIF log, for code scanning. Results that comments silence are in it, marked so. @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
export function renderLintSarif(files: readonly LintedFile[], options: LintRenderOptions): string {
  const all = files.flatMap(({ diagnostics, suppressed = [] }) => [...diagnostics, ...suppressed.map(({ diagnostic }) => diagnostic)]);
  const rules = [...new Map(all.map((diagnostic) => [diagnostic.ruleId, diagnostic])).values()].toSorted((a, b) => compareText(a.ruleId, b.ruleId));
  const indexById = new Map(rules.map(({ ruleId }, index) => [ruleId, index]));
  const problems = files.flatMap(({ path, problems: found }) =>
    found.map(({ message }) => ({ level: 'warning', message: { text: `${path}: ${message}` } })),
  );
  return sarifLog({
    toolVersion: options.toolVersion,
    rules: rules.map((diagnostic) => toRule(diagnostic, options.describeRule?.(diagnostic.ruleId))),
    results: files.flatMap((file) => toResults(file, indexById, options)),
    invocation: { executionSuccessful: problems.length === 0, toolExecutionNotifications: problems },
    uriBaseIds: { SRCROOT: { description: { text: 'The folder that the command ran in' } } },
  });
}

function toResults(file: LintedFile, indexById: ReadonlyMap<string, number>, { workingDirectory }: LintRenderOptions): readonly object[] {
  const path = toReportPath(file.path, workingDirectory);
  const artifactLocation = toArtifactLocation(path);
  const suppressed = file.suppressed ?? [];
  const diagnostics = [...file.diagnostics, ...suppressed.map(({ diagnostic }) => diagnostic)];
  const fingerprints = fingerprintsOf(path, diagnostics);
  return diagnostics.map(({ ruleId, severity, message, range, fixes }, i) => ({
    ruleId,
    ruleIndex: indexById.get(ruleId) ?? -1,
    level: sarifLevel(severity),
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation, region: sarifRegion(range) } }],
    // Under a name of our own: GitHub's upload works out its own from the line's text, and warns of one that differs.
    partialFingerprints: { 'plimsoll/v1': fingerprints[i] },
    ...(fixes.length === 0 ? {} : { fixes: fixes.map((fix) => toFix(artifactLocation, fix)) }),
    ...(i < file.diagnostics.length ? {} : { suppressions: [toSuppression(suppressed[i - file.diagnostics.length])] }),
    properties: { severity },
  }));
}

function toSuppression(suppressed: SuppressedDiagnostic | undefined): object {
  return { kind: 'inSource', ...(suppressed?.reason === undefined ? {} : { justification: suppressed.reason }) };
}

function toRule({ ruleId, aliases, severity, message }: LintDiagnostic, known: DescribedRule | undefined): object {
  const helpUri = known?.references.map(toSafeUrl).find((url) => url !== undefined);
  const level = sarifLevel(severity);
  const isSecurity = known?.isSecurity ?? true;
  return {
    id: ruleId,
    ...(known === undefined ? {} : { name: known.slug }),
    shortDescription: { text: known?.title ?? message },
    fullDescription: { text: known?.reports ?? message },
    help: known === undefined ? { text: message } : { text: `${known.why}\n\n${known.fix}`, markdown: toMarkdown(known) },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level },
    properties: {
      tags: [isSecurity ? 'security' : 'maintainability', 'dockerfile', ...aliases],
      precision: 'high',
      // Code scanning ranks what is tagged `security` by the one, everything else by the other.
      ...(isSecurity ? { 'security-severity': securitySeverity(severity) } : { 'problem.severity': level === 'note' ? 'recommendation' : level }),
    },
  };
}

/** From the rule's own documentation: nothing in it is from a linted file. */
function toMarkdown({ reports, why, fix, bad, good, references }: DescribedRule): string {
  const example = (title: string, [code]: readonly string[]): readonly string[] =>
    code === undefined ? [] : [`**${title}**`, `\`\`\`dockerfile\n${code.trimEnd()}\n\`\`\``];
  return [
    reports,
    `**Why it matters:** ${why}`,
    `**How to put it right:** ${fix}`,
    ...example('Reported', bad),
    ...example('Not reported', good),
    ...references.map((reference) => `- <${reference}>`),
  ].join('\n\n');
}

function toFix(artifactLocation: object, fix: Fix): object {
  return {
    description: { text: fix.title },
    artifactChanges: [
      {
        artifactLocation,
        replacements: fix.edits.map(({ range, newText }) => ({
          deletedRegion: sarifRegion(range),
          ...(newText === '' ? {} : { insertedContent: { text: newText } }),
        })),
      },
    ],
  };
}

/** What lies below the folder the command ran in is relative to it; anything else is a file address, or stays as it was named. */
function toArtifactLocation(path: string): { readonly uri: string; readonly uriBaseId?: string } {
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${path.slice(0, 2)}${toUriPath(path.slice(2))}` };
  if (path.startsWith('/')) return { uri: `file://${toUriPath(path)}` };
  return path.startsWith('../') ? { uri: toUriPath(path) } : { uri: toUriPath(path), uriBaseId: 'SRCROOT' };
}
