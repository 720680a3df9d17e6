/** Packages of made records: every distribution has them or could, at versions of no meaning. */
interface MadePackage {
  readonly name: string;
  readonly version: string;
  readonly epoch?: string;
}

export const madePackages: readonly MadePackage[] = [
  { name: 'bash', version: '5.1.8' },
  { name: 'bind', version: '9.16.23', epoch: '32' },
  { name: 'bzip2', version: '1.0.8' },
  { name: 'coreutils', version: '8.32' },
  { name: 'cups', version: '2.3.3', epoch: '1' },
  { name: 'curl', version: '7.76.1' },
  { name: 'dbus', version: '1.12.20', epoch: '1' },
  { name: 'expat', version: '2.5.0' },
  { name: 'glib2', version: '2.68.4' },
  { name: 'glibc', version: '2.34' },
  { name: 'gnutls', version: '3.7.6' },
  { name: 'grub2', version: '2.06', epoch: '1' },
  { name: 'krb5', version: '1.20.1' },
  { name: 'libxml2', version: '2.9.13' },
  { name: 'ncurses', version: '6.2' },
  { name: 'openssh', version: '8.7p1' },
  { name: 'openssl', version: '3.0.7', epoch: '1' },
  { name: 'python3.9', version: '3.9.16' },
  { name: 'rpm', version: '4.16.1.3' },
  { name: 'sqlite', version: '3.34.1' },
  { name: 'sudo', version: '1.9.5p2' },
  { name: 'systemd', version: '252' },
  { name: 'tar', version: '1.34', epoch: '2' },
  { name: 'zlib', version: '1.2.11' },
];
