import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import type { KnownProgram } from '../../../../../../src/image/inventory/analyzers/program/known-programs.data.ts';
import { knownPrograms } from '../../../../../../src/image/inventory/analyzers/program/known-programs.data.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/program/known-programs.ts';
import { needs } from '../../../../../setup/needs.ts';
import { needsSharedData, sharedData } from '../../../../../support/shared-data.ts';
import { temporaryDirectory } from '../../../../../support/temporary-directory.ts';
import { elfFile, readProgram, summarize } from './support.ts';

/** File name, bytes among others, product, version. Every entry of the table has one at least. */
const samples: readonly (readonly [file: string, bytes: string, product: string, version: string])[] = [
  ['node', 'https://nodejs.org/download/release/v24.21.0/node-v24.21.0.tar.gz', 'node', '24.21.0'],
  ['libnode.so.108', 'node.js/v18.20.4\0', 'node', '18.20.4'],
  ['node', '\0v4.9.1\0moduleLoadList\0', 'node', '4.9.1'],
  ['node', '\0node v0.10.48\0', 'node', '0.10.48'],
  ['deno', 'denover2.9.2+356c132Deno/2.9.2Deno/2.9.2+356c132', 'deno', '2.9.2'],
  ['bun', '\0Bun v1.3.5\0', 'bun', '1.3.5'],
  ['python3.13', '\x003.13.5\0strict\0<prefix>/lib/pythonX.X\0Python %s\n\0', 'python', '3.13.5'],
  ['libpython3.7m.so.1.0', '\x003.7.4rc1\0%.80s (%.80s) %.80s\0', 'python', '3.7.4rc1'],
  ['libpypy3.9-c.so', '[PyPy 7.3.11 with ', 'pypy', '7.3.11'],
  ['libruby.so.3.3', '\0ruby 3.3.8 (2025-04-09 revision b200bad6cd) [x86_64-linux-gnu]\0', 'ruby', '3.3.8'],
  ['ruby', '\0ruby 2.7.8p225 (2023-03-30 revision 1f4d455848)', 'ruby', '2.7.8'],
  ['ruby', '\0ruby 1.9.3p551 (2014-11-13 revision 48407)', 'ruby', '1.9.3p551'],
  ['perl', '/usr/local/lib/perl5/5.38.2/x86_64-linux-gnu\0', 'perl', '5.38.2'],
  ['php8.2', 'X-Powered-By: PHP/8.2.36\0', 'php', '8.2.36'],
  ['lua5.4', '$LuaVersion: Lua 5.4.4  Copyright (C)', 'lua', '5.4.4'],
  ['liblua5.1.so.0', '$Lua: Lua 5.1.5 Copyright (C) 1994-2012', 'lua', '5.1.5'],
  ['luajit', 'LuaJIT 2.1.0-beta3\0', 'luajit', '2.1.0-beta3'],
  ['beam.smp', 'Erlang/OTP 25%s [erts-13.1.5] [source]\n\0\x0025.2.3\0', 'erlang', '25.2.3'],
  ['beam.smp', '\x0026.1.2\0\0\0\0Erlang/OTP 26%s [erts-14.1.1]', 'erlang', '26.1.2'],
  ['erlexec', '/usr/src/otp_src_27.0/erts/lib_src', 'erlang', '27.0'],
  ['libjulia-internal.so.1.12.6', '\x001.12.6\0branch\0commit\0', 'julia', '1.12.6'],
  ['dart', '\x003.5.2 (stable) (Wed Aug 28 10:01:20 2024', 'dart', '3.5.2'],
  ['rustc', 'rustc version 1.95.0 (59807616e 2026-04-14)', 'rust', '1.95.0'],
  ['ghc-9.6.5', '\0GHC 9.6.5\0', 'ghc', '9.6.5'],
  ['x86_64-linux-gnu-gcc-12', '\x0012.2.0\0(Debian 12.2.0-14) \0gcc version %s %s\n', 'gcc', '12.2.0'],
  ['libclang-cpp.so.14', 'clang -cc1 version 14.0.6', 'clang', '14.0.6'],
  ['nginx', 'nginx version: nginx/1.22.1\n', 'nginx', '1.22.1'],
  ['nginx', 'nginx version: openresty/1.21.4.3\n', 'openresty', '1.21.4.3'],
  ['httpd', 'Apache/2.4.54\0', 'httpd', '2.4.54'],
  ['haproxy', '\x002.7.3-1065b10\0\0\0HAProxy version follows\0', 'haproxy', '2.7.3'],
  ['haproxy', 'HA-Proxy version 1.8.22 2019/10/25\n', 'haproxy', '1.8.22'],
  ['haproxy', ' version 2.0.0, released 2019/06/16\n', 'haproxy', '2.0.0'],
  ['lighttpd', 'lighttpd/1.4.69\0', 'lighttpd', '1.4.69'],
  ['varnishd', '\0varnish-7.1.1 revision 7cee1c', 'varnish', '7.1.1'],
  ['squid', '\0squid/5.7\0', 'squid', '5.7'],
  ['fluent-bit', '\x003.0.2\0%sFluent Bit v%s%s\n\0', 'fluent-bit', '3.0.2'],
  ['fluent-bit', '\x002.2.1\0\0\0Fluent Bit v%s\n\0', 'fluent-bit', '2.2.1'],
  ['redis-server', 'A7.0.151790282056000000000\0', 'redis', '7.0.15'],
  ['redis-server', '\x007.0.11790282056000000000\0', 'redis', '7.0.1'],
  ['redis-server', '\x004.0.11841ce7054bd9-1542359302000000000\0', 'redis', '4.0.11'],
  ['redis-server', 'Server started, Redis version 2.8.23\0', 'redis', '2.8.23'],
  ['valkey-server', '\0valkey9.0.0buildkitsandbox-1764887574000000000\0', 'valkey', '9.0.0'],
  ['memcached', '\0memcached 1.6.18\0', 'memcached', '1.6.18'],
  ['postgres', 'PostgreSQL 15.20 (Debian 15.20-0+deb12u1) on x86_64-pc-linux-gnu, compiled', 'postgresql', '15.20'],
  ['postgres', 'PostgreSQL 9.5alpha1 on x86_64-unknown-linux-gnu, compiled', 'postgresql', '9.5alpha1'],
  ['pgbouncer', 'PgBouncer 1.18.0\n', 'pgbouncer', '1.18.0'],
  ['mariadbd', '\x0010.11.19-MariaDB\0', 'mariadb', '10.11.19'],
  ['mariadb', '/usr/src/debug/mariadb-11.8.5-2-redhat-x86_64/', 'mariadb', '11.8.5'],
  ['mysqld', '../../mysql-9.7.0/sql/log.cc\0', 'mysql', '9.7.0'],
  ['mysql', '\x008.0.37\0\0\0mysql_real_escape_string_quote\0', 'mysql', '8.0.37'],
  ['mongod', '\x006.0.27\0tcmalloc\0', 'mongodb', '6.0.27'],
  ['mongod', '\x008.0.17\0cppdefines\0', 'mongodb', '8.0.17'],
  ['mongod', '\x007.0.28\0heap_size\0stack\0', 'mongodb', '7.0.28'],
  ['mosquitto', '\x002.0.11\0mosquitto version %s\n', 'mosquitto', '2.0.11'],
  ['unbound', '\0unbound 1.17.1\0', 'unbound', '1.17.1'],
  ['dnsmasq', '\0dnsmasq-2.90\0', 'dnsmasq', '2.90'],
  ['exim4', '\x004.96\0<<eximversion>>\0', 'exim', '4.96'],
  ['dovecot', 'Dovecot v2.3.19.1 (9b53102964) starting', 'dovecot', '2.3.19.1'],
  ['proftpd', 'ProFTPD Version 1.3.8b\0', 'proftpd', '1.3.8b'],
  ['turnserver', "Coturn-4.6.1 'Gorst'", 'coturn', '4.6.1'],
  ['icecast2', 'Icecast 2.4.4\0', 'icecast', '2.4.4'],
  ['keepalived', 'Keepalived v2.2.7 (01/16,2022)', 'keepalived', '2.2.7'],
  ['dropbear', 'SSH-2.0-dropbear_2022.83\r\n', 'dropbear', '2022.83'],
  ['sshd', '\0OpenSSH_2.*,OpenSSH_3.0*\0\0OpenSSH_9.2p1 Debian-2\0', 'openssh', '9.2p1'],
  ['ldapsearch', '@(#) $OpenLDAP: ldapsearch 2.6.10 (May 23', 'openldap', '2.6.10'],
  ['busybox', 'BusyBox v1.36.1 (2023-12-04 19:44:32 UTC)', 'busybox', '1.36.1'],
  ['bash', '@(#)Bash version 5.2.15(1) release GNU', 'bash', '5.2.15'],
  ['curl', '\0curl 7.88.1 (x86_64-pc-linux-gnu) %s', 'curl', '7.88.1'],
  ['wget', '\x001.21.3\0', 'wget', '1.21.3'],
  ['git', 'git/2.39.5\0', 'git', '2.39.5'],
  ['gpgv', '@GPG@v (GnuPG)\x002.2.40\0GNU/Linux\0', 'gnupg', '2.2.40'],
  ['sudo', 'Sudo version %s\n\x001.9.13p3\0', 'sudo', '1.9.13p3'],
  ['jq', '\x001.7.1\0DEBUG:\0\0', 'jq', '1.7.1'],
  ['ffmpeg', '%s version 5.1.9-0+deb12u1\0', 'ffmpeg', '5.1.9'],
  ['libavcodec.so.59', 'FFmpeg version 5.1.4\0', 'ffmpeg', '5.1.4'],
  ['libMagickCore-6.Q16.so.6', 'ImageMagick 6.9.11-60 Q16 x86_64', 'imagemagick', '6.9.11-60'],
  ['libgs.so.10', '/usr/share/ghostscript/10.00.0/Resource', 'ghostscript', '10.00.0'],
  ['openvpn', '\x002.6.14\0client-to-client\0', 'openvpn', '2.6.14'],
  ['tcpdump', '%s version 4.99.3\n', 'tcpdump', '4.99.3'],
  ['tor', ' (on Tor 0.4.9.11 )', 'tor', '0.4.9.11'],
  ['xz', 'xz (XZ Utils) 5.6.2\n', 'xz', '5.6.2'],
  ['zstd', '\0v1.5.6\0Zstandard CLI\0', 'zstd', '1.5.6'],
  ['tini', 'tini version 0.19.0\0', 'tini', '0.19.0'],
  ['libcrypto.so.3', 'OPENSSL_3.0.9\0OpenSSL 3.0.22 25 Aug 2026\0', 'openssl', '3.0.22'],
  ['openssl', 'OpenSSL 1.1.1w  11 Sep 2023\0', 'openssl', '1.1.1w'],
  ['libcrypto.so.1.0.2k', 'OpenSSL 1.0.2k-fips  26 Jan 2017\0', 'openssl', '1.0.2k'],
  ['openssl', 'OpenSSL 1.1.1 (compatible; AWS-LC 1.69.0)\0', 'aws-lc', '1.69.0'],
  ['libcurl.so.4', 'libcurl/7.88.1\0', 'curl', '7.88.1'],
  ['libsqlite3.so.0', '\x003.40.1\0', 'sqlite', '3.40.1'],
  ['sqlcipher', '\x004.5.5\0%s %s\0sqlcipher_cipher_ctx_init: allocating context\n', 'sqlcipher', '4.5.5'],
  ['libz.so.1', ' inflate 1.2.11 Copyright 1995-2017', 'zlib', '1.2.11'],
  ['libxml2.so.2', '::20914\0', 'libxml2', '2.9.14'],
  ['libexpat.so.1', 'expat_2.5.0\0', 'expat', '2.5.0'],
  ['libpng16.so.16', 'libpng version 1.6.39\0', 'libpng', '1.6.39'],
  ['libjpeg.so.62', 'libjpeg-turbo version 2.1.5 (build', 'libjpeg-turbo', '2.1.5'],
  ['liblzma.so.5', '\x005.4.1\0', 'xz', '5.4.1'],
  ['libbz2.so.1.0', '\x001.0.8, 13-Jul-2019\0', 'bzip2', '1.0.8'],
  ['libzstd.so.1', '\x851.5.4\0', 'zstd', '1.5.4'],
  ['liblz4.so.1', '\x001.9.4\0', 'lz4', '1.9.4'],
  ['libarchive.so.13', '\0libarchive 3.6.2\0', 'libarchive', '3.6.2'],
  ['libgnutls.so.30', 'Enabled GnuTLS 3.7.9 logging', 'gnutls', '3.7.9'],
  ['libgcrypt.so.20', 'This is Libgcrypt 1.10.1 - The', 'libgcrypt', '1.10.1'],
  ['libmbedcrypto.so.7', 'mbed TLS 2.28.3\0', 'mbedtls', '2.28.3'],
  ['libssh.so.4', 'SSH-2.0-libssh_0.10.6\0', 'libssh', '0.10.6'],
  ['libssh2.so.1', 'SSH-2.0-libssh2_1.10.0\0', 'libssh2', '1.10.0'],
  ['libpcre2-8.so.0', '\x0010.42 2022-12-11\0', 'pcre2', '10.42'],
  ['libpcap.so.1', 'libpcap version 1.10.3 (with', 'libpcap', '1.10.3'],
  ['libevent-2.1.so.7', '\x002.1.12-stable\0', 'libevent', '2.1.12'],
  ['libkrb5.so.3', 'KRB5_BRAND: krb5-1.20.1-final 1.20.1', 'krb5', '1.20.1'],
  ['libkrb5.so.26', '@(#)$Version: Heimdal 7.8.0 $\0', 'heimdal', '7.8.0'],
  ['libQt6Core.so.6', '\0Qt 6.5.0 (x86_64-little_endian', 'qt', '6.5.0'],
  ['libc.so.6', 'GNU C Library (Debian GLIBC 2.36-9+deb12u14) stable release version 2.36.\n', 'glibc', '2.36'],
  ['ld-musl-x86_64.so.1', '/proc/self/fd/\x001.2.3\0', 'musl', '1.2.3'],
];

