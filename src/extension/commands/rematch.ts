import * as vscode from 'vscode';
import type { RematchedImage } from '../../foundation/model/rematch.ts';
import type { App } from '../app.ts';
import { formatSince } from '../format.ts';
import { tell, tellFailure } from '../notify.ts';
import { withoutIcons } from '../plain-text.ts';
import { refreshReport } from './ignore.ts';

/** When the user was last told of new findings, or there were none; ISO 8601. */
const TOLD_KEY = 'plimsoll.rematch.toldAt';
const DAY_MS = 86_400_000;
/** How often it is looked whether a day has passed. A timer for a day would forget the hours that a machine sleeps. */
const LOOK_MS = 3_600_000;

/** Matches the advisories of now against every image that was scanned, and notes what is new since the user was last told. Looks at no image and asks no engine. */
export async function noteNewFindings(app: App): Promise<void> {
  const told = app.state.get<unknown>(TOLD_KEY);
  const since = typeof told === 'string' && !Number.isNaN(Date.parse(told)) ? told : undefined;
  const advisoriesFile = vscode.workspace.getConfiguration('plimsoll').get<string>('advisories.file', '');
  const now = new Date();
  const { images } = await app.server.request('plimsoll/rematch', {
    ...(since === undefined ? {} : { since }),
    ...(advisoriesFile === '' ? {} : { advisoriesFile }),
  });
  await app.state.update(TOLD_KEY, now.toISOString());
  const changed = images.filter((image) => image.new.length > 0);
  const count = changed.reduce((sum, image) => sum + image.new.length, 0);
  app.log.info(`matched ${images.length} images again: ${count} new findings`);
  if (count === 0) return;
  const from = formatSince(since ?? earliest(changed), now, vscode.env.language);
  const text =
    count === 1
      ? vscode.l10n.t('1 new finding since {0}, in {1}.', from, nameOf(changed))
      : vscode.l10n.t('{0} new findings since {1}, in {2}.', count, from, nameOf(changed));
  tell('warning', text, [{ title: vscode.l10n.t('Show'), run: () => showOne(app, changed) }]);
}

/** Matches again once a day while the window is open, from the first scan on. What fails is logged: nobody asked for it just now. */
export function scheduleRematch(app: App): vscode.Disposable {
  const look = (): void => {
    const told = app.state.get<unknown>(TOLD_KEY);
    const isDue = typeof told !== 'string' || !(Date.now() - Date.parse(told) < DAY_MS);
    if (app.scans.summaries.length === 0 || !isDue) return;
    noteNewFindings(app).catch((error: unknown) => {
      app.log.warn('images could not be matched again', error);
    });
  };
  const timer = setInterval(look, LOOK_MS);
  return new vscode.Disposable(() => {
    clearInterval(timer);
  });
}

function earliest(images: readonly RematchedImage[]): string {
  return images.map(({ scannedAt }) => scannedAt).toSorted()[0] ?? '';
}

function nameOf([first, ...others]: readonly RematchedImage[]): string {
  const name = first?.reference ?? first?.digest ?? '';
  return others.length === 0 ? name : vscode.l10n.t('{0} and {1} more', name, others.length);
}

async function showOne(app: App, images: readonly RematchedImage[]): Promise<void> {
  const image = images.length > 1 ? await pick(images) : images[0];
  if (image === undefined) return;
  const summary = app.scans.summaries.find(({ title }) => title === image.reference || title === image.digest);
  try {
    const record = summary === undefined ? undefined : await refreshReport(app, summary.key, true);
    if (record !== undefined) app.panels.show(record);
    // Of an image that another window or the command line scanned there is no report here.
    else await vscode.commands.executeCommand('plimsoll.scanImage', image.reference);
  } catch (error) {
    tellFailure(app, error);
  }
}

async function pick(images: readonly RematchedImage[]): Promise<RematchedImage | undefined> {
  const items = images.map((image) => ({
    label: withoutIcons(image.reference ?? image.digest ?? ''),
    description: vscode.l10n.t('{0} new', image.new.length),
    detail: withoutIcons([...new Set(image.new.map(({ id }) => id))].slice(0, 5).join(', ')),
    image,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('New Findings'), placeHolder: vscode.l10n.t('Choose an image') }))?.image;
}
