import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isWebUrl, parseHostMessage, parseWebviewMessage } from '../../../src/protocol/validate-webview.ts';
import { hostileReport, sampleDecision, sampleMessage, sampleReport } from '../../support/sample-report.ts';

const report = sampleReport(8);
const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } };

describe('from the host', () => {
  const message = sampleMessage(report, { decision: sampleDecision(report), l10n: { Critical: 'Kritisch', High: { message: 'Hoch', comment: [] } } });
  const good: readonly unknown[] = [
    message,
    sampleMessage(hostileReport()),
    { type: 'policy', checking: true },
    { type: 'policy', checking: false, decision: message.decision },
    { type: 'scan-progress', message: 'Layer 1', percent: 40 },
    { type: 'scan-failed', message: 'No engine answers.' },
  ];
  for (const value of good) {
    test(`takes ${(value as { type: string }).type}`, () => {
      assert.equal(parseHostMessage(value), value);
    });
  }

  const bad: readonly (readonly [name: string, value: unknown])[] = [
    ['no object', null],
    ['an array', [message]],
    ['a type nobody knows', { type: 'format-disk' }],
    ['a name of Object.prototype', { type: 'constructor' }],
    ['a report of another schema', { ...message, report: { ...report, schemaVersion: 2 } }],
    ['a finding without a severity', { ...message, report: { ...report, findings: [{ ...report.findings[0], severity: 'bad' }] } }],
    ['an empty key', { ...message, key: '' }],
    ['a locale that is none', { ...message, locale: '../../etc' }],
    ['an export nobody has', { ...message, actions: { ...message.actions, exportFormats: ['exe'] } }],
    ['a percentage over 100', { type: 'scan-progress', message: '', percent: 101 }],
    ['a decision of another word', { type: 'policy', checking: false, decision: { ...sampleDecision(report), decision: 'maybe' } }],
  ];
  for (const [name, value] of bad) {
    test(`ignores ${name}`, () => {
      assert.equal(parseHostMessage(value), undefined);
    });
  }
});

describe('from the page', () => {
  const good: readonly unknown[] = [
    { type: 'ready' },
    { type: 'copy', text: 'apt-get update' },
    { type: 'open-dockerfile', range },
    { type: 'insert-in-dockerfile', text: 'USER 1000', findingId: 'PL1003' },
    { type: 'insert-in-dockerfile', text: 'USER 1000', findingId: 'PL1003', range },
    { type: 'check-push' },
    { type: 'push-image' },
    { type: 'update-advisories' },
    { type: 'rescan' },
    { type: 'export', format: 'sarif' },
    { type: 'open-reference', url: 'https://example.com/a?b=c#d' },
    { type: 'ignore', findingId: 'CVE-2024-1', purl: 'pkg:npm/a@1' },
  ];
  for (const value of good) {
    test(`takes ${JSON.stringify(value)}`, () => {
      assert.equal(parseWebviewMessage(value), value);
    });
  }

  const bad: readonly unknown[] = [
    undefined,
    { type: 'toString' },
    { type: 'copy', text: '' },
    { type: 'copy', text: 'x'.repeat(300_000) },
    { type: 'export', format: '../../x' },
    { type: 'open-dockerfile', range: { start: { line: -1, character: 0 }, end: { line: 0, character: 0 } } },
    { type: 'open-dockerfile' },
    { type: 'open-reference', url: 'command:workbench.action.quit' },
    { type: 'ignore', findingId: '' },
  ];
  for (const value of bad) {
    test(`ignores ${JSON.stringify([value]).slice(1, 80)}`, () => {
      assert.equal(parseWebviewMessage(value), undefined);
    });
  }

  test('anything at all is ignored without a throw', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        assert.equal(parseHostMessage(value), undefined);
        assert.equal(parseWebviewMessage(value), undefined);
      }),
    );
  });
});

describe('an address to open', () => {
  for (const url of ['https://example.com', 'HTTP://example.com/%20?a=(b)&c=d;e#f', 'https://[::1]:8080/']) {
    test(`may be ${url}`, () => {
      assert.equal(isWebUrl(url), true);
    });
  }
  for (const url of [
    '',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'vscode://x',
    'https://',
    'https://a b',
    'https://a"b',
    'https://a\nb',
    ' https://a',
    'https://a\\b',
    'https://exam\u202Eple.com',
    `https://${'a'.repeat(5000)}`,
  ]) {
    test(`may not be ${JSON.stringify(url).slice(0, 60)}`, () => {
      assert.equal(isWebUrl(url), false);
    });
  }
});
