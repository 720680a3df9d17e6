/** One risk that lint is there to catch. */
export interface CatalogueEntry {
  /** In a few words. */
  readonly risk: string;
  /** True for a security risk in a build: at least one of the rules is of medium severity or higher and offers a fix. */
  readonly isSecurity?: true;
  readonly rules: readonly string[];
  /** What the rules leave out on purpose, or where else the rest is done. */
  readonly note?: string;
}

export interface CatalogueGroup {
  readonly title: string;
  readonly entries: readonly CatalogueEntry[];
}

function security(risk: string, rules: string, note?: string): CatalogueEntry {
  return { ...hygiene(risk, rules, note), isSecurity: true };
}

function hygiene(risk: string, rules: string, note?: string): CatalogueEntry {
  return { risk, rules: rules.split(' '), ...(note === undefined ? {} : { note }) };
}

/** What lint has to catch: the floor, not the ceiling. A rule that is not in it has not been thought about. */
export const catalogue: readonly CatalogueGroup[] = [
  {
    title: '1 Base image and supply chain',
    entries: [
      security('FROM without a tag', 'PL1001'),
      security('the tag latest', 'PL1002'),
      hygiene('no digest', 'PL1003', 'the editor and `--fix` look the digest up where there is a network'),
      security('registry or repository that is not trusted', 'PL1004', 'silent until the configuration lists those that are'),
      security('base release past its end of life: Debian, Ubuntu, Alpine, CentOS, Fedora, Node.js, Python, Windows', 'PL1005 PL9025'),
      hygiene('constant --platform, or one that says nothing', 'PL1006 PL8016'),
      hygiene('argument in FROM that is undeclared or empty', 'PL1007'),
      security('COPY --from an external image without a tag', 'PL1008'),
      security('denied package or vendor', 'PL1009', 'silent until the configuration lists some'),
    ],
  },
  {
    title: '2 Privilege',
    entries: [
      security('container runs as root', 'PL2001 PL9024'),
      security('sudo', 'PL2002'),
      security('sudo without a password', 'PL2005'),
      security('chpasswd, literal passwords', 'PL2006'),
      security('account without a password, second account with uid 0', 'PL2007 PL2008'),
      security('world-writable files: chmod 777, a+rwx, --chmod', 'PL2003'),
      security('setuid and setgid bits', 'PL2004'),
      security('setcap', 'PL2009'),
      security('RUN --security=insecure, --network=host', 'PL2010'),
      security('socket of the container engine', 'PL2011'),
      security('WORKDIR or VOLUME on a system directory', 'PL2012'),
      hygiene('program owned or writable by the user that runs it', 'PL2013'),
      hygiene('USER by name', 'PL2014'),
      hygiene('useradd with a high id and without -l', 'PL2015'),
      security('SELinux, AppArmor, sysctl protections off', 'PL2016'),
    ],
  },
  {
    title: '3 Secrets',
    entries: [
      security('secret in ENV or ARG, by name and by value', 'PL3001 PL3002 PL3011'),
      security('literal token or key anywhere', 'PL3002'),
      security('credentials inside a URL', 'PL3003'),
      security('secret file copied', 'PL3004 PL3011'),
      security('whole context copied without a .dockerignore that keeps secrets out', 'PL3005'),
      security('secret removed in a later layer', 'PL3006'),
      security('credentials written to .npmrc, pip.conf, settings.xml and the like', 'PL3007'),
      security('secret mount that everybody may read', 'PL3008'),
      security('secret argument used in RUN', 'PL3009'),
      security('password in a command (beyond the catalogue)', 'PL3010'),
    ],
  },
  {
    title: '4 Transport turned off or weak',
    entries: [
      security('curl -k', 'PL4001'),
      security('wget --no-check-certificate', 'PL4002'),
      security('pip --trusted-host, PIP_TRUSTED_HOST', 'PL4003'),
      security('PYTHONHTTPSVERIFY=0', 'PL4007'),
      security('NODE_TLS_REJECT_UNAUTHORIZED=0', 'PL4004'),
      security('npm, yarn, pnpm strict-ssl off', 'PL4006'),
      security('GIT_SSL_NO_VERIFY, http.sslVerify off', 'PL4005'),
      security('yum, dnf, zypper sslverify off', 'PL4008'),
      security('downloads and package indexes over http or ftp', 'PL4009 PL4010'),
      security('Go: GOINSECURE, GONOSUMDB, GONOSUMCHECK, -insecure, GOPROXY over http', 'PL4011'),
      security('gem, composer, Maven, cargo over http', 'PL4010 PL4012'),
      security('weak TLS or hash versions', 'PL4013 PL4014'),
      security('ssh hosts unchecked, unpinned ssh-keyscan', 'PL4015'),
      security('certificates unchecked by other programs (beyond the catalogue)', 'PL4016'),
    ],
  },
  {
    title: '5 Integrity and signatures turned off',
    entries: [
      security('download piped or substituted into an interpreter', 'PL5001 PL9001'),
      security('download run or installed without a check between', 'PL5007 PL9006'),
      security('ADD of a URL without --checksum', 'PL5002'),
      security('apk --allow-untrusted', 'PL5003'),
      security('apt unauthenticated: options, [trusted=yes], Acquire settings', 'PL5004'),
      security('yum, dnf, zypper without gpg checks', 'PL5005'),
      security('rpm without signatures or digests', 'PL5008'),
      security('signing keys from a pipe or an http key server', 'PL5009'),
      security('pip --extra-index-url', 'PL5006'),
      security('npm registries mixed', 'PL5010'),
      security('pip from git or a URL without a commit or hash', 'PL5011'),
      hygiene('npm install in place of ci; install scripts', 'PL5012 PL5013'),
      hygiene('pip without --require-hashes where there are hashes', 'PL5014'),
      hygiene('curl without --fail before a pipe', 'PL5015'),
      security('cosign and gpg told to skip the check', 'PL5016'),
    ],
  },
  {
    title: '6 Package managers',
    entries: [
      hygiene('packages without versions: apt, pip, npm, apk, gem, yum', 'PL6001 PL6002 PL6003 PL6004 PL6005 PL6006'),
      hygiene('packages without versions: zypper, dnf, go, cargo, composer', 'PL6007 PL6008 PL6009 PL6010 PL6011'),
      hygiene('package lists updated alone', 'PL6012'),
      hygiene('upgrade of the whole distribution', 'PL6013', 'an upgrade within the release brings security fixes and is welcome'),
      hygiene('apt in a script', 'PL6014'),
      hygiene('missing -y', 'PL6015'),
      hygiene('recommended packages', 'PL6016'),
      hygiene('caches left: apt, apk, yum, dnf, microdnf, zypper, pip, yarn', 'PL6017 PL6018 PL6019 PL6020 PL6021'),
      security('debug and attack tools in the final stage', 'PL6022 PL7008', 'an SSH or Telnet server has a rule of its own'),
    ],
  },
  {
    title: '7 Exposure and run time',
    entries: [
      security('ports 22, 23, 3389, 5985, 445 and the consoles of databases', 'PL7001'),
      hygiene('port out of range, EXPOSE in a wrong form', 'PL7002 PL7003'),
      security('debug modes and debuggers', 'PL7006 PL7007'),
      security('ssh server installed, open to root or passwords, keys baked in', 'PL7008 PL7009 PL7010'),
      security('LD_PRELOAD, LD_LIBRARY_PATH, PATH with places that others can write', 'PL7011'),
      hygiene('HEALTHCHECK missing or doubled', 'PL7004 PL7005'),
      security('reverse shells, miners, nc -e, /dev/tcp', 'PL7012 PL7013'),
      security('persistence by cron, rc files or profiles', 'PL7014 PL7015'),
      security('development mode of Node.js, Flask, Django, ASP.NET', 'PL7006'),
    ],
  },
  {
    title: '8 Structure and correctness',
    entries: [
      hygiene('WORKDIR and cd', 'PL8001 PL8002 PL8003 PL8004'),
      hygiene('COPY and ADD', 'PL8005 PL8006 PL8007 PL8008 PL8009 PL8010 PL8043'),
      hygiene('stages', 'PL8011 PL8012 PL8013'),
      hygiene('CMD and ENTRYPOINT', 'PL8017 PL8018 PL8019 PL8039'),
      hygiene('ENV and variables', 'PL8020 PL8021 PL8022'),
      hygiene('ONBUILD', 'PL8023'),
      hygiene('MAINTAINER', 'PL8024'),
      hygiene('shell, pipefail, errors of PowerShell', 'PL8025 PL8026 PL8027'),
      hygiene('wget and curl', 'PL8028'),
      hygiene('RUNs that could be one', 'PL8029'),
      hygiene('labels: form, schema, lineage', 'PL8030 PL8031 PL8032 PL8033 PL8041 PL8042'),
      hygiene('casing', 'PL8014 PL8015 PL8034'),
      hygiene('unknown or misplaced instruction or flag, here-document not closed, missing argument', 'PL8012 PL8035 PL8036 PL8037 PL8038 PL8040'),
      hygiene('commands that do nothing in a build (beyond the catalogue)', 'PL8044'),
    ],
  },
  {
    title: '9 Windows, PowerShell and cmd',
    entries: [
      security('iwr, irm, curl.exe or DownloadString into Invoke-Expression', 'PL9001'),
      security('-EncodedCommand', 'PL9002'),
      security('execution policy turned off for good', 'PL9003'),
      security('certificates unchecked in PowerShell', 'PL9004'),
      security('SSL 3.0, TLS 1.0, TLS 1.1 in SecurityProtocol', 'PL9005'),
      security('download run without a hash or signature check', 'PL9006'),
      security('certutil -urlcache, bitsadmin', 'PL9007'),
      security('choco without checksums or versions', 'PL9008 PL9009'),
      security('PowerShell repository trusted, module unpinned or its publisher unchecked', 'PL9010 PL9011 PL9012'),
      security('winget --ignore-security-hash', 'PL9013'),
      security('msiexec from a URL', 'PL9014'),
      security('Defender off or with exclusions', 'PL9015'),
      security('firewall off', 'PL9016'),
      security('UAC off, SMB 1 on, WinRM unencrypted', 'PL9017 PL9018 PL9019'),
      security('account with a literal password, new local administrator', 'PL9020 PL9021'),
      security('ConvertTo-SecureString -AsPlainText', 'PL9022'),
      security('icacls Everyone', 'PL9023'),
      security('ContainerAdministrator at the end', 'PL9024'),
      security('EXPOSE 3389, 5985, 445', 'PL7001', 'the same rule as for Linux'),
      security('retired tags; full images where nanoserver serves', 'PL9025 PL9026'),
      security('backslash of a path that swallows the next line', 'PL9027'),
    ],
  },
];
