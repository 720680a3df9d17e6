import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/python-requirements.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const FILE = `# a comment
-r other.txt
--index-url https://example.com/simple
Django==2.2.1  # why
a.b[x,y] == 1.0 ; python_version < "3"
pinned==1.0 \\
    --hash=sha256:abc \\
    --hash=sha256:def
(not a name)
range>=1.0,<2
wild==1.*
exact === 1.0+local.1
both>=1,==1.5
parens (==2.0)
./folder/x-1.0.whl
x @ https://example.com/x-1.0.zip
template==\${VERSION}
`;

test('wants requirements by name, but those of development', () => {
  assertWants(
    analyzer,
    ['requirements.txt', 'app/requirements-prod.txt', 'app/base_requirements.txt', 'app/requirements/base.txt', 'requirements/base.txt'],
    [
      'app/requirements-dev.txt',
      'app/requirements/test.txt',
      'app/notes.txt',
      'app/myrequirements/a.txt',
      'requirements.in',
      'x/site-packages/requirements.txt',
    ],
  );
});

test('what is pinned to one version', () => {
  const expected = ['Django 2.2.1', 'a.b 1.0', 'pinned 1.0', 'exact 1.0+local.1', 'both 1.5', 'parens 2.0'];
  assert.deepEqual(summarize(analyzeText(analyzer, 'requirements.txt', FILE)), expected);
  assert.deepEqual(summarize(analyzeText(analyzer, 'requirements.txt', FILE.replaceAll('\n', '\r\n'))), expected);
  assert.deepEqual(summarize(analyzeText(analyzer, 'requirements.txt', Buffer.from(`\uFEFF${FILE}`, 'utf16le'))), expected);
});

test('lines without end', () => {
  const spaces = ' '.repeat(300_000);
  assert.deepEqual(summarize(analyzeText(analyzer, 'requirements.txt', `a${spaces}\u2028==1.0\nb==1.0${'\\\n'.repeat(300_000)}`)), [
    'a 1.0',
    'b 1.0',
  ]);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'requirements.txt', FILE);
});
