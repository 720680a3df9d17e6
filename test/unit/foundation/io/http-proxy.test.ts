import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLoopbackHost } from '../../../../src/foundation/io/loopback.ts';
import { proxyFor } from '../../../../src/foundation/io/proxy.ts';

const viaProxy = (url: string, environment: Readonly<Record<string, string>>) => proxyFor(new URL(url), environment)?.href;

test('which hosts NO_PROXY keeps from the proxy', () => {
  for (const [noProxy, host, exempt] of [
    ['', 'example.com', false],
    ['*', 'example.com', true],
    ['example.com', 'example.com', true],
    ['EXAMPLE.com', 'a.b.example.com', true],
    ['.example.com', 'a.example.com', true],
    ['*.example.com', 'a.example.com', true],
    ['example.com', 'notexample.com', false],
    ['example.com:443', 'example.com', true],
    ['example.com:8443', 'example.com', false],
    ['example.com:8443', 'example.com:8443', true],
    ['a.io, b.io c.io', 'c.io', true],
    ['10.0.0.0/8', '10.20.30.40', true],
    ['10.0.0.0/8', '11.20.30.40', false],
    ['10.0.0.0/99', '10.20.30.40', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['2001:db8::1', '[2001:db8::1]', true],
    ['[2001:db8::1]:443', '[2001:db8::1]', true],
    [',,', 'example.com', false],
  ] as const) {
    assert.equal(
      viaProxy(`https://${host}/`, { HTTPS_PROXY: 'http://p:1', NO_PROXY: noProxy }),
      exempt ? undefined : 'http://p:1/',
      `${noProxy} ${host}`,
    );
  }
});

test('where the proxy is named, and that this machine needs none', () => {
  assert.equal(viaProxy('https://example.com/', {}), undefined);
  assert.equal(viaProxy('https://example.com/', { https_proxy: '' }), undefined);
  assert.equal(viaProxy('https://example.com/', { ALL_PROXY: 'p:1' }), 'http://p:1/');
  assert.equal(viaProxy('https://example.com/', { https_proxy: 'https://a:1', HTTPS_PROXY: 'http://b:1' }), 'https://a:1/');
  assert.equal(viaProxy('https://127.0.0.1/', { HTTPS_PROXY: 'p:1' }), undefined);
});

test('what is this machine', () => {
  for (const host of ['localhost', 'LOCALHOST', '127.0.0.1', '127.255.1.2', '::1', '[::1]']) assert.equal(isLoopbackHost(host), true, host);
  for (const host of ['', 'example.com', '128.0.0.1', '127.example.com', 'localhost.example.com', '::2', '0.0.0.0', '127.0.0.1.nip.io'])
    assert.equal(isLoopbackHost(host), false, host);
});
