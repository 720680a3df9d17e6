import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderer } from '../../../../../src/evidence/report/renderers/table.ts';
import { widthOf } from '../../../../../src/evidence/report/text-layout.ts';
import type { ScanReport } from '../../../../../src/foundation/model/report.ts';
import { hostileReport, renderOptions, sampleReport } from '../../sample-report.ts';

const render = (report: ScanReport, options: { readonly color?: boolean; readonly width?: number } = {}): string =>
  renderer.render(report, { ...renderOptions, ...options });
const empty: ScanReport = { ...sampleReport, findings: [] };

test('what the image is, how bad it is, each finding and its fix are told', () => {
  const text = render(sampleReport);
  for (const part of [
    'registry.example.com/shop/web:1.4',
    'linux/amd64 · Debian GNU/Linux 12 (bookworm) · 2 layers · 3 packages',
    '3 critical   3 high   1 medium   1 low',
    'CVE-2024-5535  fixed in 3.0.15-1~deb12u1',
    'known exploited, EPSS 42 %',
    'fix: apt-get update && apt-get install -y --only-upgrade libssl3=3.0.15-1~deb12u1',
    'app/.env:3 · layer 2 of 2 · deleted by a later layer, still in the image',
    'Dockerfile:5',
  ]) {
    assert.ok(text.includes(part), part);
  }
});

test('one command stands for a package: that of the highest fixed version', () => {
  assert.equal(render(sampleReport).split('fix: apt-get').length - 1, 1);
});

test('nothing is called found only by a scan that would have found it', () => {
  assert.match(render(empty), /Nothing was found\.\n$/);
  const partial = render({ ...empty, status: 'partial', problems: [{ code: 'unreadable-layer', message: 'layer 2 is damaged' }] });
  assert.match(partial, /! Incomplete: one thing could not be read/);
  assert.match(partial, /layer 2 is damaged/);
  assert.match(partial, /which is not all of the image\.\n$/);
  const starter = render({ ...empty, advisories: { source: 'starter set', builtAt: '', full: false } });
  assert.match(starter, /! Known-exploited and critical vulnerabilities only/);
  assert.match(starter, /not everything was looked for/);
  for (const text of [partial, starter]) assert.ok(!/clean|no problems|safe/i.test(text));
});

test('the width is kept, but for words that must stay whole', () => {
  for (const line of render(sampleReport, { width: 80 }).split('\n'))
    assert.ok(widthOf(line) <= 80 || /fix:|step \d|https:|sha256:|^ {14} {5}/.test(line), line);
});

test('colour only when asked for, and the text is the same without it', () => {
  const plain = render(sampleReport);
  assert.ok(!plain.includes('\u001b'));
  const coloured = render(sampleReport, { color: true });
  assert.ok(coloured.includes('\u001b[1;97;41mcritical\u001b[0m'));
  assert.equal(coloured.replaceAll(/\u001b\[[\d;]+m/g, ''), plain);
});

test('in colour too, the only escape sequences are the renderer’s own', () => {
  assert.ok(
    !render(hostileReport, { color: true })
      .replaceAll(/\u001b\[[\d;]{1,8}m/g, '')
      .includes('\u001b'),
  );
});

test('many problems are counted, not all listed', () => {
  const problems = Array.from({ length: 30 }, (_, i) => ({ code: 'malformed' as const, message: `problem ${i}` }));
  assert.match(render({ ...empty, status: 'partial', problems }), /… and 20 more/);
});
