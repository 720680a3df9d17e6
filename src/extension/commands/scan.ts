import * as vscode from 'vscode';
import type { ScanInput } from '../../protocol/image-requests.ts';
import type { App } from '../app.ts';
import { toFailure } from '../failure.ts';
import { formatCounts } from '../format.ts';
import { tell, tellFailure, withProgress } from '../notify.ts';
import type { MessageAction } from '../notify.ts';
import { describeTried, pickEntries } from '../pick-items.ts';
import type { PickAction, PickEntry } from '../pick-items.ts';
import { withoutIcons } from '../plain-text.ts';
import { projectOf } from '../project.ts';
import type { ScanRecord } from '../scan-store.ts';
import { parseScanTarget, titleOf } from '../scan-target.ts';

/** What a scan is to be made of, and of which Dockerfile the image was built. */
interface ScanOrder {
  readonly input: ScanInput;
  readonly dockerfileUri?: string;
}

/** Scans what `argument` names, or asks; shows the report and returns the scan, or undefined when it was cancelled or failed (the user was told). */
export async function scanImage(app: App, argument: unknown): Promise<ScanRecord | undefined> {
  const order = await orderFor(app, argument);
  return order === undefined ? undefined : runScan(app, order);
}

export async function scanAgain(app: App, argument: unknown): Promise<ScanRecord | undefined> {
  const target = parseScanTarget(argument);
  const summary = target.kind === 'scanned' ? app.scans.summaries.find(({ key }) => key === target.key) : app.scans.summaries[0];
  return summary === undefined ? scanImage(app, argument) : runScan(app, summary);
}

async function orderFor(app: App, argument: unknown): Promise<ScanOrder | undefined> {
  const target = parseScanTarget(argument);
  switch (target.kind) {
    case 'input':
      return target;
    case 'scanned':
      return app.scans.summaries.find(({ key }) => key === target.key);
    case 'dockerfile':
      return withDockerfile(await pickInput(app), target.uri);
    case 'ask':
      return withDockerfile(await pickInput(app), activeDockerfile());
  }
}

function withDockerfile(input: ScanInput | undefined, dockerfileUri: string | undefined): ScanOrder | undefined {
  return input === undefined ? undefined : { input, ...(dockerfileUri === undefined ? {} : { dockerfileUri }) };
}

function activeDockerfile(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === 'dockerfile' ? document.uri.toString() : undefined;
}

async function runScan(app: App, { input, dockerfileUri }: ScanOrder): Promise<ScanRecord | undefined> {
  const title = titleOf(input);
  const earlier = app.scans.summaries.find((summary) => JSON.stringify(summary.input) === JSON.stringify(input));
  const settings = vscode.workspace.getConfiguration('plimsoll');
  const advisoriesFile = settings.get<string>('advisories.file', '');
  const sharedReports = settings.get<boolean>('sharedReports', false);
  try {
    // The server places findings on the Dockerfile's lines when it has its text, which it has of open documents.
    if (dockerfileUri !== undefined) await openQuietly(app, dockerfileUri);
    const report = await withProgress(vscode.l10n.t('Scanning {0}', title), (token, progress) =>
      app.server.request(
        'plimsoll/scanImage',
        { input, ...projectOf(dockerfileUri), ...(advisoriesFile === '' ? {} : { advisoriesFile }), ...(sharedReports ? { sharedReports } : {}) },
        {
          token,
          onProgress: (step) => {
            progress(step);
            if (earlier !== undefined && step.message !== undefined) {
              app.panels.post(earlier.key, {
                type: 'scan-progress',
                message: step.message,
                ...(step.percent === undefined ? {} : { percent: step.percent }),
              });
            }
          },
        },
      ),
    );
    const record = await app.scans.add(input, report, new Date(), dockerfileUri);
    app.log.info(`scanned ${record.summary.title}: ${formatCounts(record.summary.counts, record.summary.status)}`);
    app.panels.show(record);
    return record;
  } catch (error) {
    const failure = toFailure(error);
    if (earlier !== undefined) {
      app.panels.post(earlier.key, {
        type: 'scan-failed',
        message: failure.kind === 'failed' ? failure.message : vscode.l10n.t('The scan was cancelled.'),
      });
    }
    tellFailure(app, error, failure.kind === 'failed' && failure.code === 'no-engine' ? [chooseFileAction(app)] : []);
    return undefined;
  }
}

