import assert from 'node:assert/strict';
import { test } from 'node:test';
import { revokedOf, ruleFor, whyOutside } from '../../../../src/gate/signatures/trust.ts';
import { parseReference } from '../../../../src/registry/reference.ts';

test('which images a rule is about', () => {
  const matches = (entry: string, reference: string): boolean => {
    const image = parseReference(reference);
    assert.ok(image !== undefined, reference);
    return ruleFor([{ match: [entry] }], image) !== undefined;
  };
  const yes: readonly (readonly [string, string])[] = [
    ['*', 'nginx'],
    ['docker.io', 'nginx'],
    ['index.docker.io', 'acme/app'],
    ['library', 'nginx:1'],
    ['docker.io/library', 'nginx'],
    ['acme/app', 'acme/app:1'],
    ['ghcr.io/acme', 'ghcr.io/acme/app:1'],
    ['ghcr.io/acme/', 'ghcr.io/acme/app:1'],
    ['ghcr.io/acme/**', 'ghcr.io/acme/app:1'],
    ['ghcr.io/acme/app', 'ghcr.io/acme/app:1'],
    ['*.example.com', 'a.b.example.com/x/y:1'],
    ['*.example.com/team', 'a.example.com:5000/team/y:1'],
    ['localhost:5000', 'localhost:5000/a/b'],
    ['GHCR.io/Acme', 'ghcr.io/acme/app'],
  ];
  const no: readonly (readonly [string, string])[] = [
    ['ghcr.io/acme', 'ghcr.io/acme-of-somebody/app:1'],
    ['ghcr.io/acme/app', 'ghcr.io/acme/application:1'],
    ['ghcr.io', 'ghcr.io.evil.example/acme/app:1'],
    ['*.example.com', 'example.com/x/y:1'],
    ['*.example.com', 'evilexample.com/x/y:1'],
    ['example.com', 'a.example.com/x/y:1'],
    ['localhost:5000', 'localhost:5001/a/b'],
    ['acme', 'ghcr.io/acme/app'],
    ['library', 'ghcr.io/library/nginx'],
  ];
  assert.deepEqual(
    yes.filter(([entry, reference]) => !matches(entry, reference)),
    [],
  );
  assert.deepEqual(
    no.filter(([entry, reference]) => matches(entry, reference)),
    [],
  );
});

test('the first that matches counts', () => {
  const image = parseReference('ghcr.io/acme/app:1');
  assert.ok(image !== undefined);
  const rules = [
    { match: ['quay.io'], id: 1 },
    { match: ['quay.io', 'ghcr.io/acme'], id: 2 },
    { match: ['*'], id: 3 },
  ];
  assert.equal(ruleFor(rules, image)?.id, 2);
  assert.equal(ruleFor(rules.slice(0, 1), image), undefined);
});

test('whole days, in UTC', () => {
  const window = { notBefore: '2026-03-01', notAfter: '2026-03-31' };
  const at = (time: string): string | undefined => whyOutside(window, [new Date(time)], new Date('2030-01-01'), 'the key');
  assert.equal(at('2026-03-01T00:00:00Z'), undefined);
  assert.equal(at('2026-03-31T23:59:59.999Z'), undefined);
  assert.match(at('2026-02-28T23:59:59Z') ?? '', /made on 2026-02-28, and the key counts from 2026-03-01 on/);
  assert.match(at('2026-04-01T00:00:00Z') ?? '', /made on 2026-04-01, and the key counted until 2026-03-31/);
  assert.equal(whyOutside({}, [], new Date(), 'the key'), undefined);
});

test('each of several times must lie within; without any, now', () => {
  const window = { notAfter: '2026-03-31' };
  const [early, late] = [new Date('2026-03-01'), new Date('2026-05-01')];
  assert.match(whyOutside(window, [early, late], early, 'it') ?? '', /2026-05-01/);
  assert.equal(whyOutside(window, [], early, 'it'), undefined);
  assert.match(whyOutside(window, [], late, 'it') ?? '', /nothing that others vouch for/);
});

test('what is revoked', () => {
  assert.equal(revokedOf({ revoked: ['a', 'b'] }, ['c', 'b']), 'b');
  assert.equal(revokedOf({ revoked: [] }, ['c']), undefined);
});
