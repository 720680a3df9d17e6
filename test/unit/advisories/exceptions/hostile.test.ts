import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readVex } from '../../../../src/advisories/exceptions/read-vex.ts';
import { exceptionsOf, lodash, openssl, part, vulnerability } from './findings.ts';

const findings = [vulnerability('CVE-2024-1', openssl), vulnerability('CVE-2024-1', lodash)];
const heads: readonly object[] = [
  { '@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'x', author: 'x', timestamp: '2026-01-01T00:00:00Z' },
  { bomFormat: 'CycloneDX', specVersion: '1.6' },
  { document: { csaf_version: '2.0', category: 'csaf_vex' } },
];

describe('documents that mean harm', () => {
  test('whatever stands where, nothing is thrown and nothing ignored', () => {
    const keys = [
      'statements',
      'vulnerabilities',
      'components',
      'product_tree',
      'products',
      'branches',
      'relationships',
      'status',
      'analysis',
      'affects',
      'vulnerability',
      'subcomponents',
      '__proto__',
      'constructor',
      'cve',
      'product_status',
    ];
    const anything = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<unknown>(null, true, 0, '', 'CVE-2024-1', 'pkg:npm/lodash@', 'pkg:', 'not_affected'),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 6 }),
      ),
    })).value;
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.dictionary(fc.constantFrom(...keys), anything), (head, body) => {
        assert.deepEqual(part(exceptionsOf({ ...head, ...body }), findings).ignored, []);
      }),
      { numRuns: 300 },
    );
  });

  test('a document cut anywhere is none', () => {
    const whole = new TextEncoder().encode(
      JSON.stringify({ ...heads[0], statements: [{ vulnerability: { name: 'CVE-2024-1' }, status: 'fixed', products: [{ '@id': lodash }] }] }),
    );
    for (let length = 0; length < whole.length; length++) assert.equal(typeof readVex(whole.subarray(0, length), 'x'), 'string');
    assert.equal(typeof readVex(Uint8Array.of(0xff, 0xfe, 0x7b), 'x'), 'string');
    for (const text of ['[]', 'null', '3', '{}', '{"@context":"https://example.com"}', '{"@context":"https://openvex.dev.example.com/ns"}'])
      assert.match(readVex(new TextEncoder().encode(text), 'x') as string, /./);
  });

  test('nesting ends where documents that mean well end', () => {
    const deep = (key: string, leaf: object): object => Array.from({ length: 1000 }).reduce<object>((inner) => ({ [key]: [inner] }), leaf);
    const component = { 'bom-ref': 'r', purl: 'pkg:npm/lodash', type: 'library' };
    assert.deepEqual(
      part(
        exceptionsOf({
          ...heads[1],
          ...deep('components', component),
          vulnerabilities: [{ id: 'CVE-2024-1', analysis: { state: 'not_affected' }, affects: [{ ref: 'r' }] }],
        }),
        findings,
      ).ignored,
      [],
    );
    assert.deepEqual(
      part(
        exceptionsOf({
          ...heads[2],
          product_tree: deep('branches', { product: { product_id: 'p', product_identification_helper: { purl: lodash } } }),
          vulnerabilities: [{ cve: 'CVE-2024-1', product_status: { fixed: ['p'] } }],
        }),
        findings,
      ).ignored,
      [],
    );
  });

  test('references in a circle end', () => {
    const relation = (id: string, inner: string): object => ({
      full_product_name: { product_id: id },
      product_reference: inner,
      relates_to_product_reference: id,
    });
    const document = {
      ...heads[2],
      product_tree: { relationships: [relation('a', 'b'), relation('b', 'a')] },
      vulnerabilities: [{ cve: 'CVE-2024-1', product_status: { fixed: ['a', 'b'] } }],
    };
    assert.deepEqual(part(exceptionsOf(document), findings).ignored, []);
  });

  test('names of object prototypes are names like any other', () => {
    const text =
      '{"@context":"https://openvex.dev/ns","__proto__":{"statements":[{"vulnerability":"CVE-2024-1","status":"fixed","products":["pkg:npm/lodash"]}]}}';
    const result = readVex(new TextEncoder().encode(text), 'x');
    assert.deepEqual(typeof result === 'string' ? [] : result.statements, []);
    assert.equal(({} as Record<string, unknown>)['statements'], undefined);
  });

  test('many statements with many products each cost what they hold, not their product with the findings', () => {
    const products = Array.from({ length: 2000 }, (_, at) => ({ '@id': `pkg:npm/p${at}@1` }));
    const statements = Array.from({ length: 50 }, () => ({ vulnerability: { name: 'CVE-2024-1' }, status: 'fixed', products }));
    const many = Array.from({ length: 5000 }, (_, at) => vulnerability('CVE-2024-1', `pkg:npm/q${at}@1`));
    assert.equal(part(exceptionsOf({ ...heads[0], statements }), many).ignored.length, 0);
  });
});
