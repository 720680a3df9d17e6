import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IgnoreEntry } from '../../../../src/advisories/exceptions/exception.ts';
import { applyExceptions } from '../../../../src/advisories/exceptions/apply.ts';
import type { Finding } from '../../../../src/foundation/model/finding.ts';
import { image, lodash, openssl, part, vulnerability } from './findings.ts';

function ignoring(...entries: readonly Partial<IgnoreEntry>[]): { ignores: readonly IgnoreEntry[]; statements: []; notices: [] } {
  return {
    ignores: entries.map((entry, line) => ({ reason: 'because', source: '.plimsoll.yaml', line: line + 1, ...entry })),
    statements: [],
    notices: [],
  };
}

const secret: Finding = {
  id: 'secret:x',
  category: 'sensitive-file',
  severity: 'high',
  title: '',
  references: [],
  location: { path: 'srv/app/test/key.pem' },
  remediation: [],
  compliance: [],
};
const findings = [vulnerability('CVE-2024-1', openssl, { aliases: ['DSA-1-1', 'GHSA-aaaa'] }), vulnerability('CVE-2024-2', lodash), secret];

test('an entry ignores by id, alias, package, package URL and path; all that it names must hold', () => {
  const cases: readonly (readonly [Partial<IgnoreEntry>, readonly string[]])[] = [
    [{ id: 'CVE-2024-1' }, ['CVE-2024-1']],
    [{ id: 'ghsa-AAAA' }, ['CVE-2024-1']],
    [{ id: 'CVE-2024' }, []],
    [{ package: 'openssl' }, ['CVE-2024-1']],
    [{ package: 'deb:openssl' }, ['CVE-2024-1']],
    [{ package: 'npm:openssl' }, []],
    [{ package: 'pkg:npm/lodash' }, ['CVE-2024-2']],
    [{ package: 'pkg:npm/lodash@4.17.20' }, ['CVE-2024-2']],
    [{ package: 'pkg:npm/lodash@4.17.21' }, []],
    [{ package: 'pkg:deb/debian/openssl?arch=amd64' }, ['CVE-2024-1']],
    [{ package: 'pkg:deb/debian/openssl?arch=arm64' }, []],
    [{ path: '*.pem' }, ['secret:x']],
    [{ path: '/srv/app/test/' }, ['secret:x']],
    [{ path: 'srv/*/test/**' }, ['secret:x']],
    [{ path: 'app/test' }, []],
    [{ id: 'CVE-2024-1', package: 'lodash' }, []],
    [{ id: 'secret:x', path: '/srv/' }, ['secret:x']],
    [{}, []],
  ];
  for (const [entry, expected] of cases) assert.deepEqual(part(ignoring(entry), findings).ignored, expected, JSON.stringify(entry));
});

test('an entry counts on its last day; from the next on it is reported and ignores nothing', () => {
  const entry = { id: 'CVE-2024-1', package: 'openssl', expires: '2026-01-15' };
  assert.deepEqual(part(ignoring(entry), findings, { today: '2026-01-15' }), {
    kept: ['CVE-2024-2', 'secret:x'],
    ignored: ['CVE-2024-1'],
    notices: [],
  });
  const after = part(ignoring(entry), findings, { today: '2026-01-16' });
  assert.deepEqual(after.ignored, []);
  assert.deepEqual(after.notices, [
    '.plimsoll.yaml:1: the ignore entry for CVE-2024-1 in openssl expired on 2026-01-15 and ignores nothing any more: renew it or remove it',
  ]);
});

test('what is ignored says by whom and why', () => {
  const exceptions = ignoring({}, { id: 'CVE-2024-2', expires: '2027-01-01' });
  const { ignored } = applyExceptions({ findings, packages: [], image, exceptions, today: '2026-01-15' });
  assert.deepEqual(
    ignored.map(({ by }) => by),
    [{ kind: 'configuration', source: '.plimsoll.yaml', line: 2, reason: 'because', expires: '2027-01-01' }],
  );
});

test('patterns and names that mean harm match quickly or not at all', () => {
  const long = vulnerability('CVE-2024-3', lodash, { location: { path: 'a/'.repeat(2000) } });
  for (const path of ['*a'.repeat(500), '**/'.repeat(300), '[', '\\', '!x', '#x', '']) part(ignoring({ path }), [long]);
  for (const named of ['pkg:', 'pkg:npm/%', 'pkg:npm/__proto__@1', '__proto__', ':', 'x'.repeat(100_000)])
    assert.deepEqual(part(ignoring({ package: named }), findings).ignored, []);
});
