import { textOf } from '../documents.ts';
import type { AdvisoryFeed } from '../feed.ts';
import { readSecdb } from '../secdb.ts';

/** Distributions by the host of their packages. */
const distributions: Readonly<Record<string, string>> = {
  'packages.wolfi.dev': 'wolfi',
  'packages.cgr.dev': 'chainguard',
  'packages.mini.dev': 'minimos',
};

/**
 * The security databases of Wolfi, Chainguard and MinimOS, in Alpine's format and all called `security.json`: whose it is, is told by where its packages are. None has releases.
 * @see https://packages.wolfi.dev/os/security.json
 */
export const feed: AdvisoryFeed = {
  id: 'wolfi-secdb',
  source: {
    name: 'Wolfi and Chainguard Secdb',
    url: 'https://packages.wolfi.dev/os/security.json',
    licence: 'published without a licence; facts only',
  },
  wants: (name) => /(?:^|\/)security\.json$/.test(name),
  read: (file) =>
    readSecdb(
      file,
      ({ urlprefix }) => {
        const host = /^https?:\/\/([^/]+)/.exec(textOf(urlprefix) ?? '')?.[1] ?? '';
        return Object.hasOwn(distributions, host) ? distributions[host] : undefined;
      },
      'packages of a distribution that is not known',
    ),
};
