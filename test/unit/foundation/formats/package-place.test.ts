import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  formatFurtherPath,
  formatPlace,
  formatPlaceDetail,
  parseFurtherPath,
  parsePlace,
  parsePlaceDetail,
  type PackagePlace,
} from '../../../../src/foundation/formats/package-place.ts';
import { toImagePath, type ImagePath } from '../../../../src/foundation/model/brand.ts';

const path = 'app/shop.war' as ImagePath;

test('a place is a line that people can read', () => {
  const texts = [
    { path, layer: 2, insideArchive: 'WEB-INF/lib/log4j-core-2.14.1.jar' },
    { path: 'app/poetry.lock' as ImagePath, layer: 1, declaredOnly: true },
    { layer: 0, configOnly: true },
    { path: 'a, layer 3' as ImagePath, layer: 1 },
    { path: 'opt/gitlab/x.jar' as ImagePath, layer: 1, broughtBy: 'gitlab-ee', insideArchive: 'y.jar' },
  ] as const;
  assert.deepEqual(texts.map(formatPlace), [
    'read from app/shop.war, layer 2, inside WEB-INF/lib/log4j-core-2.14.1.jar',
    'read from app/poetry.lock, layer 1, declared only',
    'layer 0, configuration files only',
    'read from "a, layer 3", layer 1',
    'read from opt/gitlab/x.jar, layer 1, brought by gitlab-ee, inside y.jar',
  ]);
  assert.deepEqual(
    texts.map((place) => parsePlace(formatPlace(place))),
    texts,
  );
});

test('other texts are none', () => {
  for (const text of [
    '',
    'layer',
    'layer x',
    'layer 1, else',
    'layer 1, brought by a, brought by b',
    'read from a',
    'read from , layer 1',
    'read from "a, layer 1',
    'in layer 1',
    'x'.repeat(20_000),
  ]) {
    assert.equal(parsePlace(text), undefined, text.slice(0, 30));
  }
  for (const text of ['', 'a', 'and from ', 'and from "']) assert.equal(parseFurtherPath(text), undefined);
});

test('a name that no package has is not written', () => {
  for (const broughtBy of ['', 'a, declared only', 'a\nb', '../a']) assert.equal(formatPlaceDetail({ layer: 1, broughtBy }), 'layer 1');
});

test('law: what was written is read back, whatever the names, and on one line', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('"', '\\', ',', ' ', '\n', 'a', '/', ', inside ', ', layer 1') }),
  );
  const places = fc.record({ raw: name, layer: fc.nat(999_999), inside: fc.option(name), declared: fc.boolean(), config: fc.boolean() });
  fc.assert(
    fc.property(places, ({ raw, layer, inside, declared, config }) => {
      const found = toImagePath(raw);
      const detail: PackagePlace = {
        layer,
        ...(inside !== null && { insideArchive: inside }),
        ...(declared && { declaredOnly: true }),
        ...(config && { configOnly: true }),
      };
      const place = { ...detail, ...(found !== undefined && { path: found }) };
      assert.deepEqual(parsePlace(formatPlace(place)), place);
      assert.deepEqual(parsePlaceDetail(formatPlaceDetail(place)), detail);
      assert.ok(!formatPlace(place).includes('\n'));
      if (found !== undefined) assert.equal(parseFurtherPath(formatFurtherPath(found)), found);
    }),
  );
});

test('law: whatever is read, nothing throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', 'read from ', 'read from "', 'layer 1, inside "'), (text, start) => {
      parsePlace(start + text);
      parseFurtherPath(`and from "${text}`);
    }),
  );
});
