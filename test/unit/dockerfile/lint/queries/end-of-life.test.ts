import assert from 'node:assert/strict';
import { test } from 'node:test';
import { releasesIn, supportedRelease, type Product } from '../../../../../src/dockerfile/lint/queries/end-of-life.ts';
import { parseDockerfile } from '../../../../../src/dockerfile/syntax/parse.ts';

function productsIn(name: string): readonly Product[] {
  const [stage] = parseDockerfile(`FROM ${name}\n`).stages;
  return stage?.image === undefined ? [] : releasesIn(stage.image, stage.isWindows).map(({ release }) => release.product);
}

const names = [
  'debian:12',
  'ubuntu:24.04',
  'alpine:3.22',
  'centos:7',
  'fedora:42',
  'node:22',
  'python:3.13',
  'amazonlinux:2',
  'oraclelinux:9',
  'opensuse/leap:15.6',
];

for (const name of [...names, 'mcr.microsoft.com/windows/servercore:ltsc2022']) {
  test(`the table of ${name} is in order`, () => {
    const [product] = productsIn(name);
    assert.ok(product);
    assert.match(product.source, /^https:\/\//);
    for (const { version, end, codename } of product.releases) {
      assert.match(version, /^(?:ltsc|stream)?\d+(?:\.\d+)?$/);
      assert.match(end, /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/);
      assert.match(codename ?? 'none', /^[a-z\d]+$/);
    }
    assert.equal(new Set(product.releases.map(({ version }) => version)).size, product.releases.length);
  });
}

test('a release to move to is one that is cared for on that day, a long-term one where there are others', () => {
  const [ubuntu] = productsIn('ubuntu:18.04');
  const [node] = productsIn('node:12');
  const [centos] = productsIn('centos:7');
  assert.ok(ubuntu && node && centos);
  assert.equal(supportedRelease(ubuntu, '2026-01-01')?.version, '26.04');
  assert.equal(supportedRelease(node, '2029-01-01')?.version, '26');
  assert.equal(supportedRelease(node, '2040-01-01'), undefined);
  assert.equal(supportedRelease(centos, '2024-01-01'), undefined);
});
