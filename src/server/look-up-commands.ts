import * as l10n from '@vscode/l10n';
import { ErrorCodes, MessageType, ResponseError, ShowMessageNotification } from 'vscode-languageserver/node';
import type {
  CancellationToken,
  Connection,
  ExecuteCommandParams,
  TextDocuments,
  WorkDoneProgressReporter,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { fillIn, LookUpError, nameOf, type Ask, type LookUp } from '../engine/look-ups.ts';
import { MAX_LOOK_UPS } from '../foundation/base/limits.ts';
import type { TextEdit } from '../foundation/model/text-range.ts';
import { isLookUpTarget, serverCommands } from '../protocol/commands.ts';
import type { LookUpResult, LookUpTarget } from '../protocol/commands.ts';
import { toResponseError } from './failures.ts';
import type { LintSession } from './lint-session.ts';
import { lookUpsIn } from './look-up-actions.ts';
import { rejectWhenAborted } from './requests.ts';
import type { ServerServices } from './services.ts';
import { editsTogether, sameRange } from './text-edits.ts';

export interface LookUpCommandParts {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly lint: LintSession;
  readonly services: Pick<ServerServices, 'findLookUps' | 'askServers'>;
  readonly toWorkspaceEdit: (document: TextDocument, edits: readonly TextEdit[]) => WorkspaceEdit;
  /** Whether the client shows progress that the server begins. */
  readonly showsProgress: () => boolean;
}

/** One execution: what is asked of whom, and for which text. */
interface Job {
  readonly document: TextDocument;
  readonly version: number;
  readonly lookUps: readonly LookUp[];
  /** Why some images of the file are not among them. */
  readonly refused: readonly string[];
  readonly offline: string | undefined;
}

interface Answers {
  readonly edits: readonly (readonly TextEdit[])[];
  readonly sentences: readonly string[];
  readonly failures: readonly string[];
}

/** Runs the commands that look something up and then edit: with progress, cancellable, and only if the document is still the one that was looked at. */
export class LookUpCommands {
  static readonly names: readonly string[] = Object.values(serverCommands);
  readonly #parts: LookUpCommandParts;
  readonly #running = new Set<AbortController>();

  constructor(parts: LookUpCommandParts) {
    this.#parts = parts;
  }

  /** Answers `workspace/executeCommand`; undefined where the command is none of these. */
  async execute(
    { command, arguments: args }: ExecuteCommandParams,
    token: CancellationToken,
    given: WorkDoneProgressReporter | undefined,
  ): Promise<LookUpResult | ResponseError<unknown> | undefined> {
    if (!LookUpCommands.names.includes(command)) return undefined;
    const target: unknown = args?.[0];
    if (!isLookUpTarget(target)) return new ResponseError(ErrorCodes.InvalidParams, `${command}: the arguments are malformed`);
    const controller = new AbortController();
    const abort = (): void => {
      controller.abort();
    };
    const subscriptions = [token.onCancellationRequested(abort)];
    if (token.isCancellationRequested) abort();
    this.#running.add(controller);
    const { signal } = controller;
    const progress = await this.#progress(given, abort, subscriptions);
    progress?.begin(l10n.t('Looking up'), 0, undefined, true);
    try {
      return await Promise.race([rejectWhenAborted(signal), this.#run(target, progress, signal)]);
    } catch (error) {
      if (signal.aborted) return { applied: false, message: '' };
      this.#parts.connection.console.error(`${command} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return toResponseError(error, signal);
    } finally {
      progress?.done();
      for (const subscription of subscriptions) subscription.dispose();
      this.#running.delete(controller);
    }
  }

  abortAll(): void {
    for (const controller of this.#running) controller.abort();
  }

  /** The client's own progress where it gave a token for one, else one of ours, which has a button to cancel. */
  async #progress(
    given: WorkDoneProgressReporter | undefined,
    abort: () => void,
    subscriptions: { dispose(): void }[],
  ): Promise<WorkDoneProgressReporter | undefined> {
    if (given !== undefined) return given;
    if (!this.#parts.showsProgress()) return undefined;
    const progress = await this.#parts.connection.window.createWorkDoneProgress();
    subscriptions.push(progress.token.onCancellationRequested(abort));
    return progress;
  }

  async #run(target: LookUpTarget, progress: WorkDoneProgressReporter | undefined, signal: AbortSignal): Promise<LookUpResult> {
    const job = await this.#plan(target);
    if (job === undefined || job.lookUps.length === 0) {
      const message = job?.refused[0] ?? l10n.t('There is nothing to look up here any more.');
      return this.#tell(false, MessageType.Info, message);
    }
    const answers = await askAll(job, await this.#parts.services.askServers(job.offline), progress, signal);
    const complaints = [...answers.failures, ...job.refused];
    for (const complaint of complaints) this.#parts.connection.console.warn(complaint);
    if (answers.edits.length === 0) return this.#tell(false, MessageType.Error, shorten(complaints));
    signal.throwIfAborted();
    const refusal = await this.#apply(job, answers.edits);
    if (refusal !== undefined) return this.#tell(false, MessageType.Warning, refusal);
    const note = l10n.t('This pins what the server gives today; it does not prove that it gave the same before, or that it is good.');
    const type = complaints.length > 0 ? MessageType.Warning : MessageType.Info;
    const { sentences } = answers;
    const done = sentences.length > SENTENCES_TOLD ? l10n.t('{0} images are pinned.', sentences.length) : sentences.join(' ');
    return this.#tell(true, type, [done, note, shorten(complaints)].filter((text) => text !== '').join(' '));
  }

  async #plan({ uri, range }: LookUpTarget): Promise<Job | undefined> {
    const { documents, lint, services } = this.#parts;
    const document = documents.get(uri);
    if (document === undefined) return undefined;
    const linted = await lint.resultOf(document);
    const { lookUps, refused } = lookUpsIn(document, linted, services);
    const job = {
      document,
      version: document.version,
      offline: linted.settings.offline ? 'turned off by the setting plimsoll.lint.offline' : undefined,
    };
    if (range !== undefined) return { ...job, lookUps: lookUps.filter((lookUp) => sameRange(lookUp.range, range)), refused: [] };
    return {
      ...job,
      lookUps: lookUps.filter(({ subject }) => subject.kind === 'image').slice(0, MAX_LOOK_UPS),
      refused: refused.flatMap(({ reference, reason }) => (reference === undefined ? [] : [l10n.t('{0} was not pinned: {1}.', reference, reason)])),
    };
  }

  /** Returns why the edit was not made; undefined when it was. */
  async #apply({ document, version }: Job, edits: Answers['edits']): Promise<string | undefined> {
    const { documents, connection, toWorkspaceEdit } = this.#parts;
    const changed = l10n.t('The file was changed while Plimsoll was looking up; nothing was edited. Please run the fix again.');
    if (documents.get(document.uri)?.version !== version) return changed;
    const { applied, failureReason } = await connection.workspace.applyEdit({
      label: l10n.t('Pin what was looked up'),
      edit: toWorkspaceEdit(document, editsTogether(edits)),
    });
    if (applied) return undefined;
    return documents.get(document.uri)?.version === version ? l10n.t('The editor did not make the edit: {0}', failureReason ?? '-') : changed;
  }

  async #tell(applied: boolean, type: MessageType, message: string): Promise<LookUpResult> {
    // What a server answered must not become a link that runs a command.
    const plain = message.replaceAll(/\](?=\()/g, '] ');
    await this.#parts.connection.sendNotification(ShowMessageNotification.type, { type, message: plain });
    return { applied, message: plain };
  }
}

/** More than these are counted: a notification has room for a few lines. */
const SENTENCES_TOLD = 3;
const SHORT_DIGEST_LENGTH = 12;

function shorten(complaints: readonly string[]): string {
  const told = complaints.slice(0, SENTENCES_TOLD);
  const left = complaints.length - told.length;
  return [...told, ...(left > 0 ? [l10n.t('{0} more could not be looked up; the Plimsoll log has the reasons.', left)] : [])].join(' ');
}

async function askAll({ lookUps }: Job, ask: Ask, progress: WorkDoneProgressReporter | undefined, signal: AbortSignal): Promise<Answers> {
  const edits: (readonly TextEdit[])[] = [];
  const sentences: string[] = [];
  const failures = new Set<string>();
  for (const [index, lookUp] of lookUps.entries()) {
    signal.throwIfAborted();
    const percent = Math.round((index / lookUps.length) * 100);
    progress?.report(percent, nameOf(lookUp.subject));
    const onBytes = reportMegabytes(progress, percent, nameOf(lookUp.subject));
    try {
      const answer = await ask(lookUp.subject, { signal, onBytes });
      edits.push(fillIn(lookUp, answer));
      sentences.push(sentenceOf(lookUp, answer));
    } catch (error) {
      if (!(error instanceof LookUpError)) throw error;
      failures.add(error.message);
    }
  }
  return { edits, sentences: [...new Set(sentences)], failures: [...failures] };
}

/** Of a digest as much as Docker shows: a notification has one line before it is opened, and the whole stands in the file. */
function sentenceOf({ subject }: LookUp, answer: string): string {
  const digits = answer.replace('sha256:', '').slice(0, SHORT_DIGEST_LENGTH);
  return subject.kind === 'image'
    ? l10n.t('{0} is pinned to {1}.', nameOf(subject), `sha256:${digits}`)
    : l10n.t('{0} is checked to be sha256:{1}.', nameOf(subject), digits);
}

const MEGABYTE = 1_000_000;

function reportMegabytes(progress: WorkDoneProgressReporter | undefined, percent: number, name: string): (sizeBytes: number) => void {
  let told = 0;
  return (sizeBytes) => {
    const megabytes = Math.floor(sizeBytes / MEGABYTE);
    if (megabytes > told) progress?.report(percent, l10n.t('{0}: {1} MB', name, megabytes));
    told = megabytes;
  };
}