const toFile = (text: string): Buffer => elfFile(Buffer.from(`some\0${text}\0other bytes\0`.padEnd(600, 'x'), 'latin1'));

test('each entry of the table tells its product and version', () => {
  for (const [file, bytes, product, version] of samples)
    assert.deepEqual(
      summarize(readProgram(analyzer, `opt/${file}`, toFile(bytes)).value.packages),
      [`generic ${product} ${version}`],
      `${file}: ${bytes}`,
    );
  const tells = ({ name, files, needle, before = 0, after = 80, version }: KnownProgram): boolean =>
    samples.some(([file, bytes, product]) => {
      const text = `\0${bytes}\0`;
      const places = Array.from(text, (_, at) => at).filter((at) => text.startsWith(needle, at));
      return (
        product === name &&
        files.test(file) &&
        places.some((at) => version.test(text.slice(Math.max(0, at - before), at + Math.max(needle.length, after))))
      );
    });
  const untested = knownPrograms.filter((entry) => !tells(entry));
  assert.deepEqual(
    untested.map(({ name, needle }) => `${name} ${needle}`),
    [],
  );
});

test('the same bytes in a file of another name say nothing', () => {
  for (const [, bytes] of samples) assert.deepEqual(readProgram(analyzer, 'opt/other', toFile(bytes)).value.packages ?? [], []);
});

