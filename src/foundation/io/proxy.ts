import { BlockList, isIP, isIPv4 } from 'node:net';
import { HttpError } from './http.ts';
import { isLoopbackHost } from './loopback.ts';

export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Returns the proxy to reach an https `url` through, or undefined for a direct connection. HTTPS_PROXY, then ALL_PROXY, in either case; NO_PROXY is a comma-separated list of
 * hosts, domains (`.example.com`, `*.example.com`, `example.com` all cover subdomains), `host:port`, IP addresses, IPv4 ranges in CIDR form, or `*`. This machine is never asked for by proxy.
 * @throws {HttpError} 'malformed' when the proxy's address makes no sense
 */
export function proxyFor(url: URL, environment: ProxyEnvironment): URL | undefined {
  const text = firstSet(environment, ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']);
  if (text === undefined || isLoopbackHost(url.hostname)) return undefined;
  if (isExempt(url, firstSet(environment, ['no_proxy', 'NO_PROXY']) ?? '')) return undefined;
  const proxy = URL.parse(text.includes('://') ? text : `http://${text}`);
  if (proxy === null || (proxy.protocol !== 'http:' && proxy.protocol !== 'https:')) {
    // The value may hold a password: it is not repeated.
    throw new HttpError('malformed', 'HTTPS_PROXY is not an http:// or https:// address; correct it or unset it');
  }
  return proxy;
}

function firstSet(environment: ProxyEnvironment, names: readonly string[]): string | undefined {
  return names.map((name) => environment[name]?.trim()).find((value) => value !== undefined && value !== '');
}

function isExempt(url: URL, noProxy: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port === '' ? '443' : url.port;
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => matchesEntry(entry.toLowerCase(), host, port));
}

function matchesEntry(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const range = /^([\d.]+)\/(\d{1,2})$/.exec(entry);
  if (range?.[1] !== undefined) return isInRange(host, range[1], Number(range[2]));
  const withPort = /^(.*[^:]):(\d{1,5})$/.exec(entry);
  // A bare IPv6 address ends in digits after a colon too.
  if (withPort !== null && isIP(entry) === 0 && withPort[2] !== port) return false;
  const name = (withPort !== null && isIP(entry) === 0 ? (withPort[1] ?? '') : entry).replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
  return host === name || host.endsWith(`.${name}`);
}

function isInRange(host: string, network: string, bits: number): boolean {
  if (!isIPv4(host) || !isIPv4(network) || bits > 32) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, 'ipv4');
  return list.check(host, 'ipv4');
}
