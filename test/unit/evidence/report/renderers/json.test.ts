import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { renderer } from '../../../../../src/evidence/report/renderers/json.ts';
import { hostileReport, renderOptions, sampleReport } from '../../sample-report.ts';

const schema = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../../../../media/schemas/report.json'), 'utf8')) as object;
const validate = new Ajv({ strict: false }).compile(schema);

test('the report comes back as it was', () => {
  assert.deepEqual(JSON.parse(renderer.render(sampleReport, renderOptions)), structuredClone(sampleReport));
});

test('keys do not stand in the order in which the report was made', () => {
  const turned = Object.fromEntries(Object.entries(sampleReport).toReversed()) as unknown as typeof sampleReport;
  assert.equal(renderer.render(turned, renderOptions), renderer.render(sampleReport, renderOptions));
});

test('it fits the published schema, and what does not fit is told', () => {
  assert.ok(validate(JSON.parse(renderer.render(sampleReport, renderOptions))), JSON.stringify(validate.errors));
  assert.ok(validate(JSON.parse(renderer.render(hostileReport, renderOptions))), JSON.stringify(validate.errors));
  assert.ok(!validate({ ...sampleReport, status: 'clean' }));
});