test('a program with a library inside names both, and each once', () => {
  const file = toFile('node.js/v18.1.0\0\0node.js/v18.1.0\0OpenSSL 3.0.2 15 Mar 2022\0nodejs.org/download/release/v18.1.0/');
  assert.deepEqual(summarize(readProgram(analyzer, 'usr/local/bin/node', file).value.packages), ['generic node 18.1.0', 'generic openssl 3.0.2']);
});

test('what is no version says nothing', () => {
  for (const [file, bytes] of [
    ['nginx', 'nginx version: nginx/\0'],
    ['sshd', '\0OpenSSH_3.*,OpenSSH_9.*\0'],
    ['libxml2.so.2', '::2091x\0'],
    ['openssl', 'OpenSSL 3.0 legacy provider'],
  ] as const)
    assert.deepEqual(readProgram(analyzer, file, toFile(bytes)).value.packages, [], bytes);
});

test('however a program is cut into pieces, the same is read from it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...samples),
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }),
      ([file, bytes, product, version], pieces) => {
        assert.deepEqual(summarize(readProgram(analyzer, file, toFile(bytes), [4000, ...pieces]).value.packages), [`generic ${product} ${version}`]);
      },
    ),
    { numRuns: 200 },
  );
});

test('no bytes make a pattern slow or throw', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...knownPrograms),
      fc.array(fc.constantFrom('1', '9', '.', '0', '\0', 'a', '-', ' ', '('), { maxLength: 200 }),
      ({ needle, version }, characters) => {
        version.exec(`${characters.join('')}${needle}${characters.join('').repeat(3)}`);
      },
    ),
    { numRuns: 500 },
  );
});

