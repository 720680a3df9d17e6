import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { families } from '../../../../src/advisories/matching/families.generated.ts';
import { bucketSource } from '../../../../src/advisories/store/buckets.ts';
import { schemeOfBucket } from '../../../../src/advisories/versions/scheme-of-bucket.ts';
import { findRelease } from '../../../../src/foundation/model/release-dates.ts';
import { distroOf } from '../../../support/family-match.ts';
import { installed, storeOf } from '../../../support/memory-store.ts';

const HOME = path.join(import.meta.dirname, '../../../../src/advisories/matching/families');

/** One release that each id of os-release has had, with dates unless it never ends. */
const samples: readonly (readonly [id: string, versionId: string, ends: boolean])[] = [
  ['almalinux', '9.4', true],
  ['alpine', '3.20.3', true],
  ['amzn', '2023', true],
  ['arch', '', false],
  ['azurelinux', '3.0', false],
  ['centos', '7', true],
  ['chainguard', '20230214', false],
  ['debian', '12', true],
  ['fedora', '40', true],
  ['gentoo', '2.15', false],
  ['mariner', '2.0', false],
  ['minimos', '20240101', false],
  ['ol', '8.9', true],
  ['opensuse-leap', '15.5', true],
  ['opensuse-leap-micro', '5.5', false],
  ['opensuse-tumbleweed', '20240601', false],
  ['openwrt', '23.05.2', true],
  ['photon', '4.0', true],
  ['rhel', '9.4', true],
  ['rocky', '8.9', true],
  ['sl-micro', '6.0', true],
  ['sle-micro', '5.5', true],
  ['sles', '15.5', true],
  ['ubuntu', '22.04', true],
  ['windows', '10.0.20348.2031', true],
  ['wolfi', '20230201', false],
];

test('a family is named after its file and says where its rules come from', () => {
  for (const { id } of families)
    assert.match(readFileSync(path.join(HOME, `${id}.ts`), 'utf8'), /\* @see https:\/\/\S+\n \*\/\nexport const family/, id);
  assert.equal(families.length, readdirSync(HOME).length);
});

test('each distribution has one family, whose buckets have versions, a publisher and dates', () => {
  for (const [id, versionId, ends] of samples) {
    const distro = distroOf(id, versionId);
    const covering = families.filter((family) => family.covers(distro));
    assert.equal(covering.length, 1, id);
    const plan = covering[0]?.plan(distro, storeOf([]), []);
    assert.ok(plan, id);
    for (const bucket of plan.buckets) {
      assert.ok(schemeOfBucket(bucket), `no scheme for ${bucket}`);
      assert.notEqual(bucketSource(bucket).name, bucketSource(bucket).id, `nobody publishes ${bucket}`);
    }
    const dates = plan.release && findRelease(plan.release.distribution, plan.release.version);
    assert.equal(dates !== undefined, ends, `dates of ${id} ${versionId}`);
  }
});

test('every family has a sample, and none covers what is merely like it', () => {
  for (const family of families)
    assert.ok(
      samples.some(([id, versionId]) => family.covers(distroOf(id, versionId))),
      family.id,
    );
  for (const id of ['linuxmint', 'kali', 'raspbian', 'eurolinux', 'manjaro', '']) {
    assert.deepEqual(
      families.filter((family) => family.covers(distroOf(id, '1', { idLike: ['debian', 'rhel', 'fedora', 'ubuntu', 'arch'] }))),
      [],
      id,
    );
  }
});

test('whatever a release or a package is called, a family answers', () => {
  const strange = ['', '.', '..', '9'.repeat(400), '1.', '-1', '\u0000', '10.0', '__proto__', 'KB', '1:2:3', 'é'];
  for (const family of families) {
    for (const [id] of samples.filter(([sample, versionId]) => family.covers(distroOf(sample, versionId)))) {
      for (const text of strange) {
        const plan = family.plan(
          distroOf(id, text, { codename: text, prettyName: text, contentSets: [text], extendedSupport: [text] }),
          storeOf([]),
          [],
        );
        for (const type of plan?.packageTypes ?? []) {
          plan?.lookUp(installed(type, text, text, { modularityLabel: text, vendor: text, sourcePackage: { name: text, version: text } }));
        }
      }
    }
  }
});