async function openQuietly(app: App, uri: string): Promise<void> {
  try {
    await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  } catch (error) {
    app.log.warn(`the Dockerfile ${uri} could not be opened; findings are not placed on its lines`, error);
  }
}

async function pickInput(app: App): Promise<ScanInput | undefined> {
  const listing = app.server.request('plimsoll/listImages', {});
  const entries = listing.then((listed) => pickEntries(listed, app.scans.summaries, new Date(), vscode.env.language).map(toItem));
  try {
    const chosen = await vscode.window.showQuickPick(entries, {
      title: vscode.l10n.t('Scan Image'),
      placeHolder: vscode.l10n.t('Choose an image of this machine'),
      matchOnDescription: true,
    });
    return chosen === undefined ? undefined : await follow(app, chosen.entry.action);
  } catch (error) {
    tellFailure(app, error, [chooseFileAction(app)]);
    return undefined;
  }
}

function toItem(entry: PickEntry): vscode.QuickPickItem & { readonly entry: PickEntry } {
  const { label, description, detail } = entry;
  return {
    label: withoutIcons(label),
    ...(description === undefined ? {} : { description: withoutIcons(description) }),
    ...(detail === undefined ? {} : { detail: withoutIcons(detail) }),
    // The ways out stay in sight whatever is typed.
    alwaysShow: entry.action.kind !== 'scan',
    entry,
  };
}

async function follow(app: App, action: PickAction): Promise<ScanInput | undefined> {
  switch (action.kind) {
    case 'scan':
      return action.input;
    case 'choose-file':
      return choosePath({
        title: vscode.l10n.t('Choose a Saved Image'),
        canSelectFiles: true,
        filters: { [vscode.l10n.t('Image archives')]: ['tar', 'oci'], [vscode.l10n.t('All files')]: ['*'] },
      });
    case 'choose-folder':
      return choosePath({ title: vscode.l10n.t('Choose the Folder of an Image (OCI layout)'), canSelectFiles: false, canSelectFolders: true });
    case 'explain':
      tell(
        'warning',
        vscode.l10n.t('No container engine answers. {0}. Start Docker or Podman, or choose a saved image.', describeTried(action.tried)),
        [chooseFileAction(app)],
      );
      return undefined;
  }
}

async function choosePath(options: vscode.OpenDialogOptions): Promise<ScanInput | undefined> {
  // Without a place to begin the dialog opens wherever it was last, which may be a temporary folder.
  const defaultUri = startFolder();
  const chosen = await vscode.window.showOpenDialog({
    ...(defaultUri === undefined ? {} : { defaultUri }),
    ...options,
    canSelectMany: false,
    openLabel: vscode.l10n.t('Scan'),
  });
  const uri = chosen?.[0];
  return uri === undefined ? undefined : { kind: 'path', path: uri.fsPath };
}

/** The workspace folder of the file that is open, else the first; undefined without a workspace. Only files of this machine can be scanned. */
function startFolder(): vscode.Uri | undefined {
  const { activeTextEditor } = vscode.window;
  const own = activeTextEditor === undefined ? undefined : vscode.workspace.getWorkspaceFolder(activeTextEditor.document.uri);
  const folder = (own ?? vscode.workspace.workspaceFolders?.[0])?.uri;
  return folder?.scheme === 'file' ? folder : undefined;
}

function chooseFileAction(app: App): MessageAction {
  return {
    title: vscode.l10n.t('Choose a File…'),
    run: async () => {
      const order = withDockerfile(await follow(app, { kind: 'choose-file' }), activeDockerfile());
      if (order !== undefined) await runScan(app, order);
    },
  };
}
