import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/redhat-content-sets.ts';

const path = 'root/buildinfo/content_manifests/ubi8-container-8.9-1.json' as ImagePath;

function analyze(text: string): ReturnType<typeof analyzer.analyze> {
  return analyzer.analyze({ path, bytes: new TextEncoder().encode(text) });
}

test('wants the documents of a build', () => {
  for (const wanted of [path, 'usr/share/buildinfo/content-sets.json']) assert.equal(analyzer.wants(wanted as ImagePath), true);
  for (const other of ['root/buildinfo/Dockerfile-ubi8-8.9-1', 'home/root/buildinfo/x.json']) assert.equal(analyzer.wants(other as ImagePath), false);
});

test('the repositories of a manifest', () => {
  const text =
    '{"metadata":{"icm_version":1},"content_sets":["rhel-8-for-x86_64-baseos-rpms","rhel-8-for-x86_64-appstream-rpms",7],"image_contents":[]}';
  assert.deepEqual(analyze(text), {
    value: { distro: { contentSets: ['rhel-8-for-x86_64-baseos-rpms', 'rhel-8-for-x86_64-appstream-rpms'] } },
    problems: [],
  });
});

test('documents without any, and what is no document', () => {
  for (const text of ['{}', '[]', 'null', '{"content_sets":null}', '{"content_sets":{}}'])
    assert.deepEqual(analyze(text), { value: {}, problems: [] });
  for (const text of ['', '{', '\0']) assert.equal(analyze(text).problems.length, 1);
});
