import assert from 'node:assert/strict';
import { test } from 'node:test';
import { releaseTables } from '../../../../src/foundation/model/release-dates.data.ts';
import { findRelease, releasesOf } from '../../../../src/foundation/model/release-dates.ts';

test('every line is a version with days that exist, the paid one after the free one, each version once', () => {
  for (const { id } of releaseTables) {
    const { releases, source } = releasesOf(id);
    assert.match(source, /^https:\/\//, id);
    assert.ok(releases.length > 0, id);
    assert.equal(new Set(releases.map(({ version }) => version)).size, releases.length, id);
    for (const { version, endsAt, paidUntil, codename } of releases) {
      const label = `${id} ${version}`;
      assert.match(version, /^\d+(?:\.\d+)*$/, label);
      for (const day of [endsAt, ...(paidUntil === undefined ? [] : [paidUntil])]) {
        assert.equal(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10), day, label);
      }
      assert.ok(paidUntil === undefined || paidUntil > endsAt, label);
      assert.match(codename ?? 'none', /^[a-z0-9]+$/, label);
    }
  }
});

test('a release is found by its version, and what is not in the table is not', () => {
  assert.deepEqual(findRelease('ubuntu', '22.04')?.release, { version: '22.04', endsAt: '2027-04-01', codename: 'jammy', paidUntil: '2032-04-09' });
  assert.equal(findRelease('rhel', '8')?.distribution.name, 'Red Hat Enterprise Linux');
  assert.equal(findRelease('debian', '99'), undefined);
  assert.throws(() => findRelease('no-such-system', '1'));
});
