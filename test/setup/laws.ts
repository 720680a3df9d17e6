/** Loaded before every unit test by the test command: laws try the same values each time, so that what makes one fail is a change and never chance. `any` hunts with values of its own. */
import fc from 'fast-check';

const DEFAULT_SEED = '1';

const seed = process.env.PLIMSOLL_LAW_SEED ?? DEFAULT_SEED;
if (seed !== 'any') fc.configureGlobal({ seed: Number(seed) });
