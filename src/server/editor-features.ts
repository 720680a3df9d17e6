import { CodeLensRefreshRequest, ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type {
  ClientCapabilities,
  CodeLens,
  Connection,
  DocumentLink,
  DocumentSymbol,
  ExecuteCommandParams,
  FoldingRange,
  ServerCapabilities,
  TextDocuments,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DockerfileDescription } from '../engine/describe-dockerfile.ts';
import type { TextEdit } from '../foundation/model/text-range.ts';
import { fixCommands, isFixTarget } from '../protocol/commands.ts';
import type { InitializationOptions } from '../protocol/client.ts';
import { codeLensesOf, within } from './code-lens.ts';
import { documentLinksOf } from './document-links.ts';
import { documentSymbolsOf } from './document-symbols.ts';
import { foldingRangesOf } from './folding.ts';
import { buildFileKind } from './languages.ts';
import type { LintSession } from './lint-session.ts';
import type { RulePageOf } from './rule-pages.ts';
import type { ScannedImages } from './scanned-images.ts';
import type { ServerServices } from './services.ts';
import type { SettingsCache } from './settings.ts';
import { safeEdits } from './text-edits.ts';

export interface EditorFeaturesParts {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly lint: LintSession;
  readonly settings: SettingsCache;
  readonly services: Pick<ServerServices, 'describeDockerfile' | 'ruleByName'>;
  readonly scanned: ScannedImages;
  readonly client: () => { readonly capabilities: ClientCapabilities; readonly options: InitializationOptions };
  /** Extensions that check Dockerfiles too and are there. */
  readonly otherLinters: () => readonly string[];
  readonly rulePageOf: () => RulePageOf;
  readonly toWorkspaceEdit: (document: TextDocument, edits: readonly TextEdit[]) => WorkspaceEdit;
}

/** What an editor shows of a Dockerfile beside diagnostics: lenses, links, folds and the outline; and the command behind a lens. */
export class EditorFeatures {
  static readonly commands: readonly string[] = Object.values(fixCommands);
  static readonly capabilities: ServerCapabilities = {
    codeLensProvider: { resolveProvider: false },
    documentLinkProvider: { resolveProvider: false },
    foldingRangeProvider: true,
    documentSymbolProvider: true,
  };
  readonly #parts: EditorFeaturesParts;
  readonly #described = new WeakMap<TextDocument, { readonly version: number; readonly description: DockerfileDescription }>();

  constructor(parts: EditorFeaturesParts) {
    this.#parts = parts;
    const { connection } = parts;
    connection.onCodeLens(({ textDocument }) => this.#codeLenses(textDocument.uri));
    connection.onDocumentLinks(({ textDocument }) => this.#links(textDocument.uri));
    connection.onFoldingRanges(({ textDocument }) => this.#folds(textDocument.uri));
    connection.onDocumentSymbol(({ textDocument }) => this.#symbols(textDocument.uri));
  }

  /** Has the lenses asked for again: settings or scans are others now. A change of the text itself needs no telling. */
  refresh(): void {
    const { connection, client } = this.#parts;
    if (client().capabilities.workspace?.codeLens?.refreshSupport !== true) return;
    // A client that is about to stop may not answer any more.
    connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
  }

  /** Answers `workspace/executeCommand`; undefined where the command is none of these. Returns whether the client made the edit. */
  async execute({ command, arguments: args }: ExecuteCommandParams): Promise<boolean | ResponseError | undefined> {
    if (!EditorFeatures.commands.includes(command)) return undefined;
    const target: unknown = args?.[0];
    if (!isFixTarget(target)) return new ResponseError(ErrorCodes.InvalidParams, `${command}: the arguments are malformed`);
    const { connection, documents, lint, toWorkspaceEdit } = this.#parts;
    const document = documents.get(target.uri);
    if (document === undefined) return false;
    const { result } = await lint.resultOf(document);
    const edits = safeEdits(within(result.diagnostics, { start: target.startLine ?? 0, end: target.endLine ?? Number.POSITIVE_INFINITY }));
    if (edits.length === 0) return false;
    const { applied } = await connection.workspace.applyEdit(toWorkspaceEdit(document, edits));
    return applied;
  }

  async #codeLenses(uri: string): Promise<CodeLens[]> {
    const document = this.#dockerfileAt(uri);
    if (document === undefined) return [];
    const { lint, scanned, client } = this.#parts;
    const { result, settings } = await lint.resultOf(document);
    if (!settings.codeLens) return [];
    const { capabilities, options } = client();
    return codeLensesOf({
      uri,
      stages: this.#describe(document).stages,
      diagnostics: result.diagnostics,
      commands: new Set(options.commands),
      canEdit: capabilities.workspace?.applyEdit === true,
      scanOf: (reference) => scanned.find(reference),
    });
  }

  #links(uri: string): DocumentLink[] {
    const document = this.#dockerfileAt(uri);
    const { services, rulePageOf } = this.#parts;
    return document === undefined ? [] : documentLinksOf(this.#describe(document), { services, rulePageOf: rulePageOf() });
  }

  #folds(uri: string): FoldingRange[] {
    const document = this.#dockerfileAt(uri);
    const limit = this.#parts.client().capabilities.textDocument?.foldingRange?.rangeLimit;
    return document === undefined ? [] : foldingRangesOf(this.#describe(document).folds, limit);
  }

  /** Another extension's outline would stand beside this one, entry by entry the same. */
  async #symbols(uri: string): Promise<DocumentSymbol[]> {
    const document = this.#dockerfileAt(uri);
    if (document === undefined) return [];
    const { leaveToOthers } = await this.#parts.settings.get(uri);
    const isLeft = leaveToOthers === 'always' || (leaveToOthers !== 'never' && this.#parts.otherLinters().length > 0);
    return isLeft ? [] : documentSymbolsOf(this.#describe(document));
  }

  #dockerfileAt(uri: string): TextDocument | undefined {
    const document = this.#parts.documents.get(uri);
    return document !== undefined && buildFileKind(document) === 'dockerfile' ? document : undefined;
  }

  #describe(document: TextDocument): DockerfileDescription {
    const known = this.#described.get(document);
    if (known?.version === document.version) return known.description;
    const description = this.#parts.services.describeDockerfile(document.getText());
    this.#described.set(document, { version: document.version, description });
    return description;
  }
}
