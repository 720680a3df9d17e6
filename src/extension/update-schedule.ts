/** Whether the advisories are to be brought up to date by themselves now. No `vscode` import: the decision is tested outside of the editor. */
export type UpdateMode = 'daily' | 'weekly' | 'manual';

/** What the user answered when asked once whether the advisories may be downloaded. */
export type Consent = 'yes' | 'no';

export interface ScheduleState {
  readonly mode: UpdateMode;
  /** A setting says that no server may be asked. */
  readonly offline: boolean;
  /** Undefined while nobody was asked. */
  readonly consent: Consent | undefined;
  /** ISO 8601: when the sources were last asked with success, by any window or command. */
  readonly checkedAt?: string;
  /** ISO 8601: when this was last tried by itself. */
  readonly triedAt?: string;
  /** ISO 8601, '' when it is not known: of the database in use. */
  readonly builtAt: string;
  readonly now: Date;
  /** 0 to 1, the same for as long as a window is open: not all windows and machines come at the same time. */
  readonly jitter: number;
}

export type ScheduleStep = 'ask' | 'update' | 'wait' | 'clock-is-wrong';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const INTERVAL_MS: Readonly<Record<Exclude<UpdateMode, 'manual'>, number>> = { daily: DAY_MS, weekly: 7 * DAY_MS };
/** What failed is not tried again sooner. */
const RETRY_MS = 4 * HOUR_MS;
/** Part of the interval that chance adds. */
const JITTER_SHARE = 0.1;
/** Clocks of two machines differ; a clock that lags by more is wrong, and nothing that depends on it happens by itself. */
const CLOCK_TOLERANCE_MS = DAY_MS;

/** Returns what is to be done now. */
export function nextUpdateStep({ mode, offline, consent, checkedAt, triedAt, builtAt, now, jitter }: ScheduleState): ScheduleStep {
  if (mode === 'manual' || offline || consent === 'no') return 'wait';
  if (consent === undefined) return 'ask';
  const [checked, tried, built] = [checkedAt, triedAt, builtAt].map(toMs);
  const at = now.getTime();
  if (Math.max(checked ?? 0, tried ?? 0, built ?? 0) > at + CLOCK_TOLERANCE_MS) return 'clock-is-wrong';
  if (tried !== undefined && at - tried < RETRY_MS) return 'wait';
  const interval = INTERVAL_MS[mode] * (1 + JITTER_SHARE * jitter);
  return checked === undefined || at - checked >= interval ? 'update' : 'wait';
}

/** Returns the mode that a setting names; whatever it does not name is the careful one. */
export function toUpdateMode(setting: unknown): UpdateMode {
  return setting === 'daily' || setting === 'weekly' ? setting : 'manual';
}

/** Returns whether advisories are so old that the user is told where it does not get in the way. */
export function isOutdated(builtAt: string, now: Date): boolean {
  const built = toMs(builtAt);
  return built !== undefined && now.getTime() - built > INTERVAL_MS.weekly;
}

function toMs(time: string | undefined): number | undefined {
  const parsed = time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(parsed) ? undefined : parsed;
}
