import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { renderer } from '../../../../../src/evidence/report/renderers/html.ts';
import { hostileReport, renderOptions, sampleReport } from '../../sample-report.ts';

test('the page loads nothing: no script, no address but for links', () => {
  const page = renderer.render(sampleReport, renderOptions);
  assert.match(page, /default-src 'none'/);
  assert.ok(!/<(?:script|link|img|iframe|object|base)\b|\bsrc=|\bon\w+=|@import|url\(/i.test(page));
});

test('the policy’s hash is that of the style', () => {
  const page = renderer.render(sampleReport, renderOptions);
  const style = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? '';
  assert.ok(page.includes(`'sha256-${createHash('sha256').update(style).digest('base64')}'`));
});

test('markup from the image is text', () => {
  const page = renderer.render(hostileReport, renderOptions);
  assert.ok(!page.includes('<script'));
  assert.ok(page.includes('&lt;script&gt;'));
  assert.ok(!/href="(?!https?:)/.test(page));
});

test('what was left out stands at the top', () => {
  const page = renderer.render(
    {
      ...sampleReport,
      status: 'partial',
      problems: [{ code: 'missing-layer', message: 'gone' }],
      advisories: { source: 'starter set', builtAt: '', full: false },
    },
    renderOptions,
  );
  assert.ok(page.indexOf('Incomplete:') < page.indexOf('<main>') && page.includes('Incomplete:'));
  assert.match(page, /Known-exploited and critical vulnerabilities only/);
});
