import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/redhat-products.ts';
import { readFeed } from '../read-feed.ts';

const cpe = 'cpe:/o:redhat:enterprise_linux:9::baseos';

test('reads the products of repositories and of image builds', () => {
  assert.deepEqual(readFeed(feed, 'cpe/repository-to-cpe.json', `{"data":{"rhel-9-baseos-rpms":{"cpes":["${cpe}"]},"none":{}}}`), {
    records: [{ kind: 'redhat-products', of: 'repository', name: 'rhel-9-baseos-rpms', cpes: [cpe] }],
    problems: ['cpe/repository-to-cpe.json: none has no products'],
  });
  assert.deepEqual(readFeed(feed, 'nvr-to-cpe.json', `{"ubi9-container-9.1-x86_64":["${cpe}"]}`).records, [
    { kind: 'redhat-products', of: 'nvr', name: 'ubi9-container-9.1-x86_64', cpes: [cpe] },
  ]);
  assert.deepEqual(readFeed(feed, 'nvr-to-cpe.json', '[]').problems, ['nvr-to-cpe.json: no table of products']);
});
