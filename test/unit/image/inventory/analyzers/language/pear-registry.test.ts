import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/pear-registry.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const PATH = 'usr/local/lib/php/.registry/archive_tar.reg';
const PECL = 'usr/local/lib/php/.registry/.channel.pecl.php.net/redis.reg';

const text = (value: string): string => `s:${Buffer.byteLength(value)}:"${value}";`;
const array = (members: Readonly<Record<string, string>>): string =>
  `a:${Object.keys(members).length}:{${Object.entries(members)
    .map(([key, value]) => text(key) + value)
    .join('')}}`;

const SECOND = array({
  attribs: array({ version: text('2.0') }),
  name: text('Archive_Tar'),
  channel: text('pear.php.net'),
  version: array({ release: text('1.4.14'), api: text('1.4.0') }),
  license: array({ attribs: array({ uri: text('x') }), _content: text('New BSD License') }),
  filelist: array({ 'Archive/Tar.php': array({ role: text('php') }) }),
});

test('wants records of every channel', () => {
  assertWants(
    analyzer,
    [PATH, PECL, '.registry/x.reg'],
    ['usr/lib/php/.registry/x.txt', 'usr/x.reg', 'usr/a.registry/x.reg', 'usr/lib/php/.channels/pear.reg'],
  );
});

test('records of both versions of package.xml', () => {
  const [found] = analyzeText(analyzer, PATH, SECOND).value.packages ?? [];
  assert.deepEqual(found, { type: 'pear', name: 'pear.php.net/Archive_Tar', version: '1.4.14', licenses: ['New BSD License'] });
  const first = array({ package: text('Log'), version: text('1.9.1'), license: text('PHP') });
  assert.deepEqual(summarize(analyzeText(analyzer, PATH, first)), ['pear.php.net/Log 1.9.1']);
});

test('the channel, where the record does not tell, is that of the folder', () => {
  const record = array({ name: text('redis'), version: array({ release: text('5.3.7') }) });
  assert.deepEqual(summarize(analyzeText(analyzer, PECL, record)), ['pecl.php.net/redis 5.3.7']);
});

test('what is no record', () => {
  assert.match(summarize(analyzeText(analyzer, PATH, 'a:1:{'))[0] ?? '', /^! PEAR/);
  for (const content of [
    'N;',
    'a:0:{}',
    array({ name: text('x') }),
    array({ name: array({}), version: text('1') }),
    array({ name: text('../x'), version: text('1') }),
  ])
    assert.deepEqual(summarize(analyzeText(analyzer, PATH, content)), [], content);
  assert.equal(summarize(analyzeText(analyzer, PATH, array({ name: text('a\nb'), version: text('1') }))).length, 1);
});

test('law: cut anywhere, with any byte changed', () => {
  assertSurvives(analyzer, PATH, SECOND);
});
