const IPV4_LOOPBACK = /^127(?:\.\d{1,3}){3}$/;

/** True when `hostname` (no port; IPv6 with or without brackets) names this machine: localhost, 127.0.0.0/8, ::1. Only there is plain http spoken. */
export function isLoopbackHost(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  return name === 'localhost' || name === '::1' || name === '0:0:0:0:0:0:0:1' || IPV4_LOOPBACK.test(name);
}
