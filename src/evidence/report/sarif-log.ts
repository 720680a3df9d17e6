import type { Severity } from '../../foundation/model/severity.ts';
import type { TextRange } from '../../foundation/model/text-range.ts';
import { toStableJson } from './stable-json.ts';

export interface SarifContent {
  readonly toolVersion: string;
  readonly rules: readonly object[];
  readonly results: readonly object[];
  readonly invocation?: object;
  /** What the locations are relative to, by the name that they use. */
  readonly uriBaseIds: Readonly<Record<string, object>>;
  readonly properties?: object;
}

/** Returns a SARIF 2.1.0 log with one run. @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarifLog({ toolVersion, rules, results, invocation, uriBaseIds, properties }: SarifContent): string {
  return toStableJson(
    {
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'Plimsoll', version: toolVersion, semanticVersion: toolVersion, rules } },
          columnKind: 'utf16CodeUnits',
          originalUriBaseIds: uriBaseIds,
          ...(invocation === undefined ? {} : { invocations: [invocation] }),
          results,
          ...(properties === undefined ? {} : { properties }),
        },
      ],
    },
    ['$schema', 'version', 'runs'],
  );
}

/** Returns SARIF's level: what it calls a warning is our medium. @see SARIF 3.27.10 */
export function sarifLevel(severity: Severity): 'error' | 'warning' | 'note' {
  switch (severity) {
    case 'critical':
    case 'high':
      return 'error';
    case 'medium':
    case 'unknown':
      return 'warning';
    case 'low':
    case 'negligible':
      return 'note';
  }
}

/** Returns the number that code scanning sorts by, inside the band of the severity: above 9 critical, from 7 high, from 4 medium. */
export function securitySeverity(severity: Severity): string {
  const scores: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.5', negligible: '0.5', unknown: '5.0' };
  return scores[severity];
}

/** Returns a SARIF region, which counts lines and columns from 1, from a range that counts from 0. Both are half open. */
export function sarifRegion({ start, end }: TextRange): object {
  return { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}

/** Returns a path as a relative reference of a URI. Names in an image may hold anything, lone surrogates too, which no URI can. */
export function toUriPath(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}
