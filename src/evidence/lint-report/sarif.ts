import { createHash } from 'node:crypto';
import { compareText } from '../../foundation/base/order.ts';
import type { Fix, LintDiagnostic } from '../../foundation/model/diagnostic.ts';
import { sarifLevel, sarifLog, sarifRegion, securitySeverity, toUriPath } from '../report/sarif-log.ts';
import { toSafeUrl } from '../report/sanitize.ts';
import type { LintedFile, LintRenderOptions } from './render.ts';

export function renderLintSarif(files: readonly LintedFile[], options: LintRenderOptions): string {
  const all = files.flatMap(({ diagnostics, suppressed = [] }) => [...diagnostics, ...suppressed.map(({ diagnostic }) => diagnostic)]);
  const rules = [...new Map(all.map((diagnostic) => [diagnostic.ruleId, diagnostic])).values()].toSorted((a, b) => compareText(a.ruleId, b.ruleId));
  const indexById = new Map(rules.map(({ ruleId }, index) => [ruleId, index]));
  const toResult = (file: LintedFile, diagnostic: LintDiagnostic, suppression?: { readonly reason?: string }): object => {
    const uri = toUri(file.path);
    const fixes = diagnostic.fixes.map((fix) => toFix(uri, fix));
    return {
      ruleId: diagnostic.ruleId,
      ruleIndex: indexById.get(diagnostic.ruleId) ?? -1,
      level: sarifLevel(diagnostic.severity),
      message: { text: diagnostic.message },
      locations: [{ physicalLocation: { artifactLocation: { uri }, region: sarifRegion(diagnostic.range) } }],
      // The line may move, so it is no part of it.
      partialFingerprints: {
        'plimsoll/v1': createHash('sha256')
          .update(JSON.stringify([diagnostic.ruleId, file.path, diagnostic.message]))
          .digest('hex'),
      },
      ...(fixes.length === 0 ? {} : { fixes }),
      ...(suppression === undefined
        ? {}
        : { suppressions: [{ kind: 'inSource', ...(suppression.reason === undefined ? {} : { justification: suppression.reason }) }] }),
      properties: { severity: diagnostic.severity },
    };
  };
  const problems = files.flatMap(({ path, problems: found }) =>
    found.map(({ message }) => ({ level: 'warning', message: { text: `${path}: ${message}` } })),
  );
  return sarifLog({
    toolVersion: options.toolVersion,
    rules: rules.map((diagnostic) => toRule(diagnostic, options)),
    results: files.flatMap((file) => [
      ...file.diagnostics.map((diagnostic) => toResult(file, diagnostic)),
      ...(file.suppressed ?? []).map(({ diagnostic, ...suppression }) => toResult(file, diagnostic, suppression)),
    ]),
    invocation: { executionSuccessful: problems.length === 0, toolExecutionNotifications: problems },
  });
}

function toRule({ ruleId, aliases, severity, message }: LintDiagnostic, { describeRule }: LintRenderOptions): object {
  const known = describeRule?.(ruleId);
  const helpUri = known?.references.map(toSafeUrl).find((url) => url !== undefined);
  return {
    id: ruleId,
    shortDescription: { text: known?.title ?? message },
    fullDescription: { text: known?.why ?? message },
    help: { text: known === undefined ? message : `${known.why}\n\n${known.fix}` },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: sarifLevel(severity) },
    properties: { tags: ['security', 'dockerfile', ...aliases], 'security-severity': securitySeverity(severity) },
  };
}

function toFix(uri: string, fix: Fix): object {
  return {
    description: { text: fix.title },
    artifactChanges: [
      {
        artifactLocation: { uri },
        replacements: fix.edits.map(({ range, newText }) => ({
          deletedRegion: sarifRegion(range),
          ...(newText === '' ? {} : { insertedContent: { text: newText } }),
        })),
      },
    ],
  };
}

/** A relative path as a relative reference; an absolute one as a file address. `-` is standard input. */
function toUri(path: string): string {
  const posix = path.replaceAll('\\', '/');
  if (/^[A-Za-z]:\//.test(posix)) return `file:///${posix.slice(0, 2)}${toUriPath(posix.slice(2))}`;
  return posix.startsWith('/') ? `file://${toUriPath(posix)}` : toUriPath(posix);
}
