import * as vscode from 'vscode';
import { expiryChoices } from './expiry.ts';

/** Why something is accepted, and the last day (YYYY-MM-DD) it is, if there is one. */
export interface ExceptionNote {
  readonly reason: string;
  readonly expires?: string;
}

/** What the questions say. */
export interface ExceptionTexts {
  readonly title: string;
  readonly prompt: string;
  /** Said of an empty reason. */
  readonly needsReason: string;
  readonly untilWhen: string;
}

/** Asks why and until when; undefined when the user leaves. */
export async function askException({ title, prompt, needsReason, untilWhen }: ExceptionTexts): Promise<ExceptionNote | undefined> {
  const reason = await vscode.window.showInputBox({
    title,
    prompt,
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? needsReason : undefined),
  });
  if (reason === undefined) return undefined;
  const chosen = await vscode.window.showQuickPick(
    expiryChoices(new Date()).map(({ label, day }) => ({ label, description: day ?? '', day })),
    { title, placeHolder: untilWhen, ignoreFocusOut: true },
  );
  if (chosen === undefined) return undefined;
  return { reason: reason.trim(), ...(chosen.day === undefined ? {} : { expires: chosen.day }) };
}
