import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { scanXml } from '../../../../src/advisories/feeds/xml.ts';

function scan(text: string): readonly string[] {
  return [...scanXml(text)].map((event) => {
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
  assert.deepEqual(scan(`<?xml version='1.0'?><!-- <a> --><a b="1" c:d = 'x>'><e/>text</a>`).slice(0, 1), ['<a b=1>']);
  assert.deepEqual(scan(`<a b="1" c='2'><e f="3"/>te&lt;xt</a>`), ['<a b=1 c=2>', '<e f=3>', '</e>', 'te<xt', '</a>']);
  assert.deepEqual(scan('<a><![CDATA[<b>&amp;]]></a>'), ['<a>', '<b>&amp;', '</a>']);
});

test('expands the entities of XML and no other', () => {
  assert.deepEqual(scan('<!DOCTYPE a [<!ENTITY x "boom">]><a>&x;&amp;&#65;&#x42;&#x110000;</a>').slice(-3), ['<a>', '&x;&AB&#x110000;', '</a>']);
});

test('tells where a text stops being XML', () => {
  assert.deepEqual(scan('<a><b'), ['<a>', '! a tag does not end at 3']);
  assert.deepEqual(scan(`<${'a'.repeat(100_000)}>`), ['! a tag does not end at 0']);
});

test('takes time in proportion to its input, and never throws', () => {
  for (const hostile of ['<a '.repeat(20_000), `<a ${'='.repeat(60_000)}>`, `<a ${'b="'.repeat(20_000)}>`, '&'.repeat(200_000), '<!'.repeat(100_000)])
    scan(hostile);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '/', '!', '-', '[', ']', '?', '=', '"', "'", '&', ';', 'a', ' ') }), (text) => {
      scan(text);
    }),
  );
});
