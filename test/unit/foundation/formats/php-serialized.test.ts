import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parsePhpSerialized } from '../../../../src/foundation/formats/php-serialized.ts';

const parse = (text: string) => parsePhpSerialized(Buffer.from(text));

test('texts by their bytes, arrays, and what is neither', () => {
  assert.deepEqual(parse('s:3:"\u00e4b";'), { value: '\u00e4b' });
  assert.deepEqual(parse('a:3:{s:1:"a";s:4:"";";";i:7;a:1:{i:0;s:1:"x";}s:1:"n";N;}'), {
    value: new Map<string, unknown>([
      ['a', '";";'],
      ['7', new Map([['0', 'x']])],
      ['n', undefined],
    ]),
  });
  for (const text of ['N;', 'b:1;', 'i:-5;', 'd:0.5;', 'd:1.0E+25;', 'O:3:"Foo":1:{s:1:"a";i:1;}', 'R:2;'])
    assert.deepEqual(parse(text), { value: undefined }, text);
  assert.deepEqual(parse('a:1:{s:9:"__proto__";s:1:"x";}').value, new Map([['__proto__', 'x']]));
});

test('what is no such value says where', () => {
  for (const text of [
    '',
    'x',
    's',
    's:',
    's:1',
    's:1:"ab";',
    's:9:"a";',
    's:-1:"";',
    's:x:"";',
    'a:1:{',
    'a:2:{i:0;N;}',
    'a:1:{N;N;}',
    'a:99999999999:{',
    'i:1',
  ])
    assert.match(parse(text).reason ?? '', /\w/, text);
});

test('bounds: depth, and counts that lie', () => {
  assert.match(parse('a:1:{i:0;'.repeat(100_000)).reason ?? '', /deeply/);
  assert.match(parse(`a:4294967295:{${'i:0;N;'.repeat(10)}}`).reason ?? '', /key/);
});

test('law: cut anywhere and with any bytes for others it does not throw', () => {
  const whole = 'a:3:{s:4:"name";s:3:"abc";s:7:"version";a:1:{s:7:"release";s:3:"1.0";}s:1:"x";O:1:"A":0:{}}';
  assert.equal(parse(whole).reason, undefined);
  for (let end = 0; end < whole.length; end++) assert.notEqual(parse(whole.slice(0, end)).reason, undefined, `${end}`);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void parsePhpSerialized(bytes)));
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => void parsePhpSerialized(Buffer.from(whole).with(at, byte))),
    { numRuns: 500 },
  );
});
