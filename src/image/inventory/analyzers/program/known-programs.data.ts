/** A product that is told by a version among the bytes of its program or library. */
export interface KnownProgram {
  /** The product's name, in lower case. */
  readonly name: string;
  /** The names of the files that are looked into. */
  readonly files: RegExp;
  /** What stands beside the version, byte by byte, and does not begin with NUL, which takes long to search for; what is between this place and `before` or `after` bytes from it is matched. */
  readonly needle: string;
  readonly before?: number;
  /** 80 when it is not said. */
  readonly after?: number;
  /** The version is the first group; several are numbers to be joined by dots. Bounded, so that no bytes make it slow. */
  readonly version: RegExp;
  /** What it was found out from and compared with: a whole program whose version is known (its own `--version`, or its Debian package's), or only an excerpt of one. */
  readonly checked: 'program' | 'excerpt';
}

/** Each byte is a character here, and a NUL ends what is a string in the program. */
export const knownPrograms: readonly KnownProgram[] = [
  // Languages
  { name: 'node', files: /^node(?:js)?$|^libnode\.so/, needle: 'nodejs.org/download/release/v', version: /\/v(\d{1,3}\.\d{1,3}\.\d{1,3})\//, checked: 'program' },
  { name: 'node', files: /^node(?:js)?$|^libnode\.so/, needle: 'node.js/v', version: /\/v(\d{1,3}\.\d{1,3}\.\d{1,3})\0/, checked: 'program' },
  { name: 'node', files: /^node(?:js)?$/, needle: 'moduleLoadList\0', before: 16, after: 16, version: /\0v(\d{1,3}\.\d{1,3}\.\d{1,3})\0moduleLoadList/, checked: 'excerpt' },
  { name: 'node', files: /^node(?:js)?$/, needle: 'node v0.', before: 1, version: /node v(0\.\d{1,2}\.\d{1,3})\0/, checked: 'excerpt' },
  { name: 'deno', files: /^deno$/, needle: 'Deno/', version: /Deno\/(\d{1,3}\.\d{1,3}\.\d{1,3})(?!\d)/, checked: 'excerpt' },
  { name: 'bun', files: /^bun$/, needle: 'Bun v', version: /Bun v(\d{1,3}\.\d{1,3}\.\d{1,3})[\0\n]/, checked: 'excerpt' },
  { name: 'python', files: /^python\d?(?:\.\d{1,2})?[a-z]{0,2}$|^libpython\d/, needle: 'Python %s\n', before: 64, after: 16, version: /\0(\d\.\d{1,2}\.\d{1,2}(?:(?:a|b|rc)\d{1,2})?\+?)\0/, checked: 'program' },
  { name: 'python', files: /^python\d?(?:\.\d{1,2})?[a-z]{0,2}$|^libpython\d/, needle: '%.80s (%.80s) %.80s\0', before: 24, after: 24, version: /\0(\d\.\d{1,2}\.\d{1,2}(?:(?:a|b|rc)\d{1,2})?\+?)\0/, checked: 'program' },
  { name: 'pypy', files: /^pypy\d?(?:\.\d{1,2})?$|^libpypy/, needle: '[PyPy ', version: /PyPy (\d{1,2}\.\d{1,2}\.\d{1,3})/, checked: 'program' },
  { name: 'ruby', files: /^ruby\d?(?:\.\d)?$|^libruby/, needle: 'ruby ', before: 1, version: /\0ruby (1\.\d\.\d{1,2}p\d{1,4}|\d\.\d{1,2}\.\d{1,2}(?:preview\d|rc\d)?)[p\d]{0,5} \(\d{4}-/, checked: 'program' },
  { name: 'perl', files: /^perl(?:5\.\d{1,2}\.\d{1,2})?$|^libperl\.so/, needle: '/5.', version: /^\/(5\.\d{1,2}\.\d{1,2})[\0/]/, checked: 'program' },
  { name: 'php', files: /^php(?:-fpm|-cgi|-cli)?\d{0,2}(?:\.\d)?$|^libphp\d?(?:\.\d)?\.so$|^mod_php/, needle: 'X-Powered-By: PHP/', version: /PHP\/(\d{1,2}\.\d{1,2}\.\d{1,3}(?:alpha\d|beta\d|RC\d{1,2})?)/, checked: 'program' },
  { name: 'lua', files: /^luac?-?\d?(?:\.\d)?$|^liblua-?\d?(?:\.\d)?\.so/, needle: '$LuaVersion: Lua ', version: /Lua (\d\.\d\.\d{1,2}(?:-[a-z]{2,5}\d)?)/, checked: 'program' },
  { name: 'lua', files: /^luac?-?\d?(?:\.\d)?$|^liblua-?\d?(?:\.\d)?\.so/, needle: '$Lua: Lua ', version: /Lua (\d\.\d\.\d{1,2}) Copyright/, checked: 'program' },
  { name: 'luajit', files: /^luajit|^libluajit/, needle: 'LuaJIT 2', version: /LuaJIT (2\.\d\.\d{1,12}(?:-beta\d)?)\0/, checked: 'program' },
  { name: 'erlang', files: /^beam(?:\.smp|\.jit)?$/, needle: 'Erlang/OTP ', before: 40, after: 240, version: /\0(\d{2}(?:\.\d{1,3}){1,4})\0/, checked: 'program' },
  { name: 'erlang', files: /^beam(?:\.smp|\.jit)?$|^erlexec$/, needle: '/otp_src_', version: /otp_src_(\d{2}(?:\.\d{1,3}){1,4})\//, checked: 'excerpt' },
  { name: 'julia', files: /^libjulia-internal\.so|^julia$/, needle: 'branch\0commit\0', before: 20, after: 4, version: /\0(\d\.\d{1,2}\.\d{1,2}(?:-(?:alpha|beta|rc)\d{1,2})?)\0branch/, checked: 'excerpt' },
  { name: 'dart', files: /^dart$/, needle: ' (stable) (', before: 16, after: 24, version: /\0(\d{1,2}\.\d{1,2}\.\d{1,2}) \(stable\) \([A-Z][a-z]{2} /, checked: 'excerpt' },
  { name: 'rust', files: /^rustc$|^libstd-[0-9a-f]{16}\.so$/, needle: 'rustc version ', version: /rustc version (\d\.\d{1,3}\.\d{1,2}(?:-(?:nightly|beta(?:\.\d{1,2})?))?) \(/, checked: 'program' },
  { name: 'ghc', files: /^ghc(?:-\d[\d.]{0,12})?$/, needle: 'GHC ', before: 1, version: /\0GHC (\d{1,2}\.\d{1,2}\.\d{1,2})\0/, checked: 'excerpt' },
  { name: 'gcc', files: /^(?:[a-z0-9_]{1,20}-[a-z0-9-]{1,40}-)?(?:gcc|g\+\+|cpp|c\+\+|cc)(?:-\d{1,2})?$/, needle: 'gcc version %s %s', before: 100, after: 20, version: /\0(\d{1,2}\.\d{1,2}\.\d{1,2})\0/, checked: 'program' },
  { name: 'clang', files: /^clang(?:-\d{1,2})?$|^libclang-cpp\.so/, needle: 'clang -cc1 version ', version: /version (\d{1,2}\.\d{1,2}\.\d{1,2})/, checked: 'program' },

  // Servers
  { name: 'nginx', files: /^nginx(?:-debug)?$/, needle: 'nginx version: nginx/', version: /nginx\/(\d{1,2}\.\d{1,3}\.\d{1,3})/, checked: 'program' },
  { name: 'openresty', files: /^nginx$|^openresty$/, needle: 'nginx version: openresty/', version: /openresty\/(\d{1,2}\.\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)/, checked: 'excerpt' },
  { name: 'httpd', files: /^httpd$|^apache2$/, needle: 'Apache/2', version: /Apache\/(2\.\d{1,2}\.\d{1,3})(?!\d)/, checked: 'program' },
  { name: 'haproxy', files: /^haproxy$/, needle: 'HAProxy version follows\0', before: 80, after: 32, version: /\0(\d\.\d{1,2}(?:\.\d{1,3}|-dev\d{1,3}))[^\0]{0,40}\0{1,20}HAProxy version follows/, checked: 'program' },
  { name: 'haproxy', files: /^haproxy$/, needle: 'HA-Proxy version 1', version: /version (1\.\d{1,2}\.\d{1,3}) \d{4}\//, checked: 'excerpt' },
  { name: 'haproxy', files: /^haproxy$/, needle: ', released 20', before: 60, after: 24, version: /version (\d\.\d{1,2}\.\d{1,3})[^,\0]{0,40}, released 20/, checked: 'program' },
  { name: 'lighttpd', files: /^lighttpd$/, needle: 'lighttpd/1', version: /lighttpd\/(1\.\d{1,2}\.\d{1,3})/, checked: 'program' },
  { name: 'varnish', files: /^varnishd$/, needle: 'varnish-', before: 1, version: /varnish-(\d{1,2}\.\d{1,2}\.\d{1,2}) revision/, checked: 'program' },
  { name: 'squid', files: /^squid$/, needle: 'squid/', before: 1, version: /squid\/(\d{1,2}\.\d{1,2}(?:\.\d{1,2}){0,2})\0/, checked: 'program' },
  { name: 'fluent-bit', files: /^fluent-bit$/, needle: '%sFluent Bit v%s%s', before: 40, after: 24, version: /\0(\d\.\d{1,2}\.\d{1,2})\0/, checked: 'excerpt' },
  { name: 'fluent-bit', files: /^fluent-bit$/, needle: 'Fluent Bit v%s\n', before: 16, after: 24, version: /\0(\d\.\d{1,2}\.\d{1,2})\0/, checked: 'excerpt' },
  { name: 'redis', files: /^redis-(?:server|sentinel|check-rdb|check-aof)$/, needle: '000000000\0', before: 110, after: 10, version: /(\d{1,2}\.\d{1,2}\.\d{1,2}?)(?:[0-9a-f]{12}-|[A-Za-z][\w.-]{0,70}-)?1\d{9}0{9}\0$/, checked: 'program' },
  { name: 'redis', files: /^redis-server$/, needle: 'Server started, Redis version ', version: /version (\d\.\d{1,2}\.\d{1,3})\0/, checked: 'excerpt' },
  { name: 'valkey', files: /^valkey-(?:server|sentinel|check-rdb|check-aof)$/, needle: '000000000\0', before: 110, after: 10, version: /valkey(\d{1,2}\.\d{1,2}\.\d{1,2}?)(?:[0-9a-f]{12}-|[A-Za-z][\w.-]{0,70}-)?1\d{9}0{9}\0$/, checked: 'program' },
  { name: 'memcached', files: /^memcached$/, needle: 'memcached ', before: 1, version: /memcached (\d\.\d{1,2}\.\d{1,3})/, checked: 'program' },
  { name: 'postgresql', files: /^(?:postgres|psql|pg_[a-z]{3,20})$/, needle: 'PostgreSQL ', after: 120, version: /^PostgreSQL (\d{1,2}(?:(?:\.\d{1,2}){1,2}|(?:alpha|beta|rc)\d)?(?:(?:alpha|beta|rc)\d)?) (?:\([^)\0]{1,60}\)(?: on |\0)|on )/, checked: 'program' },
  { name: 'pgbouncer', files: /^pgbouncer$/, needle: 'PgBouncer ', version: /PgBouncer (1\.\d{1,2}\.\d{1,2})/, checked: 'program' },
  { name: 'mariadb', files: /^(?:mariadb|mariadbd|mysqld?|mariadb-[a-z-]{3,20})$/, needle: '-MariaDB', before: 12, after: 16, version: /(?:^|\0)(\d{1,2}\.\d{1,2}\.\d{1,3})-MariaDB/, checked: 'program' },
  { name: 'mariadb', files: /^(?:mariadb|mariadbd)$/, needle: '/debug/mariadb-', version: /mariadb-(\d{1,2}\.\d{1,2}\.\d{1,3})/, checked: 'excerpt' },
  { name: 'mysql', files: /^mysqld?$/, needle: '/mysql-', version: /\/mysql-(\d{1,2}\.\d{1,2}\.\d{1,3})\//, checked: 'excerpt' },
  { name: 'mysql', files: /^mysql$/, needle: 'mysql_real_escape_string_quote\0', before: 24, after: 40, version: /\0(\d{1,2}\.\d{1,2}\.\d{1,3})\0{1,16}mysql_real/, checked: 'excerpt' },
  { name: 'mongodb', files: /^mongod$/, needle: 'tcmalloc\0', before: 16, after: 16, version: /\0(\d\.\d\.\d{1,3})\0tcmalloc/, checked: 'excerpt' },
  { name: 'mongodb', files: /^mongod$/, needle: 'cppdefines\0', before: 16, after: 16, version: /\0(\d\.\d\.\d{1,3})\0cppdefines/, checked: 'excerpt' },
  { name: 'mongodb', files: /^mongod$/, needle: 'heap_size\0stack\0', before: 16, after: 24, version: /\0(\d\.\d\.\d{1,3})\0heap_size/, checked: 'excerpt' },
  { name: 'mosquitto', files: /^mosquitto$/, needle: 'mosquitto version %s', before: 24, after: 24, version: /\0(\d\.\d{1,2}\.\d{1,3})\0/, checked: 'program' },
  { name: 'unbound', files: /^unbound$/, needle: 'unbound ', before: 1, version: /unbound (1\.\d{1,2}\.\d{1,2})/, checked: 'program' },
  { name: 'dnsmasq', files: /^dnsmasq$/, needle: 'dnsmasq-', before: 1, version: /dnsmasq-(2\.\d{1,3}(?:rc\d)?)/, checked: 'program' },
  { name: 'exim', files: /^exim4?$/, needle: '<<eximversion>>', before: 16, after: 24, version: /\0(4\.\d{2}(?:\.\d{1,2})?)\0/, checked: 'program' },
  { name: 'dovecot', files: /^dovecot$/, needle: 'Dovecot v', version: /Dovecot v(\d\.\d{1,2}\.\d{1,3}(?:\.\d{1,2})?)/, checked: 'program' },
  { name: 'proftpd', files: /^proftpd$/, needle: 'ProFTPD Version ', version: /Version (1\.\d\.\d{1,2}(?:rc\d|[a-z])?)/, checked: 'program' },
  { name: 'coturn', files: /^turnserver$/, needle: 'Coturn-', version: /Coturn-(\d\.\d{1,2}\.\d{1,2})/, checked: 'program' },
  { name: 'icecast', files: /^icecast2?$/, needle: 'Icecast 2', version: /Icecast (2\.\d\.\d{1,2})/, checked: 'program' },
  { name: 'keepalived', files: /^keepalived$/, needle: 'Keepalived v', version: /v(\d\.\d{1,2}\.\d{1,2}) \(/, checked: 'program' },
  { name: 'dropbear', files: /^dropbear(?:multi)?$/, needle: 'SSH-2.0-dropbear_', version: /dropbear_(\d{4}\.\d{2})/, checked: 'program' },
  { name: 'openssh', files: /^(?:sshd?|sshd-session|ssh-(?:add|agent|keygen|keyscan)|scp|sftp)$/, needle: 'OpenSSH_', before: 1, version: /OpenSSH_(\d{1,2}\.\d{1,2}p\d)/, checked: 'program' },
  { name: 'openldap', files: /^ldap[a-z]{3,8}$|^slapd$/, needle: '$OpenLDAP: ', version: /\$OpenLDAP: [a-z]{1,16} (2\.\d\.\d{1,3})/, checked: 'excerpt' },

  // Tools
  { name: 'busybox', files: /^busybox(?:[.-][a-z0-9_]{1,12})?$|^\[$|^sh$/, needle: 'BusyBox v', version: /v(1\.\d{1,2}\.\d{1,2})/, checked: 'program' },
  { name: 'bash', files: /^bash$|^sh$/, needle: '@(#)Bash version ', version: /version (\d\.\d{1,2}\.\d{1,3})\(/, checked: 'program' },
  { name: 'curl', files: /^curl$/, needle: 'curl ', before: 1, version: /curl (\d\.\d{1,3}\.\d{1,3}) \(/, checked: 'program' },
  { name: 'wget', files: /^wget$/, needle: '1.', before: 1, after: 12, version: /\0(1\.\d{2}(?:\.\d{1,2})?)\0/, checked: 'program' },
  { name: 'git', files: /^git$/, needle: 'git/2.', version: /git\/(2\.\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\0/, checked: 'program' },
  { name: 'gnupg', files: /^gpgv?2?$/, needle: '@GPG@', after: 40, version: /\0(\d\.\d\.\d{1,2})\0/, checked: 'program' },
  { name: 'sudo', files: /^sudo$/, needle: 'Sudo version %s', after: 40, version: /\0(1\.\d{1,2}\.\d{1,2}(?:p\d)?)\0/, checked: 'program' },
  { name: 'jq', files: /^jq(?:-linux[a-z0-9-]{0,8})?$/, needle: 'DEBUG:', before: 12, after: 40, version: /\0(\d\.\d(?:\.\d)?(?:rc\d)?)\0{1,4}DEBUG:/, checked: 'program' },
  { name: 'ffmpeg', files: /^ff(?:mpeg|probe|play)$/, needle: '%s version ', version: /%s version (\d\.\d{1,2}(?:\.\d{1,2})?)(?![\d.])/, checked: 'program' },
  { name: 'ffmpeg', files: /^lib(?:av[a-z]{4,8}|swscale|swresample|postproc)(?:-[0-9a-f]{8})?\.so/, needle: 'FFmpeg version ', version: /version (\d\.\d{1,2}(?:\.\d{1,2})?)(?![\d.])/, checked: 'program' },
  { name: 'imagemagick', files: /^libMagickCore-|^(?:magick|convert|identify|mogrify)$/, needle: 'ImageMagick ', version: /ImageMagick (\d\.\d{1,2}\.\d{1,2}-\d{1,3}) /, checked: 'program' },
  { name: 'ghostscript', files: /^gs$|^libgs\.so/, needle: '/ghostscript/', version: /ghostscript\/(\d{1,2}\.\d{2}\.\d{1,2})\//, checked: 'program' },
  { name: 'openvpn', files: /^openvpn$/, needle: 'client-to-client\0', before: 16, after: 20, version: /\0(2\.\d\.\d{1,2})\0/, checked: 'program' },
  { name: 'tcpdump', files: /^tcpdump$/, needle: '%s version ', version: /version (\d\.\d{2}\.\d{1,2})/, checked: 'program' },
  { name: 'tor', files: /^tor$/, needle: '(on Tor ', version: /Tor (0\.\d\.\d{1,2}\.\d{1,3}) /, checked: 'program' },
  { name: 'xz', files: /^(?:xz|unxz|xzcat|lzma)$/, needle: 'xz (XZ Utils) ', version: /Utils\) (5\.\d\.\d{1,2}(?:alpha|beta)?)/, checked: 'program' },
  { name: 'zstd', files: /^zstd$/, needle: 'Zstandard CLI', before: 12, after: 20, version: /\0v(1\.\d\.\d{1,2})\0/, checked: 'program' },
  { name: 'tini', files: /^tini(?:-static|-amd64|-arm64)?$/, needle: 'tini version ', version: /version (0\.\d{1,2}\.\d{1,2})/, checked: 'program' },

  // Libraries, and programs with libraries inside
  { name: 'openssl', files: /^openssl$|^lib(?:ssl|crypto)\.so|^node(?:js)?$/, needle: 'OpenSSL ', version: /^OpenSSL (\d\.\d{1,2}\.\d{1,2}[a-z]{0,2}(?:-(?:alpha|beta|pre)\d{1,2})?)(?:-fips)?(?:\+quic)? {1,2}\d{1,2} [A-Z][a-z]{2} \d{4}/, checked: 'program' },
  { name: 'aws-lc', files: /^openssl$|^lib(?:ssl|crypto)\.so|^lib(?:ssl|crypto)-awslc/, needle: 'AWS-LC ', version: /AWS-LC (?:FIPS )?(\d\.\d{1,3}\.\d{1,3})\)/, checked: 'excerpt' },
  { name: 'curl', files: /^libcurl(?:-[a-z]{3,8})?\.so/, needle: 'libcurl/', version: /libcurl\/(\d\.\d{1,3}\.\d{1,3})\0/, checked: 'program' },
  { name: 'sqlite', files: /^libsqlite3\.so/, needle: '3.', before: 1, after: 12, version: /\0(3\.\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\0/, checked: 'program' },
  { name: 'sqlcipher', files: /^sqlcipher$|^libsqlcipher/, needle: 'sqlcipher_cipher_ctx_init: allocating context', before: 24, after: 48, version: /\0(\d\.\d{1,2}\.\d{1,2})\0/, checked: 'excerpt' },
  { name: 'zlib', files: /^libz\.so/, needle: ' inflate 1', version: /inflate (1\.\d{1,2}(?:\.\d{1,2}){0,2}) Copyright/, checked: 'program' },
  { name: 'libxml2', files: /^libxml2\.so/, needle: '::2', after: 8, version: /::(2)(\d\d)(\d\d)\0/, checked: 'program' },
  { name: 'expat', files: /^libexpatw?\.so/, needle: 'expat_2', version: /expat_(2\.\d{1,2}\.\d{1,2})\0/, checked: 'program' },
  { name: 'libpng', files: /^libpng\d{0,2}\.so/, needle: 'libpng version ', version: /version (1\.\d\.\d{1,3})(?:\0| )/, checked: 'program' },
  { name: 'libjpeg-turbo', files: /^libjpeg\.so|^libturbojpeg\.so/, needle: 'libjpeg-turbo version ', version: /version (\d\.\d{1,2}(?:\.\d{1,2})?)/, checked: 'program' },
  { name: 'xz', files: /^liblzma\.so/, needle: '5.', before: 1, after: 16, version: /\0(5\.\d\.\d{1,2}(?:alpha|beta)?)\0/, checked: 'program' },
  { name: 'bzip2', files: /^libbz2\.so|^b(?:un)?zip2$/, needle: '1.0.', before: 1, version: /\0(1\.0\.\d), \d{1,2}-[A-Z][a-z]{2}-\d{4}/, checked: 'program' },
  { name: 'zstd', files: /^libzstd\.so/, needle: '1.', before: 1, after: 10, version: /[^\d.](1\.\d\.\d{1,2})\0/, checked: 'program' },
  { name: 'lz4', files: /^liblz4\.so/, needle: '1.', before: 1, after: 12, version: /\0(1\.\d{1,2}\.\d{1,2})\0/, checked: 'program' },
  { name: 'libarchive', files: /^libarchive\.so|^bsd(?:tar|cpio|cat|unzip)$/, needle: 'libarchive ', before: 1, version: /libarchive (3\.\d{1,2}\.\d{1,2})/, checked: 'program' },
  { name: 'gnutls', files: /^libgnutls\.so/, needle: 'Enabled GnuTLS ', version: /GnuTLS (3\.\d{1,2}\.\d{1,2})/, checked: 'program' },
  { name: 'libgcrypt', files: /^libgcrypt\.so/, needle: 'This is Libgcrypt ', version: /Libgcrypt (1\.\d{1,2}\.\d{1,2})/, checked: 'program' },
  { name: 'mbedtls', files: /^libmbed(?:crypto|tls|x509)\.so/, needle: 'bed TLS ', version: /TLS (\d\.\d{1,2}\.\d{1,2})\0/, checked: 'program' },
  { name: 'libssh', files: /^libssh\.so/, needle: 'SSH-2.0-libssh_', version: /libssh_(0\.\d{1,2}\.\d{1,2})/, checked: 'program' },
  { name: 'libssh2', files: /^libssh2\.so/, needle: 'SSH-2.0-libssh2_', version: /libssh2_(1\.\d{1,2}\.\d{1,2})/, checked: 'program' },
  { name: 'pcre2', files: /^libpcre2-/, needle: '10.', before: 1, after: 24, version: /\0(10\.\d{2}) \d{4}-\d\d-\d\d/, checked: 'program' },
  { name: 'libpcap', files: /^libpcap\.so/, needle: 'libpcap version ', version: /version (1\.\d{1,2}\.\d{1,2})/, checked: 'program' },
  { name: 'libevent', files: /^libevent(?:_core)?-\d/, needle: '-stable\0', before: 12, after: 8, version: /\0(2\.\d\.\d{1,2})-stable/, checked: 'program' },
  { name: 'krb5', files: /^libkrb5\.so/, needle: 'KRB5_BRAND: krb5-', version: /krb5-(1\.\d{1,2}(?:\.\d{1,2})?)-/, checked: 'program' },
  { name: 'heimdal', files: /^libkrb5\.so|^libkrb5-samba4/, needle: '$Version: Heimdal ', version: /Heimdal (\d\.\d{1,2}\.\d{1,2})/, checked: 'excerpt' },
  { name: 'qt', files: /^libQt\dCore\.so|^libQtCore\.so/, needle: 'Qt ', before: 1, version: /Qt (\d\.\d{1,2}\.\d{1,2}) \(/, checked: 'excerpt' },
  { name: 'glibc', files: /^libc\.so\.6$|^libc-2\.\d{2}\.so$/, needle: 'GNU C Library ', after: 160, version: /release version (2\.\d{2}(?:\.\d{1,2})?)[.,]/, checked: 'program' },
  { name: 'musl', files: /^ld-musl-|^libc\.so$|^libc\.musl-/, needle: '/proc/self/fd/\0', version: /fd\/\0(1\.\d\.\d{1,2})\0/, checked: 'program' },
];
