import { fileURLToPath } from 'node:url';
import * as l10n from '@vscode/l10n';
import { MessageType, ShowMessageNotification } from 'vscode-languageserver/node';
import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { messageOf } from '../foundation/base/result.ts';
import { readDockerignore } from '../engine/dockerignore.ts';
import type { LintResult } from '../foundation/model/diagnostic.ts';
import { buildFileKind, isLintable } from './languages.ts';
import { toDiagnostics } from './diagnostics.ts';
import type { DiagnosticContext } from './diagnostics.ts';
import type { ScanNotes } from './scan-notes.ts';
import type { ServerServices } from './services.ts';
import type { ServerSettings, SettingsCache } from './settings.ts';

/** Keystrokes closer together than this are linted once. */
const QUIET_MS = 25;
/** After a slow lint the pause grows to as long as that lint took, so that half of the time stays free for other requests; up to this. */
const MAX_PAUSE_MS = 1000;

interface DocumentState {
  timer: NodeJS.Timeout | undefined;
  /** Of performance.now(). */
  lintedAt: number;
  tookMs: number;
  latest:
    | { readonly version: number; readonly settings: ServerSettings; readonly dockerignore: string | undefined; readonly result: LintResult }
    | undefined;
}

const nothing: LintResult = { diagnostics: [], suppressed: [], problems: [] };

export interface DocumentResult {
  readonly result: LintResult;
  readonly settings: ServerSettings;
  readonly lintInstead: (text: string) => LintResult;
}

export interface LintSessionParts {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly services: Pick<ServerServices, 'lintDockerfile' | 'lintCompose'>;
  readonly settings: SettingsCache;
  readonly notes: ScanNotes;
  readonly diagnosticContext: () => DiagnosticContext;
  /** Called when everything was linted anew for another reason than typing. */
  readonly refreshed: () => void;
}

/**
 * Lints open documents and publishes what comes of it: at once when the editor was quiet, else after the next pause. Old diagnostics stay on show until the new ones
 * are there, and only the newest text is ever linted.
 */
export class LintSession {
  readonly #parts: LintSessionParts;
  readonly #states = new Map<string, DocumentState>();
  #toldOfFailure = false;
  /** Rules that failed, each logged once: every keystroke brings them again. */
  readonly #failedRules = new Set<string>();

  constructor(parts: LintSessionParts) {
    this.#parts = parts;
  }

  /** To be called for every new version of a document. */
  changed(document: TextDocument): void {
    if (!isLintable(document)) return;
    const state = this.#stateOf(document.uri);
    if (state.timer !== undefined) return;
    const pauseMs = Math.min(Math.max(QUIET_MS, state.tookMs), MAX_PAUSE_MS);
    const waitMs = state.lintedAt + pauseMs - performance.now();
    if (waitMs <= 0) {
      this.#publishSoon(document.uri);
    } else {
      state.timer = setTimeout(() => {
        this.#publishSoon(document.uri);
      }, waitMs);
    }
  }