/** Folders of excerpts of programs, by the product that they are of; those of other products that we know under no name are left out. */
const EXCERPTS = 'vectors/artefacts/syft-testdata.tar.zst';
const excerptFolders: Readonly<Record<string, string>> = {
  'aws-lc': 'aws-lc',
  bash: 'bash',
  bun: 'bun',
  busybox: 'busybox',
  deno: 'deno',
  ffmpeg: 'ffmpeg',
  'ffmpeg-shared-libs': 'ffmpeg',
  'fluent-bit': 'fluent-bit',
  'haskell-ghc': 'ghc',
  haproxy: 'haproxy',
  httpd: 'httpd',
  jq: 'jq',
  krb5: 'krb5',
  lighttpd: 'lighttpd',
  mariadb: 'mariadb',
  memcached: 'memcached',
  mongodb: 'mongodb',
  mysql: 'mysql',
  mysqld: 'mysql',
  nginx: 'nginx',
  'nginx-openresty': 'openresty',
  node: 'node',
  openldap: 'openldap',
  openssl: 'openssl',
  postgres: 'postgresql',
  proftpd: 'proftpd',
  python: 'python',
  'python-shared-lib': 'python',
  qt: 'qt',
  'redis-server': 'redis',
  ruby: 'ruby',
  sqlcipher: 'sqlcipher',
  'valkey-server': 'valkey',
  xz: 'xz',
  zstd: 'zstd',
};
/** Excerpts that lack what we go by, or builds before a release, whose version has more to it. */
const excerptsLeftOut = /deno\/1\.[123]\d?\.|fluent-bit\/1\.7\.0-dev|haskell-ghc\/[78]\.|node\/0\.12\.|qt\/4\./;

