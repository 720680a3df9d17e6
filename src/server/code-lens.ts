import * as l10n from '@vscode/l10n';
import type { CodeLens, Command } from 'vscode-languageserver/node';
import type { StageOutline } from '../engine/describe-dockerfile.ts';
import type { LintDiagnostic } from '../foundation/model/diagnostic.ts';
import { severityRank } from '../foundation/model/severity.ts';
import type { TextRange } from '../foundation/model/text-range.ts';
import { clientCommands, fixCommands } from '../protocol/commands.ts';
import type { FixTarget, ShowTarget } from '../protocol/commands.ts';
import type { ScannedImage } from '../protocol/client.ts';
import { safeFixOf } from './text-edits.ts';

export interface CodeLensContext {
  readonly uri: string;
  readonly stages: readonly StageOutline[];
  /** Of the document as it is now. */
  readonly diagnostics: readonly LintDiagnostic[];
  /** Commands of `clientCommands` that the client has. */
  readonly commands: ReadonlySet<string>;
  /** Whether the client makes edits that the server asks for. */
  readonly canEdit: boolean;
  /** Returns what the last scan of an image found. */
  readonly scanOf: (reference: string) => ScannedImage | undefined;
}

/**
 * Returns the lines above a Dockerfile's instructions: over each FROM how many risks its stage has, the fix of the safe ones, and what the last scan found in its base image; over the file the scan, and
 * the fix of all its stages where it has several. Where there is nothing to tell, there is no lens.
 */
export function codeLensesOf(context: CodeLensContext): CodeLens[] {
  const { stages } = context;
  if (stages.length === 0) return [];
  const lenses = stages.flatMap((stage, index) => stageLenses(stage, linesOfStage(stages, index), context));
  const file = { start: 0, end: Number.POSITIVE_INFINITY };
  const head = [...(stages.length > 1 ? fixLens(context, file) : []), ...scanLens(context)];
  // Where the file begins with FROM, what is wrong comes first.
  return [...lenses, ...head.map((command) => ({ range: lineRange(0), command }))];
}

interface Lines {
  readonly start: number;
  /** Not included. */
  readonly end: number;
}

/** What stands before the first FROM belongs to the first stage. */
function linesOfStage(stages: readonly StageOutline[], index: number): Lines {
  return {
    start: index === 0 ? 0 : (stages[index]?.fromRange.start.line ?? 0),
    end: stages[index + 1]?.fromRange.start.line ?? Number.POSITIVE_INFINITY,
  };
}

function stageLenses(stage: StageOutline, lines: Lines, context: CodeLensContext): CodeLens[] {
  const range = lineRange(stage.fromRange.start.line);
  return [...riskLens(context, lines), ...fixLens(context, lines), ...baseLens(stage, context)].map((command) => ({ range, command }));
}

function riskLens({ uri, diagnostics, commands }: CodeLensContext, lines: Lines): Command[] {
  const risks = within(diagnostics, lines).filter(({ severity }) => severityRank(severity) <= severityRank('medium'));
  const worst = risks.toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity))[0];
  if (worst === undefined) return [];
  const title = risks.length === 1 ? l10n.t('1 risk in this stage') : l10n.t('{0} risks in this stage', risks.length);
  const target: ShowTarget = { uri, range: worst.range };
  // A command without a name is text that cannot be clicked.
  return commands.has(clientCommands.showProblem) ? [{ title, command: clientCommands.showProblem, arguments: [target] }] : [{ title, command: '' }];
}

function fixLens({ uri, stages, diagnostics, canEdit }: CodeLensContext, lines: Lines): Command[] {
  const count = canEdit ? within(diagnostics, lines).filter((diagnostic) => safeFixOf(diagnostic) !== undefined).length : 0;
  if (count === 0) return [];
  const isFile = lines.start === 0 && lines.end === Number.POSITIVE_INFINITY;
  const target: FixTarget = isFile ? { uri } : { uri, startLine: lines.start, ...(Number.isFinite(lines.end) ? { endLine: lines.end } : {}) };
  return [{ title: isFile && stages.length > 1 ? fileFixTitle(count) : stageFixTitle(count), command: fixCommands.fixSafe, arguments: [target] }];
}

function stageFixTitle(count: number): string {
  return count === 1 ? l10n.t('Apply 1 safe fix') : l10n.t('Apply {0} safe fixes', count);
}

function fileFixTitle(count: number): string {
  return count === 1 ? l10n.t('Apply 1 safe fix in this file') : l10n.t('Apply {0} safe fixes in this file', count);
}

function baseLens({ image, isImage }: StageOutline, { commands, scanOf }: CodeLensContext): Command[] {
  const scan = isImage ? scanOf(image) : undefined;
  if (scan === undefined) return [];
  const title = l10n.t('{0} critical · {1} high in {2}', scan.critical, scan.high, image);
  return scan.key !== undefined && commands.has(clientCommands.openReport)
    ? [{ title, command: clientCommands.openReport, arguments: [{ key: scan.key }] }]
    : [{ title, command: '' }];
}

function scanLens({ uri, commands }: CodeLensContext): Command[] {
  if (!commands.has(clientCommands.scanImage)) return [];
  return [{ title: l10n.t('Scan the image built from this…'), command: clientCommands.scanImage, arguments: [{ dockerfileUri: uri }] }];
}

/** Returns the diagnostics that begin in these lines. */
export function within(diagnostics: readonly LintDiagnostic[], { start, end }: Lines): readonly LintDiagnostic[] {
  return diagnostics.filter(({ range }) => range.start.line >= start && range.start.line < end);
}

function lineRange(line: number): TextRange {
  return { start: { line, character: 0 }, end: { line, character: 0 } };
}
