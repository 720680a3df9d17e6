/** What tests may need beyond Node and npm's packages, each as data: how it is recognised and which Debian packages bring it. */
import { existsSync } from 'node:fs';
import { findOnPath } from '../support/processes.ts';
import { hasCodeServer } from './code-server.ts';

export type CapabilityName =
  'archivers' | 'docker' | 'registry' | 'ssh-server' | 'mmdebstrap' | 'rpm' | 'pacman' | 'nix' | 'neovim' | 'chromium' | 'code-server' | 'display';

export interface Capability {
  readonly name: CapabilityName;
  readonly purpose: string;
  /** Debian and Ubuntu; a name that a release does not have is left out there. */
  readonly packages: readonly string[];
  /** Cheap: looks, starts nothing. */
  readonly isPresent: () => boolean;
}

const CAPABILITIES: readonly Capability[] = [
  { name: 'archivers', purpose: 'unpacking test data', packages: ['xz-utils', 'zstd', 'bzip2'], isPresent: () => hasCommands('xz', 'zstd', 'bzip2') },
  {
    name: 'docker',
    purpose: 'a Docker engine to build and scan real images with',
    // Newer releases split the client off; older ones have no such package.
    packages: ['docker.io', 'docker-cli', 'iptables'],
    isPresent: () => hasCommands('docker') && (hasCommands('dockerd') || process.getuid?.() !== 0),
  },
  {
    name: 'registry',
    purpose: 'a registry to push to',
    packages: ['docker-registry', 'skopeo'],
    isPresent: () => hasCommands('docker-registry', 'skopeo'),
  },
  {
    name: 'ssh-server',
    purpose: 'an engine behind ssh',
    packages: ['openssh-server', 'openssh-client'],
    isPresent: () => hasCommands('ssh', 'ssh-keygen') && findSshServer() !== undefined,
  },
  { name: 'mmdebstrap', purpose: 'making whole Debian file systems', packages: ['mmdebstrap'], isPresent: () => hasCommands('mmdebstrap') },
  { name: 'rpm', purpose: 'asking rpm what a database lists', packages: ['rpm'], isPresent: () => hasCommands('rpm', 'rpmbuild') },
  { name: 'pacman', purpose: 'asking pacman what it installed', packages: ['pacman-package-manager'], isPresent: () => hasCommands('pacman') },
  {
    name: 'nix',
    purpose: 'asking Nix how names of its store are taken apart',
    packages: ['nix-bin'],
    isPresent: () => hasCommands('nix-instantiate'),
  },
  { name: 'neovim', purpose: 'another editor for the language server', packages: ['neovim'], isPresent: () => hasCommands('nvim') },
  {
    name: 'chromium',
    purpose: 'a browser for the report and the workbench',
    packages: ['chromium', 'fonts-liberation', 'fonts-dejavu-core'],
    isPresent: () => findChromium() !== undefined,
  },
  { name: 'code-server', purpose: 'the VS Code workbench', packages: [], isPresent: hasCodeServer },
  { name: 'display', purpose: 'a screen for desktop VS Code', packages: ['xvfb'], isPresent: () => hasCommands('xvfb-run') },
];

/** Returns the description of a capability. */
export function capability(name: CapabilityName): Capability {
  const found = CAPABILITIES.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no such capability: ${name}`);
  return found;
}

/** Returns the browser to test with: PLIMSOLL_CHROMIUM, else the system's Chromium or Chrome, else undefined. */
export function findChromium(): string | undefined {
  const chosen = process.env.PLIMSOLL_CHROMIUM;
  if (chosen !== undefined && chosen !== '') return chosen;
  return ['chromium', 'google-chrome', 'google-chrome-stable'].map(findOnPath).find((program) => program !== undefined);
}

/** Returns the ssh server, whose folder is not in every user's PATH. */
export function findSshServer(): string | undefined {
  return ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find((program) => existsSync(program)) ?? findOnPath('sshd');
}

function hasCommands(...names: readonly string[]): boolean {
  return names.every((name) => findOnPath(name) !== undefined);
}
