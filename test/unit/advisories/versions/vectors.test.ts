import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schemes } from '../../../../src/advisories/versions/schemes.generated.ts';
import { needsSharedData } from '../../../support/shared-data.ts';
import { exceptionTo, isKept, knownExceptions, readLine, readVectors, vectorFiles } from '../../../support/version-vectors.ts';

for (const scheme of schemes.filter(({ id }) => vectorFiles[id] !== undefined)) {
  test(`${scheme.id} holds every published fact`, needsSharedData('vectors/versions'), () => {
    const facts = (vectorFiles[scheme.id] ?? []).flatMap(readVectors);
    assert.ok(facts.length > 10);
    assert.deepEqual(
      facts.filter((fact) => !isKept(scheme, fact) && exceptionTo(scheme, fact) === undefined),
      [],
    );
  });
}

test('an exception is one indeed', () => {
  for (const [id, lines] of Object.entries(knownExceptions)) {
    const scheme = schemes.find((candidate) => candidate.id === id);
    assert.ok(scheme !== undefined, id);
    assert.deepEqual(
      Object.keys(lines).filter((line) => isKept(scheme, readLine(line))),
      [],
    );
  }
});
