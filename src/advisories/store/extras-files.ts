import path from 'node:path';
import { MAX_EPSS_BYTES, MAX_KEV_BYTES } from '../../foundation/base/limits.ts';
import { readSmallFile } from '../../foundation/io/random-access-file.ts';
import { openEpssIndex } from './epss-index.ts';
import type { EpssIndex } from './epss-index.ts';
import type { AdvisoryExtras } from './extras.ts';
import { parseKevList } from './kev-list.ts';
import type { KevList } from './kev-list.ts';

/** Names of the files that keep the lists beside a database. */
export const KEV_FILE = 'kev.json';
export const EPSS_FILE = 'epss.bin';

/** Returns the list of exploited vulnerabilities that a folder keeps; undefined when there is none that is whole. */
export function readKevFile(directory: string): KevList | undefined {
  const bytes = readSmallFile(path.join(directory, KEV_FILE), MAX_KEV_BYTES);
  return bytes === undefined ? undefined : parseKevList(new TextDecoder().decode(bytes));
}

/** Returns the exploit probabilities that a folder keeps; undefined when there are none that are whole. */
export function readEpssFile(directory: string): EpssIndex | undefined {
  const bytes = readSmallFile(path.join(directory, EPSS_FILE), MAX_EPSS_BYTES);
  return bytes === undefined ? undefined : openEpssIndex(bytes);
}

/** Returns the lists that a folder keeps, each read when it is first asked for. Without one nothing is known of its kind. */
export function openExtras(directory: string): AdvisoryExtras {
  let kev: KevList | undefined | 'unread' = 'unread';
  let epss: EpssIndex | undefined | 'unread' = 'unread';
  return {
    kevAddedAt(id) {
      if (kev === 'unread') kev = readKevFile(directory);
      return kev?.addedAt.get(id);
    },
    epss(id) {
      if (epss === 'unread') epss = readEpssFile(directory);
      return epss?.get(id);
    },
  };
}
