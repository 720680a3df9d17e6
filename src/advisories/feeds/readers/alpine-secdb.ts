import { textOf } from '../documents.ts';
import type { AdvisoryFeed } from '../feed.ts';
import { readSecdb } from '../secdb.ts';

/**
 * Alpine's security database: one JSON file for each release and repository, which names the release as `distroversion`.
 * @see https://secdb.alpinelinux.org/
 */
export const feed: AdvisoryFeed = {
  id: 'alpine-secdb',
  source: { name: 'Alpine Secdb', url: 'https://secdb.alpinelinux.org/', licence: 'published without a licence; facts only' },
  wants: (name) => /(?:^|\/)(?:main|community)\.json$/.test(name),
  read: (file) =>
    readSecdb(
      file,
      ({ distroversion }) => {
        const version = textOf(distroversion)?.replace(/^v/, '');
        return version === undefined ? undefined : `alpine ${version}`;
      },
      'no distroversion',
    ),
};
