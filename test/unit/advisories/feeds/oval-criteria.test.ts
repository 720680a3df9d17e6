import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findWays } from '../../../../src/advisories/feeds/oval-criteria.ts';
import { readOval } from '../../../../src/advisories/feeds/oval-document.ts';
import type { OvalTestSpec } from './oval-builder.ts';
import { buildOval, definition } from './oval-builder.ts';

const tests: readonly OvalTestSpec[] = [
  { id: 'ssl', name: 'openssl', fields: [['evr', 'less than', '0:3.0.1-2.el9']] },
  { id: 'sslFrom', name: 'openssl', fields: [['evr', 'greater than or equal', '0:3.0.0-1']] },
  { id: 'sslUpTo', name: 'openssl', fields: [['evr', 'less than or equal', '1:3.0.0-1']] },
  {
    id: 'curl',
    name: 'curl',
    fields: [
      ['arch', 'pattern match', '(aarch64|x86_64|src)'],
      ['evr', 'less than', '0:7-1'],
    ],
  },
  { id: 'signed', name: 'openssl', fields: [['signature_keyid', 'equals', '199e2f91fd431d51']] },
  { id: 'installed', name: 'vim' },
  { id: 'zero', name: 'bash', fields: [['version', 'equals', '0']] },
  { id: 'aboveZero', name: 'bash', fields: [['version', 'greater than', '0']] },
  { id: 'release', name: 'sles-release', fields: [['version', 'equals', '15.4']] },
  { id: 'other', name: 'sled-release', fields: [['version', 'equals', '15.4']] },
  { id: 'arch', name: 'oraclelinux-release', fields: [['arch', 'pattern match', 'aarch64']] },
  { id: 'notRedHat', kind: 'rpmverifyfile_test', check: 'none satisfy', comment: 'Red Hat Enterprise Linux must be installed' },
  { id: 'module', kind: 'textfilecontent54_test', comment: 'Module nodejs:18 is enabled' },
  { id: 'running', kind: 'uname_test', comment: 'kernel 5 is currently running' },
  { id: 'many', kind: 'dpkginfo_test', nameVariable: 'v1', fields: [['evr', 'less than', '0:1.2-3']] },
];

function ways(criteria: string): unknown {
  const text = buildOval(definition('', criteria), tests, { v1: ['libssl3', 'openssl'] });
  const { tables, definitions } = readOval({ name: 'f', bytes: Buffer.from(text) });
  const [item] = definitions;
  assert.ok(item?.definition?.criteria !== undefined, item?.problem);
  return findWays(item.definition.criteria, tables);
}

function all(...items: readonly string[]): string {
  return `<criteria operator="AND">${items.join('')}</criteria>`;
}

function any(...items: readonly string[]): string {
  return `<criteria operator="OR">${items.join('')}</criteria>`;
}

function one(id: string, comment = '', negate = ''): string {
  return `<criterion test_ref="${id}" comment="${comment}"${negate === '' ? '' : ` negate="${negate}"`}/>`;
}

const openssl = { name: 'openssl', below: '3.0.1-2.el9' };

test('a package below a version, whatever cannot be known of an image taken to hold', () => {
  assert.deepEqual(ways(all(one('ssl'), one('signed'), one('running'))), [{ packages: [openssl] }]);
  assert.deepEqual(ways(any(one('notRedHat'), all(one('ssl'), one('signed')))), [{ packages: [openssl] }]);
  assert.deepEqual(ways(all(any(one('running'), one('signed')), one('ssl'))), [{ packages: [openssl] }]);
});

test('architectures, modules and platforms hold for the packages under the same condition', () => {
  assert.deepEqual(ways(all(one('module'), any(one('ssl'), one('curl')))), [
    { packages: [openssl], module: 'nodejs:18' },
    { packages: [{ name: 'curl', below: '7-1' }], architectures: ['aarch64', 'x86_64'], module: 'nodejs:18' },
  ]);
  assert.deepEqual(ways(all(one('arch'), one('curl'))), [{ packages: [{ name: 'curl', below: '7-1' }], architectures: ['aarch64'] }]);
  assert.deepEqual(ways(all(any(one('release', 'SLES 15 SP4 is installed'), one('other', 'SLED 15 SP4 is installed')), one('ssl'))), [
    { packages: [openssl], platforms: ['SLES 15 SP4', 'SLED 15 SP4'] },
  ]);
});

test('two bounds of one package are one range; no bound is every version', () => {
  assert.deepEqual(ways(all(one('sslFrom'), one('ssl'))), [{ packages: [{ name: 'openssl', from: '3.0.0-1', below: '3.0.1-2.el9' }] }]);
  assert.deepEqual(ways(one('sslUpTo').replace(/^/, '<criteria operator="AND">').concat('</criteria>')), [
    { packages: [{ name: 'openssl', upTo: '1:3.0.0-1' }] },
  ]);
  assert.deepEqual(ways(all(one('installed'))), [{ packages: [{ name: 'vim' }] }]);
  assert.deepEqual(ways(all(one('aboveZero'))), [{ packages: [{ name: 'bash' }] }]);
  assert.deepEqual(ways(all(one('zero'))), []);
});

test('names may stand in a variable', () => {
  assert.deepEqual(ways(all(one('many'))), [
    { packages: [{ name: 'libssl3', below: '1.2-3' }] },
    { packages: [{ name: 'openssl', below: '1.2-3' }] },
  ]);
});

test('negation turns a bound round, and what is not there into nothing', () => {
  assert.deepEqual(ways(all(one('ssl', '', 'true'))), [{ packages: [{ name: 'openssl', from: '3.0.1-2.el9' }] }]);
  assert.deepEqual(ways(all(one('installed', '', 'true'))), []);
  assert.deepEqual(ways(all(one('signed', '', 'true'), one('ssl'))), [{ packages: [openssl] }]);
  assert.deepEqual(ways('<criteria operator="OR" negate="true"><criterion test_ref="installed"/><criterion test_ref="ssl"/></criteria>'), []);
});

test('criteria that multiply beyond any measure are not followed', () => {
  const product = (): string => any(...Array.from({ length: 200 }, () => one('curl')));
  assert.equal(ways(all(product(), product(), product())), undefined);
});
