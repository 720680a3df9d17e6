import { MAX_PUSHED_LAYERS } from '../../foundation/base/limits.ts';
import type { PushEvent } from './push-stream.ts';

type LayerEvent = Extract<PushEvent, { kind: 'layer' }>;

interface LayerState {
  readonly done: boolean;
  readonly current: number;
  readonly total: number;
}

export interface PushStep {
  /** 0 to 1. */
  readonly fraction: number;
  readonly message: string;
}

/** What is said of a layer when nothing is left to do for it: 'Pushed', 'Layer already exists', 'Mounted from library/alpine'; Podman says 'Copying blob …' once. */
const DONE = /^(?:pushed|layer already exists|mounted from|already exists)/i;

/** Puts together how far a push is from what is told of single layers. */
export class PushProgress {
  readonly #layers = new Map<string, LayerState>();

  /** Returns how far the push is after `event`. The fraction never reaches 1: the manifest comes last. */
  advance(event: LayerEvent): PushStep {
    const before = this.#layers.get(event.id);
    if (before !== undefined || this.#layers.size < MAX_PUSHED_LAYERS) this.#layers.set(event.id, toState(event, before));
    const states = [...this.#layers.values()];
    const done = states.filter((state) => state.done).length;
    const fraction = states.reduce((sum, state) => sum + shareOf(state), 0) / Math.max(states.length, 1);
    const now = this.#layers.get(event.id);
    const size = now === undefined || now.done || now.total === 0 ? '' : ` ${toMegabytes(now.current)} of ${toMegabytes(now.total)} MB`;
    return {
      fraction: Math.min(fraction, 0.99),
      message: `${done} of ${states.length} layers pushed; ${event.id}: ${event.status.toLowerCase()}${size}`,
    };
  }
}

function toState({ status, current, total }: LayerEvent, before: LayerState | undefined): LayerState {
  return { done: DONE.test(status), current: current ?? before?.current ?? 0, total: total ?? before?.total ?? 0 };
}

/** The engine counts bytes of the uncompressed layer, and may count past its size. */
function shareOf({ done, current, total }: LayerState): number {
  if (done) return 1;
  return total === 0 ? 0 : Math.min(current / total, 0.99);
}

function toMegabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
