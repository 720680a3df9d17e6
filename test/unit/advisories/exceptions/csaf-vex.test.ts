import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exceptionsOf, lodash, openssl, part, read, vulnerability } from './findings.ts';

const findings = [vulnerability('CVE-2024-1', openssl), vulnerability('CVE-2024-1', lodash)];

const product = (id: string, purl: string): object => ({
  category: 'product_version',
  name: id,
  product: { product_id: id, name: id, product_identification_helper: { purl } },
});

function csaf(productStatus: object, change: object = {}, relationships: readonly object[] = []): object {
  return {
    document: {
      category: 'csaf_vex',
      csaf_version: '2.0',
      publisher: { name: 'Example' },
      tracking: { current_release_date: '2026-01-01T00:00:00Z' },
    },
    product_tree: {
      branches: [
        {
          category: 'vendor',
          branches: [
            product('lodash', lodash),
            product('openssl-any', 'pkg:deb/debian/openssl'),
            product('openssl-fixed', openssl),
            product('web', 'pkg:oci/web'),
            { category: 'product_name', product: { product_id: 'line', product_identification_helper: { cpe: 'cpe:/o:example:linux:9' } } },
          ],
        },
      ],
      relationships,
    },
    vulnerabilities: [
      {
        cve: 'CVE-2024-1',
        product_status: productStatus,
        flags: [{ label: 'vulnerable_code_not_present', product_ids: ['lodash', 'web', 'web:lodash', 'line:any', 'line:fixed'] }],
        ...change,
      },
    ],
  };
}

function ignoredOf(document: object): number {
  return part(exceptionsOf(document), findings).ignored.length;
}

function relation(id: string, part_: string, whole: string): object {
  return {
    category: 'default_component_of',
    full_product_name: { product_id: id, name: id },
    product_reference: part_,
    relates_to_product_reference: whole,
  };
}

test('products of the lists are ignored or stay', () => {
  assert.equal(ignoredOf(csaf({ known_not_affected: ['lodash'] })), 1);
  assert.equal(ignoredOf(csaf({ fixed: ['lodash'] })), 1);
  assert.equal(ignoredOf(csaf({ known_not_affected: ['web'] })), 2);
  assert.equal(ignoredOf(csaf({ known_affected: ['lodash'], under_investigation: ['openssl-any'] })), 0);
  assert.equal(ignoredOf(csaf({ known_not_affected: ['lodash'], known_affected: ['web'] })), 0);
});

test('not affected without a reason is not heeded', () => {
  const document = csaf({ known_not_affected: ['openssl-any'] });
  assert.equal(ignoredOf(document), 0);
  assert.match(read(document).notices.join(''), /not why/);
  assert.equal(
    ignoredOf(
      csaf({ known_not_affected: ['openssl-any'] }, { threats: [{ category: 'impact', details: 'not built', product_ids: ['openssl-any'] }] }),
    ),
    1,
  );
});

test('a component of a product is meant in that product; of a distribution only a version tells releases apart', () => {
  const relationships = [
    relation('web:lodash', 'lodash', 'web'),
    relation('line:any', 'openssl-any', 'line'),
    relation('line:fixed', 'openssl-fixed', 'line'),
  ];
  assert.equal(ignoredOf(csaf({ known_not_affected: ['web:lodash'] }, {}, relationships)), 1);
  assert.equal(ignoredOf(csaf({ known_not_affected: ['line:any'] }, {}, relationships)), 0);
  assert.equal(ignoredOf(csaf({ known_not_affected: ['line:fixed'] }, {}, relationships)), 1);
});
