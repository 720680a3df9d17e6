import { parseDebianCopyright } from '../../../../foundation/formats/debian-copyright.ts';
import type { Analyzer } from '../../analyzer.ts';

const FOLDER = 'usr/share/doc/';
const NAME = '/copyright';
/** Longest file that is read. Those of packages with hundreds of authors have about 500 KiB. */
const MAX_BYTES = 1024 * 1024;
const decoder = new TextDecoder('utf-8');

/** The licences of packages of dpkg, whose database names none: usr/share/doc/<package>/copyright. */
export const analyzer: Analyzer = {
  id: 'debian-copyright',
  version: 1,
  scope: 'file',
  names: ['copyright'],
  wants: (path) => path.startsWith(FOLDER) && path.endsWith(NAME) && path.indexOf('/', FOLDER.length) === path.length - NAME.length,
  analyze: ({ bytes }) => {
    const licenses = parseDebianCopyright(decoder.decode(bytes.subarray(0, MAX_BYTES)));
    return { value: licenses.length === 0 ? {} : { licenses }, problems: [] };
  },
};
