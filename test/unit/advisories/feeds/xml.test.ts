import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { scanXml } from '../../../../src/advisories/feeds/xml.ts';
import type { XmlEvent } from '../../../../src/advisories/feeds/xml.ts';

function scan(source: string | Iterable<Uint8Array>): readonly string[] {
  return [...scanXml(source)].map((event) => {
    switch (event.kind) {
      case 'open':
        return `<${event.name}${[...event.attributes].map(([name, value]) => ` ${name}=${value}`).join('')}>`;
      case 'close':
        return `</${event.name}>`;
      case 'text':
        return event.text;
      case 'problem':
        return `! ${event.message} at ${event.offset}`;
    }
  });
}

test('yields tags, attributes and texts', () => {
  assert.deepEqual(scan(`<?xml version='1.0'?><!-- <a> --><a b="1" c:d = 'x>y'><e/>text</a>`), ['<a b=1 c:d=x>y>', '<e>', '</e>', 'text', '</a>']);
  assert.deepEqual(scan(`<a b="1" c='2'><e f="3"/>te&lt;xt</a>`), ['<a b=1 c=2>', '<e f=3>', '</e>', 'te<xt', '</a>']);
  assert.deepEqual(scan('<a><![CDATA[<b>&amp;]]></a>'), ['<a>', '<b>&amp;', '</a>']);
});

test('gives names with their prefix and without', () => {
  const [open] = scanXml('<red-def:evr xmlns:red-def="urn:x">1</red-def:evr>');
  assert.ok(open?.kind === 'open');
  assert.deepEqual([open.name, open.local], ['red-def:evr', 'evr']);
});

test('expands the entities of XML and no other', () => {
  assert.deepEqual(scan('<a>&x;&amp;&#65;&#x42;&#x110000;&constructor;</a>').slice(1, -1), ['&x;&AB&#x110000;&constructor;']);
});

test('refuses a document type, and with it every entity that it declares', () => {
  const bomb = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><lolz>&lol2;</lolz>';
  assert.deepEqual(scan(bomb), ['! a document type is not read at 21']);
  assert.deepEqual(scan('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'), ['! a document type is not read at 0']);
});

test('tells where a text stops being XML', () => {
  assert.deepEqual(scan('<a><b'), ['<a>', '! a tag does not end at 3']);
  assert.deepEqual(scan(`<${'a'.repeat(100_000)}>`), ['! a tag does not end at 0']);
  assert.deepEqual(scan('<a><b></a></b>').at(-1), '! </a> stands where </b> should at 10');
  assert.deepEqual(scan('<a></a></a>').at(-1), '! </a> closes nothing at 11');
  assert.deepEqual(scan('<a><b></b>').at(-1), '! the document ends inside <a> at 10');
});

test('bounds nesting, attributes and the length of texts', () => {
  assert.match(scan('<a>'.repeat(1000)).at(-1) ?? '', /^! elements are nested too deep/);
  assert.match(
    scan(`<a ${Array.from({ length: 1000 }, (_, index) => `b${index}="1"`).join(' ')}/>`).at(-1) ?? '',
    /^! a tag has too many attributes/,
  );
  assert.match(scan(`<a>${'x'.repeat(5_000_000)}</a>`).at(-1) ?? '', /^! a text is too long/);
});

test('reads the encodings that feeds are in, from bytes that come in pieces', () => {
  const document = (declared: string): string => `<?xml version="1.0" encoding="${declared}"?><a>Käse</a>`;
  const pieces = (bytes: Uint8Array): Uint8Array[] => [...bytes].map((byte) => Uint8Array.of(byte));
  const expected = ['<a>', 'Käse', '</a>'];
  assert.deepEqual(scan(pieces(Buffer.from(document('UTF-8')))), expected);
  assert.deepEqual(scan(pieces(Buffer.from(document('ISO-8859-1'), 'latin1'))), expected);
  assert.deepEqual(scan(pieces(Buffer.from(`\uFEFF${document('utf-16')}`, 'utf16le'))), expected);
  assert.deepEqual(scan([Buffer.from(document('utf-16'), 'utf16le').swap16()]), expected);
  assert.deepEqual(scan([Buffer.from(document('UTF-16'), 'utf8')]), expected);
  assert.match(scan([Buffer.from(document('ebcdic-9'))]).at(-1) ?? '', /^! its encoding "ebcdic-9" is not known/);
});

test('gives the same steps in whatever pieces the bytes come', () => {
  const bytes = Buffer.from('<a b="x>y" c=\'é\'><!-- é --><![CDATA[<é>]]>t&amp;ü<d/></a>');
  const whole = scan([bytes]);
  for (let size = 1; size < bytes.length; size += 1) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
    assert.deepEqual(scan(pieces), whole);
  }
});

test('a document that is cut short at any place says so', () => {
  const text = '<?xml version="1.0"?><a b="1"><c>text</c><!-- x --><d/></a>';
  for (let length = '<?xml version="1.0"?>'.length + 1; length < text.length; length += 1) {
    const steps: XmlEvent[] = [...scanXml(text.slice(0, length))];
    assert.equal(steps.at(-1)?.kind, 'problem', text.slice(0, length));
  }
});

test('takes time in proportion to its input, and never throws', () => {
  for (const hostile of [
    '<a '.repeat(20_000),
    `<a ${'='.repeat(60_000)}>`,
    `<a ${'b="'.repeat(20_000)}>`,
    `<a ${'"">'.repeat(20_000)}`,
    '&'.repeat(200_000),
    '<!'.repeat(100_000),
  ])
    scan(hostile);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '/', '!', '-', '[', ']', '?', '=', '"', "'", '&', ';', 'a', ' ') }), (text) => {
      scan(text);
    }),
  );
});
