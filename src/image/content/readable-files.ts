import type { ImagePath } from '../../foundation/model/brand.ts';
import type { FileEntry } from './detector.ts';

/** Smaller than any token or key with its name. */
const MIN_BYTES = 16;
/** A command above this is a compiled one; scripts people write are far below. */
const MAX_COMMAND_BYTES = 256 * 1024;

/** Extensions whose content is compressed, compiled or drawn: nothing a person wrote a secret into. */
const opaqueExtensions = new Set(
  (
    '7z a apk bin bmp br bz2 cat class cmap deb dll dylib elc eot exe flac gif gmo gpg gresource gz ico icns jar jpeg jpg ko lz4 lzma mo mp3 mp4 node o obj ogg otf ' +
    'pak pcap pdf png ppd pyc pyd pyo rpm so sqlite svgz swf tar tgz tif tiff ttc ttf typelib txz war wasm wav webm webp whl woff woff2 xcf xz zip zst'
  ).split(' '),
);

/** Folders that packages fill with data or documentation. Secrets of an application do not live here, and reading them would be most of the work. */
const opaqueFolders = [
  'dev/',
  'lib/apk/',
  'proc/',
  'sys/',
  'usr/include/',
  'usr/lib/locale/',
  'usr/share/X11/',
  'usr/share/bash-completion/',
  'usr/share/common-licenses/',
  'usr/share/doc/',
  'usr/share/fonts/',
  'usr/share/gtk-doc/',
  'usr/share/i18n/',
  'usr/share/icons/',
  'usr/share/info/',
  'usr/share/keyrings/',
  'usr/share/licenses/',
  'usr/share/lintian/',
  'usr/share/locale/',
  'usr/share/man/',
  'usr/share/mime/',
  'usr/share/perl/',
  'usr/share/terminfo/',
  'usr/share/zoneinfo/',
  'var/lib/apt/lists/',
  'var/lib/dpkg/',
  'var/lib/rpm/',
];

const commandFolders = ['bin/', 'sbin/', 'usr/bin/', 'usr/sbin/', 'usr/libexec/'];

/** Returns true when the file may be text that a person or a build wrote: worth reading for secrets. Told from name, place and size alone. */
export function mayHoldText(entry: FileEntry): boolean {
  if (entry.type !== 'file' || entry.sizeBytes < MIN_BYTES) return false;
  if (isOpaqueName(entry.path)) return false;
  if (opaqueFolders.some((folder) => entry.path.startsWith(folder))) return false;
  return entry.sizeBytes <= MAX_COMMAND_BYTES || !commandFolders.some((folder) => entry.path.startsWith(folder));
}

function isOpaqueName(path: ImagePath): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.includes('.so.')) return true;
  const dot = name.lastIndexOf('.');
  return dot > 0 && opaqueExtensions.has(name.slice(dot + 1).toLowerCase());
}

/** Where package managers put other people's code: what lies in its test folders is published with it. */
const packageTree = /(?:^|\/)(?:node_modules|site-packages|dist-packages|python[23](?:\.\d{1,2})?|gems|go\/src|go\/pkg\/mod|registry\/src)\//;
const testFolder = /\/(?:tests?|__tests__|spec|testdata|testing|fixtures?|examples?|docs?|certdata)\//i;

/** Returns true for the tests, samples and documentation that come inside a published package: a key found there is known to everybody and opens nothing of this image's. */
export function isPublishedMaterial(path: ImagePath): boolean {
  const tree = packageTree.exec(path);
  return tree !== null && testFolder.test(path.slice(tree.index + tree[0].length - 1));
}
