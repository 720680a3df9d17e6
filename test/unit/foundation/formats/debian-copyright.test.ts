import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseDebianCopyright } from '../../../../src/foundation/formats/debian-copyright.ts';

test('files that programs can read: the short names of all stanzas, each once', () => {
  const text = [
    'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/',
    'Upstream-Name: x',
    '',
    'Files: *',
    'Copyright: 2020 A',
    'License: GPL-2+ or Artistic',
    '',
    'Files: debian/*',
    'license:   Expat  ',
    '',
    'License: Expat',
    ' Permission is hereby granted, free of charge, to any person obtaining a copy of this software',
    ' License: not-a-field',
    '',
    'License: LGPL-2.1+ with Linux-syscall-note exception, and MIT',
    'License: see the file COPYING',
    'License: "quoted"',
    'License:',
    ` On Debian systems, see /usr/share/common-licenses/GPL-2.`,
    `License: ${'x'.repeat(300)}`,
  ].join('\n');
  const expected = ['GPL-2+ or Artistic', 'Expat', 'LGPL-2.1+ with Linux-syscall-note exception, and MIT'];
  assert.deepEqual(parseDebianCopyright(text), expected);
  assert.deepEqual(parseDebianCopyright(`\n${text.replaceAll('\n', '\r\n')}`), expected);
});

test('prose: the common licences that it names, and the texts of others', () => {
  const text = `This package was debianized by A.

    The complete text can be found in /usr/share/common-licenses/GPL-2, the library's in
    \`/usr/share/common-licenses/LGPL-2.1'. See also /usr/share/common-licenses/GPL-2.

  * Permission is hereby granted, free of charge, to any person obtaining
  * a copy of this software and associated documentation files

    Redistribution and use in source and binary forms, with or without`;
  assert.deepEqual(parseDebianCopyright(text), ['GPL-2', 'LGPL-2.1', 'Expat', 'BSD-2-clause']);
  assert.deepEqual(parseDebianCopyright(`${text} … Neither the name of the author`).at(-1), 'BSD-3-clause');
  assert.deepEqual(parseDebianCopyright('All rights reserved.'), []);
  assert.deepEqual(parseDebianCopyright(''), []);
});

test('bounds: how many are told, and how far prose is read', () => {
  const many = Array.from({ length: 5000 }, (_, index) => `License: L-${index}`).join('\n');
  assert.equal(parseDebianCopyright(`Format: x\n${many}`).length, 100);
  assert.deepEqual(parseDebianCopyright(`${' '.repeat(100_000)}/usr/share/common-licenses/GPL-2`), []);
  for (const text of [`Format: x\nLicense: ${'a and '.repeat(30)}!`, `Format: x\n${'License: '.repeat(200_000)}`, 'License:'.repeat(100_000)])
    assert.ok(parseDebianCopyright(text).length <= 100);
});

test('law: any text is read', () => {
  fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => void parseDebianCopyright(text)));
  fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => void parseDebianCopyright(`Format: x\nLicense: ${text}`)));
});
