import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderer } from '../../../../../src/evidence/report/renderers/junit.ts';
import type { ScanReport } from '../../../../../src/foundation/model/report.ts';
import { hostileReport, renderOptions, sampleReport } from '../../sample-report.ts';

const render = (report: ScanReport): string => renderer.render(report, renderOptions);

/** Throws when a tag is not closed by its own: enough of a parser for what the renderer writes. */
function assertWellFormed(xml: string): void {
  const open: string[] = [];
  for (const [, close, name = '', attributes = '', self] of xml
    .replace(/^<\?xml[^?]*\?>/, '')
    .matchAll(/<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g)) {
    assert.ok(!/&(?!(?:amp|lt|gt|quot|#39);)/.test(attributes));
    if (close === '/') assert.equal(open.pop(), name);
    else if (self !== '/') open.push(name);
  }
  assert.deepEqual(open, []);
  assert.equal(
    xml
      .replaceAll(/<\/?[a-z]+(?: [a-z]+="[^"<]*")*\/?>/g, '')
      .replace(/^<\?xml[^?]*\?>/, '')
      .includes('<'),
    false,
  );
}

test('a failed case for each finding, a passed one for a category without', () => {
  const xml = render(sampleReport);
  assertWellFormed(xml);
  assert.equal(xml.split('<failure ').length - 1, sampleReport.findings.length);
  assert.match(render({ ...sampleReport, findings: [] }), /tests="6" failures="0" errors="0"/);
});

test('a partial scan passes nothing and has errors', () => {
  const xml = render({ ...sampleReport, findings: [], status: 'partial', problems: [{ code: 'missing-layer', message: 'gone' }] });
  assertWellFormed(xml);
  assert.ok(!xml.includes('no findings'));
  assert.match(xml, /errors="1"/);
});

test('a hostile report is well formed', () => {
  assertWellFormed(render(hostileReport));
});
