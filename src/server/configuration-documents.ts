import { fileURLToPath, pathToFileURL } from 'node:url';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Connection, Diagnostic, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isConfigurationPath, type ConfigurationProblem } from '../engine/configuration.ts';
import { readConfigurationText, type ConfigurationIssue } from '../engine/configuration-text.ts';
import { messageOf } from '../foundation/base/result.ts';
import { toProblemDiagnostic } from './diagnostics.ts';

/** Keystrokes closer together than this are checked once. */
const QUIET_MS = 100;

export interface ConfigurationDocumentsParts {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  /** True where somebody else checks and completes the file by its schema; what is said twice helps nobody. */
  readonly isLeftToOthers: () => boolean;
}

/** True for a document that is a configuration file, whatever language the editor takes it for. */
export function isConfiguration({ uri }: { readonly uri: string }): boolean {
  return isConfigurationPath(uri);
}

/** The configuration files: open ones are checked as they are typed, others as a Dockerfile's settings are read from them. */
export class ConfigurationDocuments {
  readonly #parts: ConfigurationDocumentsParts;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(parts: ConfigurationDocumentsParts) {
    this.#parts = parts;
  }

  /** To be called for every new version of any document. */
  changed(document: TextDocument): void {
    const { uri } = document;
    if (!isConfiguration(document) || this.#parts.isLeftToOthers()) return;
    clearTimeout(this.#timers.get(uri));
    const check = (): void => {
      this.#timers.delete(uri);
      const current = this.#parts.documents.get(uri);
      if (current !== undefined) this.#send(uri, readConfigurationText(current.getText()).issues.map(toDiagnostic), current.version);
    };
    this.#timers.set(uri, setTimeout(check, QUIET_MS));
  }

  closed(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
  }

  /** Publishes what is wrong in a file as it is on disk, unless it is open: then what is typed counts. */
  found(file: string, problems: readonly ConfigurationProblem[]): void {
    if (this.#parts.isLeftToOthers() || this.#parts.documents.all().some((document) => isConfiguration(document) && pathOf(document.uri) === file))
      return;
    this.#send(pathToFileURL(file).href, problems.map(problemToDiagnostic));
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #send(uri: string, diagnostics: Diagnostic[], version?: number): void {
    const { connection } = this.#parts;
    connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) }).catch((error: unknown) => {
      connection.console.error(`diagnostics of ${uri} could not be published: ${messageOf(error)}`);
    });
  }
}

function toDiagnostic({ message, range }: ConfigurationIssue): Diagnostic {
  return { source: 'plimsoll', code: 'configuration', severity: DiagnosticSeverity.Error, message, range };
}

function problemToDiagnostic(problem: ConfigurationProblem): Diagnostic {
  const { range, detail } = problem;
  return range === undefined || detail === undefined ? toProblemDiagnostic(problem) : toDiagnostic({ message: detail, range });
}

/** Undefined for a document that is no file of this machine. */
function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
