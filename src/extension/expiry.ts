import * as l10n from '@vscode/l10n';

/** An end for an exception: a day as YYYY-MM-DD, or none. */
export interface ExpiryChoice {
  readonly label: string;
  readonly day: string | undefined;
}

const DAY_MS = 86_400_000;

/** Returns the ends to choose from for an exception made at `now`. The first is a good one for who does not care. */
export function expiryChoices(now: Date): readonly ExpiryChoice[] {
  const inDays = (days: number): string => new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);
  return [
    { label: l10n.t('In 90 days'), day: inDays(90) },
    { label: l10n.t('In 30 days'), day: inDays(30) },
    { label: l10n.t('In a year'), day: inDays(365) },
    { label: l10n.t('Never'), day: undefined },
  ];
}
