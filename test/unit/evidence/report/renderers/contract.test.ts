import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { renderers } from '../../../../../src/evidence/report/renderers.generated.ts';
import { hostileReport, renderOptions, sampleReport } from '../../sample-report.ts';

const folder = path.join(import.meta.dirname, '../../../../../src/evidence/report/renderers');

test('the registry holds every renderer, each named after its file', () => {
  assert.deepEqual(
    renderers.map(({ id }) => `${id}.ts`),
    readdirSync(folder).sort(),
  );
});

for (const renderer of renderers) {
  describe(renderer.id, () => {
    test('the same report gives the same bytes, with a line end behind them', () => {
      const text = renderer.render(sampleReport, renderOptions);
      assert.equal(renderer.render(structuredClone(sampleReport), renderOptions), text);
      assert.ok(text.endsWith('\n'));
    });

    test('a hostile report reaches the reader as text and nothing more', () => {
      const text = renderer.render(hostileReport, renderOptions);
      assert.ok(!/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text), 'control characters');
      assert.ok(text.isWellFormed(), 'lone surrogates');
      assert.ok(!text.includes('\u202e'), 'reordering');
      if (renderer.mediaType.endsWith('json')) JSON.parse(text);
    });

    test('an empty report is survived', () => {
      assert.ok(
        renderer.render({ ...sampleReport, image: { ...sampleReport.image, layers: [] }, packages: [], findings: [] }, renderOptions).length > 0,
      );
    });
  });
}