  closed(uri: string): void {
    clearTimeout(this.#states.get(uri)?.timer);
    this.#states.delete(uri);
    void this.#parts.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  /** Publishes for every open document again: the settings are others now, or a scan was made. */
  refresh(): void {
    for (const document of this.#parts.documents.all()) {
      if (isLintable(document)) this.#publishSoon(document.uri);
    }
    this.#parts.refreshed();
  }

  /** Returns what lint says of the document as it is now, with the settings it was linted by, and a way to lint another text in its place. */
  async resultOf(document: TextDocument): Promise<DocumentResult> {
    const [settings, dockerignore] = await Promise.all([this.#parts.settings.get(document.uri), dockerignoreOf(document.uri)]);
    return {
      settings,
      result: isLintable(document) ? (this.#lint(document, settings, dockerignore) ?? nothing) : nothing,
      lintInstead: (text) => this.#lintText(document, text, settings, dockerignore),
    };
  }

  dispose(): void {
    for (const { timer } of this.#states.values()) clearTimeout(timer);
    this.#states.clear();
  }

  #publishSoon(uri: string): void {
    this.#publish(uri).catch((error: unknown) => {
      this.#parts.connection.console.error(`diagnostics of ${uri} could not be published: ${messageOf(error)}`);
    });
  }

  async #publish(uri: string): Promise<void> {
    const { notes, diagnosticContext } = this.#parts;
    const state = this.#stateOf(uri);
    clearTimeout(state.timer);
    state.timer = undefined;
    state.lintedAt = performance.now();
    const [settings, dockerignore] = await Promise.all([this.#parts.settings.get(uri), dockerignoreOf(uri)]);
    // The document may have been closed or typed in while the settings came.
    const document = this.#parts.documents.get(uri);
    if (document === undefined) {
      this.#states.delete(uri);
      return;
    }
    const result = this.#lint(document, settings, dockerignore);
    if (result === undefined) return;
    const diagnostics = [...toDiagnostics(result, settings, diagnosticContext()), ...notes.diagnosticsOf(document)];
    await this.#parts.connection.sendDiagnostics({ uri, version: document.version, diagnostics });
  }

  /** Undefined when lint threw: then what was shown stays. */
  #lint(document: TextDocument, settings: ServerSettings, dockerignore: string | undefined): LintResult | undefined {
    if (!settings.lint) return nothing;
    const state = this.#stateOf(document.uri);
    const { latest } = state;
    if (latest?.version === document.version && latest.settings === settings && latest.dockerignore === dockerignore) return latest.result;
    const start = performance.now();
    try {
      const result = this.#lintText(document, document.getText(), settings, dockerignore);
      state.latest = { version: document.version, settings, dockerignore, result };
      this.#logFailedRules(document.uri, result);
      return result;
    } catch (error) {
      this.#tellOfFailure(document.uri, error);
      return undefined;
    } finally {
      state.lintedAt = performance.now();
      state.tookMs = state.lintedAt - start;
    }
  }

  #lintText(document: TextDocument, text: string, settings: ServerSettings, dockerignore: string | undefined): LintResult {
    const { lintDockerfile, lintCompose } = this.#parts.services;
    const lint = buildFileKind(document) === 'compose' ? lintCompose : lintDockerfile;
    return lint(text, {
      rules: settings.rules,
      dockerignore,
      ...(settings.policy === undefined ? {} : { policy: settings.policy }),
      ...(settings.ruleOptions === undefined ? {} : { ruleOptions: settings.ruleOptions }),
    });
  }

  /** The user sees them among the diagnostics, for as long as they fail. */
  #logFailedRules(uri: string, { problems }: LintResult): void {
    for (const { code, message } of problems) {
      // Behind the colon stands the error, which may quote what was typed.
      const [rule = ''] = message.split(':', 1);
      if (code !== 'rule-failed' || this.#failedRules.has(rule)) continue;
      this.#failedRules.add(rule);
      this.#parts.connection.console.error(`lint of ${uri}: ${message}`);
    }
  }

  #tellOfFailure(uri: string, error: unknown): void {
    this.#parts.connection.console.error(`lint of ${uri} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    if (this.#toldOfFailure) return;
    this.#toldOfFailure = true;
    const message = l10n.t(
      'Plimsoll could not check a Dockerfile because of a bug of its own. Diagnostics may be out of date; the Plimsoll log has the details.',
    );
    // A notification: the request of the same purpose is an error in clients that do not know it.
    void this.#parts.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message });
  }

  #stateOf(uri: string): DocumentState {
    const known = this.#states.get(uri);
    if (known !== undefined) return known;
    const state: DocumentState = { timer: undefined, lintedAt: Number.NEGATIVE_INFINITY, tookMs: 0, latest: undefined };
    this.#states.set(uri, state);
    return state;
  }
}

/** Undefined for a document that is no file of this machine. */
async function dockerignoreOf(uri: string): Promise<string | undefined> {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return await readDockerignore(fileURLToPath(uri));
  } catch {
    // A file URL of another host.
    return undefined;
  }
}
