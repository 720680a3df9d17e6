import assert from 'node:assert/strict';
import { test } from 'node:test';
import { webviewHtml } from '../../../src/protocol/webview-html.ts';

const page = {
  scriptUri: 'https://file+.vscode-resource.example/dist/webview.js',
  cspSource: 'https://*.vscode-cdn.net',
  nonce: 'abcdefghijklmnop1234',
  title: 'nginx',
  lang: 'en',
};

test('allows one script by its nonce and nothing inline', () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(webviewHtml(page))?.[1] ?? '';
  assert.match(policy, /default-src &#39;none&#39;/);
  assert.match(policy, /script-src &#39;nonce-abcdefghijklmnop1234&#39;;/);
  assert.doesNotMatch(policy, /unsafe|data:|blob:/);
});

test('what is put in stays text', () => {
  const html = webviewHtml({ ...page, title: '</title><script>"', lang: '"><x', scriptUri: 'https://a/"onload="x' });
  assert.ok(html.includes('<title>&lt;/title&gt;&lt;script&gt;&quot;</title>'));
  assert.ok(html.includes('lang="&quot;&gt;&lt;x"'));
  assert.ok(html.includes('src="https://a/&quot;onload=&quot;x"'));
});

for (const nonce of ['', 'short', "abcdefghijklmnop' 'unsafe-inline", 'abcdefghijklmnop;x', 'ab"cdefghijklmnopqr']) {
  test(`refuses the nonce ${JSON.stringify(nonce)}`, () => {
    assert.throws(() => webviewHtml({ ...page, nonce }), RangeError);
  });
}

for (const cspSource of ['', 'https://a; script-src *', 'https://a"b']) {
  test(`refuses the source ${JSON.stringify(cspSource)}`, () => {
    assert.throws(() => webviewHtml({ ...page, cspSource }), RangeError);
  });
}
