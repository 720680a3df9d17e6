/** When and in which order advisories are brought up to date by themselves. No `vscode` import: a day goes by in a test's own time. */
import type { AdvisoriesStatusData } from '../protocol/advisories-requests.ts';
import { nextUpdateStep, type Consent, type UpdateMode } from './update-schedule.ts';

/** Not while the editor starts; then each so often, with chance added to both. */
const FIRST_LOOK_MS = 180_000;
const LOOK_MS = 1_800_000;

/** What the rounds ask of the editor. */
export interface UpdateDesk {
  /** False while nobody has used the extension: nothing is started for this. */
  readonly isRunning: () => boolean;
  readonly settings: () => { readonly mode: UpdateMode; readonly offline: boolean; readonly ownDatabase: boolean };
  readonly status: () => Promise<AdvisoriesStatusData>;
  /** What the user answered, or said by setting the schedule. */
  readonly consent: () => Consent | undefined;
  /** ISO 8601: when this was last tried by itself. */
  readonly triedAt: () => string | undefined;
  /** Asks the user, and remembers the answer. */
  readonly ask: (status: AdvisoriesStatusData) => Promise<Consent>;
  /** Remembers that it was tried, and does it. */
  readonly update: () => Promise<void>;
  readonly warn: (message: string, error?: unknown) => void;
}

/** Looks again and again whether something is to be done, one look at a time. `jitter` is 0 to 1. Returns what ends it. */
export function startUpdateRounds(desk: UpdateDesk, jitter: number): () => void {
  let isBusy = false;
  let timer: NodeJS.Timeout;
  const plan = (afterMs: number): void => {
    timer = setTimeout(
      () => {
        plan(LOOK_MS);
        if (isBusy || !desk.isRunning()) return;
        isBusy = true;
        look(desk, jitter)
          .catch((error: unknown) => {
            desk.warn('advisories could not be updated', error);
          })
          .finally(() => {
            isBusy = false;
          });
      },
      afterMs * (1 + jitter),
    );
  };
  plan(FIRST_LOOK_MS);
  return () => {
    clearTimeout(timer);
  };
}

async function look(desk: UpdateDesk, jitter: number): Promise<void> {
  const { mode, offline, ownDatabase } = desk.settings();
  if (mode === 'manual' || offline || ownDatabase) return;
  const status = await desk.status();
  const triedAt = desk.triedAt();
  const known = { mode, offline, builtAt: status.builtAt, now: new Date(), jitter };
  const times = { ...(status.checkedAt !== undefined && { checkedAt: status.checkedAt }), ...(triedAt !== undefined && { triedAt }) };
  const step = nextUpdateStep({ ...known, ...times, consent: desk.consent() });
  if (step === 'clock-is-wrong')
    desk.warn(`advisories are not updated: by the clock of this machine it is ${known.now.toISOString()}, before what was seen already`);
  if (step === 'update' || (step === 'ask' && (await desk.ask(status)) === 'yes')) await desk.update();
}
