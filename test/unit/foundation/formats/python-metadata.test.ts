import assert from 'node:assert/strict';
import test from 'node:test';
import { normalisePythonName, parsePythonMetadata } from '../../../../src/foundation/formats/python-metadata.ts';

test('name and version of the header, nothing of the description', () => {
  const text = 'Metadata-Version: 2.1\nName: Flask_Thing\nVersion: 1.0\nLicense: BSD-3-Clause\nSummary: a\n  b\n\nName: other\nVersion: 2\n';
  assert.deepEqual(parsePythonMetadata(text), { name: 'Flask_Thing', version: '1.0', license: 'BSD-3-Clause' });
  assert.deepEqual(parsePythonMetadata(text.replaceAll('\n', '\r\n')), { name: 'Flask_Thing', version: '1.0', license: 'BSD-3-Clause' });
});

test('an absent name, and a licence that is no name', () => {
  assert.deepEqual(parsePythonMetadata('Version: 1\nLicense: UNKNOWN\n'), { version: '1' });
  assert.deepEqual(parsePythonMetadata('Name: a\nLicense: The whole\n text of it\n'), { name: 'a' });
  assert.deepEqual(parsePythonMetadata(''), {});
});

test('names in the form of PEP 503', () => {
  assert.equal(normalisePythonName('Zope.Interface__X'), 'zope-interface-x');
});

test('what it needs, extras aside, and nothing that the description says it needs', () => {
  const header = 'Name: a\nVersion: 1\nRequires-Dist: b[x] (>=1)\nRequires-Dist: c; python_version < "3"\nRequires-Dist: d ; extra == "dev"\n';
  assert.deepEqual(parsePythonMetadata(`${header}\nRequires-Dist: e\n`).dependencies, ['b', 'c']);
});
