import { isObject, readJsonDocument, textOf, unreadable } from '../documents.ts';
import type { JsonObject } from '../documents.ts';
import { readRedHat } from '../csaf/redhat.ts';
import { readSuse } from '../csaf/suse.ts';
import type { AdvisoryFeed } from '../feed.ts';

/**
 * Advisories and VEX documents in the Common Security Advisory Framework, version 2, of the distributions that publish them: Red Hat and SUSE. Their files have the same names, so that whose
 * one is, is told by its publisher; those of others are passed over. A document that says that the one before is gone gives nothing.
 * @see https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html
 */
export const feed: AdvisoryFeed = {
  id: 'csaf',
  source: { name: 'CSAF and VEX of Red Hat and SUSE', url: 'https://security.access.redhat.com/data/csaf/v2/', licence: 'CC-BY-4.0' },
  wants: (name) => /(?:^|\/)(?:cve-\d{4}-\d+|rh[sbe]a-\d{4}[_-]\d+|(?:open)?suse-[a-z]u-\d[\d_-]*)\.json$/.test(name),
  *read(file) {
    const { value, problems } = readJsonDocument(file);
    if (problems.length > 0) {
      yield { value: [], problems };
      return;
    }
    const head = isObject(value) ? value.document : undefined;
    if (!isObject(value) || !isObject(head)) {
      yield unreadable(file, 'no CSAF document');
      return;
    }
    const version = textOf(head.csaf_version);
    if (version !== undefined && !version.startsWith('2.')) {
      yield unreadable(file, `CSAF version ${version} is not read`);
      return;
    }
    const namespace = isObject(head.publisher) ? (textOf(head.publisher.namespace) ?? '') : '';
    const read = readers.find(([host]) => host.test(namespace))?.[1];
    yield { value: read === undefined ? [] : read(value), problems: [] };
  },
};

const readers: readonly (readonly [host: RegExp, read: (document: JsonObject) => ReturnType<typeof readRedHat>])[] = [
  [/^https?:\/\/(?:[\w-]+\.)*redhat\.com\b/, readRedHat],
  [/^https?:\/\/(?:[\w-]+\.)*suse\.com\b/, readSuse],
];
