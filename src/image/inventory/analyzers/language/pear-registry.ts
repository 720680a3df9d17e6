import type { Parsed } from '../../../../foundation/base/result.ts';
import type { PhpValue } from '../../../../foundation/formats/php-serialized.ts';
import { parsePhpSerialized } from '../../../../foundation/formats/php-serialized.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { PackageList, unreadable } from '../../package-list.ts';

const FOLDER = '.registry/';
const SUFFIX = '.reg';
const CHANNEL_FOLDER = /\/?\.registry\/\.channel\.([\w.-]{1,200})\/[^/]+$/;
const DEFAULT_CHANNEL = 'pear.php.net';

/** What PEAR and PECL installed for PHP: a file for each package in `.registry`, or in a folder of its channel below that. @see https://pear.php.net/manual/en/guide.developers.package2.php */
export const analyzer: Analyzer = {
  id: 'pear-registry',
  version: 1,
  scope: 'file',
  names: ['*.reg'],
  wants: (path) => path.endsWith(SUFFIX) && (path.includes(`/${FOLDER}`) || path.startsWith(FOLDER)),
  analyze,
};

function analyze({ path, bytes }: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parsePhpSerialized(bytes);
  if (reason !== undefined) return unreadable(`PEAR's record of a package cannot be read: ${reason}`);
  const list = new PackageList('pear', 'installed');
  // Before version 2 of package.xml, the name was called package and the version a text.
  const name = textOf(member(value, 'name')) ?? textOf(member(value, 'package'));
  const version = member(value, 'version');
  const channel = textOf(member(value, 'channel')) ?? CHANNEL_FOLDER.exec(path)?.[1] ?? DEFAULT_CHANNEL;
  const license = member(value, 'license');
  const licenseName = textOf(license) ?? textOf(member(license, '_content'));
  if (name !== undefined && !name.includes('/'))
    list.add(`${channel}/${name}`, textOf(version) ?? textOf(member(version, 'release')), {
      licenses: licenseName === undefined ? [] : [licenseName],
    });
  return list.result();
}

function member(value: PhpValue, name: string): PhpValue {
  return typeof value === 'object' ? value.get(name) : undefined;
}

function textOf(value: PhpValue): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