test('excerpts of real programs', { ...needs('archivers'), ...needsSharedData(EXCERPTS) }, (t) => {
  const folder = temporaryDirectory(t);
  const home = 'syft/pkg/cataloger/binary/testdata/classifiers/snippets';
  execFileSync('tar', ['-I', 'zstd', '-xf', sharedData(EXCERPTS) ?? '', '-C', folder, `./${home}`]);
  const wrong: string[] = [];
  let count = 0;
  for (const [product, name] of Object.entries(excerptFolders)) {
    for (const relative of readdirSync(path.join(folder, home, product), { recursive: true, encoding: 'utf8' })) {
      const label = `${product}/${relative}`;
      const bytes = excerptOf(path.join(folder, home, label));
      if (bytes === undefined || excerptsLeftOut.test(label)) continue;
      const version = relative.split('/')[0] ?? '';
      const found = summarize(readProgram(analyzer, path.basename(label), elfFile(bytes)).value.packages);
      count++;
      if (!found.includes(`generic ${name} ${version}`)) wrong.push(`${label}: ${found.join(', ')}`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(count > 60, `${count} excerpts`);
});

/** Returns the bytes after the lines that describe an excerpt; undefined for a folder or another kind of file. */
function excerptOf(file: string): Buffer | undefined {
  try {
    const whole = readFileSync(file);
    const mark = '### byte snippet to follow ###\n';
    const at = whole.indexOf(mark);
    return at < 0 ? undefined : whole.subarray(at + mark.length);
  } catch {
    return undefined;
  }
}
