/**
 * Debian's copyright files: one that can be read by programs has a `License` field with a short name in each stanza; any other is prose, which names a file of /usr/share/common-licenses or holds the text of a licence.
 *
 * @see https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
 */
import { linesOf } from './lines.ts';

/** Most licences told of one package: the kernel's documentation names 60. */
const MAX_LICENSES = 100;
/** How much of prose is looked into, in UTF-16 units: what follows is the texts of licences that were named before. */
const LONGEST_PROSE = 64 * 1024;
const FORMAT = /^Format(?:-Specification)?:/i;
const LICENSE_LINE = /^License:[ \t]*([^\s\n][^\n]{0,200})$/gim;
const NAME_CHARACTERS = /^[\w.+~-][\w.+~ ,()/-]*$/;
const JOINED = / (?:and|or|and\/or|with) |,/i;
/** Most words of an expression; more are a sentence. */
const MOST_WORDS = 16;
const COMMON = /\/usr\/share\/common-licenses\/([A-Za-z][\w.+-]{0,40})/g;

/** Sentences of licences that every copy of them has. */
const TEXTS: readonly (readonly [sentence: string, name: string])[] = [
  ['permission is hereby granted, free of charge, to any person obtaining a copy of this software', 'Expat'],
  ['permission to use, copy, modify, and/or distribute this software for any purpose', 'ISC'],
  ['permission to use, copy, modify, and distribute this software for any purpose', 'ISC'],
  ['permission to use, copy, modify, distribute, and sell this software and its', 'HPND-sell-variant'],
  ['licensed under the apache license, version 2.0', 'Apache-2.0'],
  ['mozilla public license, v. 2.0', 'MPL-2.0'],
  ['the origin of this software must not be misrepresented', 'Zlib'],
  ['boost software license - version 1.0', 'BSL-1.0'],
  ['creative commons cc0 1.0', 'CC0-1.0'],
];
const BSD = 'redistribution and use in source and binary forms';
const BSD_NAMES = /neither the names? of/;

/** Returns the licences that the file names, in its own words, each once, in the order they come. */
export function parseDebianCopyright(text: string): readonly string[] {
  const found = isMachineReadable(text) ? listFields(text) : listNamed(text.slice(0, LONGEST_PROSE));
  return [...new Set(found)].slice(0, MAX_LICENSES);
}

function isMachineReadable(text: string): boolean {
  for (const line of linesOf(text)) if (line.trim() !== '') return FORMAT.test(line);
  return false;
}

function* listFields(text: string): Generator<string, void, undefined> {
  for (const [, line = ''] of text.matchAll(LICENSE_LINE)) {
    const name = line.trim();
    if (isExpression(name)) yield name;
  }
}

/** True for a name, or several joined by words: `GPL-2+ and MIT`. */
function isExpression(text: string): boolean {
  return NAME_CHARACTERS.test(text) && (!text.includes(' ') || (JOINED.test(text) && text.split(' ').length <= MOST_WORDS));
}

function* listNamed(text: string): Generator<string, void, undefined> {
  for (const [, name = ''] of text.matchAll(COMMON)) yield name.replace(/[.-]+$/, '');
  const words = text.toLowerCase().replaceAll(/[\s*#]+/g, ' ');
  for (const [sentence, name] of TEXTS) if (words.includes(sentence)) yield name;
  if (words.includes(BSD)) yield BSD_NAMES.test(words) ? 'BSD-3-clause' : 'BSD-2-clause';
}
