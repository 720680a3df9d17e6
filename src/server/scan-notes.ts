import * as l10n from '@vscode/l10n';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Diagnostic } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../foundation/model/finding.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { severityRank } from '../foundation/model/severity.ts';

/** Most Dockerfiles remembered, and most ids named in one message. */
const MAX_DOCUMENTS = 50;
const MAX_IDS = 3;

interface Note {
  /** The instruction as it was scanned. */
  readonly instruction: string;
  readonly message: string;
}

/** What scans found to have come in with the instructions of a Dockerfile. A note belongs to the words of its instruction: it moves with them, and goes when they change. */
export class ScanNotes {
  readonly #byUri = new Map<string, readonly Note[]>();

  /** Takes the findings of a scan in place of the document's earlier ones. */
  keep(document: TextDocument, report: ScanReport): void {
    this.#byUri.delete(document.uri);
    const oldest = this.#byUri.keys().next().value;
    if (oldest !== undefined && this.#byUri.size >= MAX_DOCUMENTS) this.#byUri.delete(oldest);
    this.#byUri.set(document.uri, toNotes(document, report));
  }

  /** Returns the notes whose instruction stands in the document as it is now, and only once: where it stands twice nobody can tell which one was meant. */
  diagnosticsOf(document: TextDocument): readonly Diagnostic[] {
    const notes = this.#byUri.get(document.uri) ?? [];
    if (notes.length === 0) return [];
    const text = document.getText();
    return notes.flatMap(({ instruction, message }) => {
      const at = text.indexOf(instruction);
      if (at < 0 || text.includes(instruction, at + 1)) return [];
      const range = { start: document.positionAt(at), end: document.positionAt(at + instruction.length) };
      return [{ source: 'plimsoll scan', severity: DiagnosticSeverity.Information, message, range }];
    });
  }
}

function toNotes(document: TextDocument, report: ScanReport): readonly Note[] {
  const byInstruction = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    const range = finding.location.dockerfileRange;
    const instruction = range === undefined ? '' : document.getText(range);
    if (instruction === '') continue;
    const known = byInstruction.get(instruction);
    if (known === undefined) byInstruction.set(instruction, [finding]);
    else known.push(finding);
  }
  return Array.from(byInstruction, ([instruction, findings]) => ({ instruction, message: describe(findings, report.image.reference) }));
}

function describe(findings: readonly Finding[], reference: string | undefined): string {
  const worst = findings.toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity));
  const ids = [...new Set(worst.map(({ id }) => id))];
  const named = ids.slice(0, MAX_IDS).join(', ') + (ids.length > MAX_IDS ? ', …' : '');
  return l10n.t(
    '{0} findings of {1} came in here, {2} the worst: {3}',
    findings.length,
    reference ?? l10n.t('the scanned image'),
    worst[0]?.severity ?? 'unknown',
    named,
  );
}
