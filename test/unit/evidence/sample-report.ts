import type { DiffId, Digest, ImagePath, Purl } from '../../../src/foundation/model/brand.ts';
import type { Finding } from '../../../src/foundation/model/finding.ts';
import type { InstalledPackage } from '../../../src/foundation/model/package.ts';
import type { ScanReport } from '../../../src/foundation/model/report.ts';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

const openssl: InstalledPackage = {
  purl: 'pkg:deb/debian/libssl3@3.0.11-1~deb12u1?arch=amd64&distro=debian-12' as Purl,
  type: 'deb',
  name: 'libssl3',
  version: '3.0.11-1~deb12u1',
  architecture: 'amd64',
  sourcePackage: { name: 'openssl', version: '3.0.11-1~deb12u1' },
  files: ['var/lib/dpkg/status' as ImagePath],
  layer: 0,
};
const tar: InstalledPackage = {
  purl: 'pkg:npm/%40acme/tar@6.1.0' as Purl,
  type: 'npm',
  name: '@acme/tar',
  version: '6.1.0',
  licenses: ['ISC'],
  files: ['app/node_modules/@acme/tar/package.json' as ImagePath],
  layer: 1,
};
const requests: InstalledPackage = {
  purl: 'pkg:pypi/requests@2.20.0' as Purl,
  type: 'pypi',
  name: 'requests',
  version: '2.20.0',
  licenses: ['Apache 2.0, more or less'],
  files: ['usr/local/lib/python3.12/site-packages/requests-2.20.0.dist-info/METADATA' as ImagePath],
  layer: 1,
};

function vulnerability(id: string, installed: InstalledPackage, rest: Partial<Finding> & { readonly fixedVersion?: string }): Finding {
  const { fixedVersion, ...finding } = rest;
  return {
    id,
    category: installed.type === 'deb' ? 'os-vulnerability' : 'application-vulnerability',
    severity: 'medium',
    title: `${id} in ${installed.name} ${installed.version}`,
    references: [`https://nvd.nist.gov/vuln/detail/${id}`],
    package: {
      purl: installed.purl,
      name: installed.name,
      installedVersion: installed.version,
      ...(fixedVersion === undefined ? { status: 'affected' as const } : { fixedVersion, status: 'fixed' as const }),
    },
    location: { layer: installed.layer, path: installed.files[0] ?? '' },
    remediation:
      fixedVersion === undefined
        ? [{ kind: 'manual', text: 'There is no fixed version yet.' }]
        : [{ kind: 'command', text: `apt-get update && apt-get install -y --only-upgrade ${installed.name}=${fixedVersion}` }],
    compliance: [],
    ...finding,
  };
}

export const sampleFindings: readonly Finding[] = [
  vulnerability('CVE-2024-5535', openssl, {
    severity: 'critical',
    title: 'Reading beyond a buffer in SSL_select_next_proto',
    fixedVersion: '3.0.15-1~deb12u1',
    rating: { cvssVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:H', score: 9.1, source: 'nvd' },
    kev: true,
    epss: 0.42,
    impact: 'An attacker on the network can read all of its data and stop it.',
  }),
  vulnerability('CVE-2023-5678', openssl, { severity: 'medium', fixedVersion: '3.0.13-1~deb12u1', epss: 0.003 }),
  vulnerability('CVE-2099-0001', openssl, { severity: 'low' }),
  vulnerability('CVE-2021-32803', tar, {
    severity: 'high',
    title: 'Arbitrary files are created through symbolic links',
    fixedVersion: '6.1.2',
    remediation: [{ kind: 'command', text: 'npm install @acme/tar@6.1.2' }],
  }),
  {
    id: 'secret:github-token',
    category: 'sensitive-file',
    severity: 'critical',
    title: 'GitHub token ghp… (40 characters)',
    references: [],
    location: { layer: 1, path: 'app/.env', line: 3, createdBy: 'COPY . /app # buildkit', historyIndex: 1, deletedLater: true },
    remediation: [{ kind: 'manual', text: 'Treat it as known to everybody who can pull the image, and replace it.' }],
    compliance: [],
  },
  {
    id: 'PL5001',
    category: 'build-command',
    severity: 'high',
    title: 'What curl downloads is run by sh',
    references: ['https://example.com/rules/PL5001'],
    location: {
      layer: 1,
      createdBy: 'RUN /bin/sh -c curl -fsSL https://get.example.com | sh # buildkit',
      historyIndex: 2,
      dockerfileRange: { start: { line: 4, character: 4 }, end: { line: 4, character: 44 } },
    },
    remediation: [
      {
        kind: 'dockerfile',
        text: 'RUN curl -fsSLo /tmp/get.sh https://get.example.com \\\n && echo "<sha256>  /tmp/get.sh" | sha256sum -c - \\\n && sh /tmp/get.sh',
      },
    ],
    compliance: [],
  },
  {
    id: 'baseline:setuid-file',
    category: 'baseline',
    severity: 'high',
    title: 'helper runs as root whoever starts it',
    references: [],
    location: { layer: 1, path: 'opt/helper' },
    remediation: [{ kind: 'dockerfile', text: 'RUN find / -xdev -type f -perm /6000 -exec chmod a-s {} +' }],
    compliance: [],
  },
  {
    id: 'malware:eicar',
    category: 'malware',
    severity: 'critical',
    title: 'EICAR anti-malware test file',
    references: ['https://www.eicar.org/download-anti-malware-testfile/'],
    location: { layer: 1, path: 'tmp/eicar.com' },
    remediation: [{ kind: 'manual', text: 'Remove the file in the instruction that brings it in.' }],
    compliance: [],
  },
];

export const sampleReport: ScanReport = {
  schemaVersion: 1,
  image: {
    reference: 'registry.example.com/shop/web:1.4',
    digest: digest('d') as Digest,
    platform: { os: 'linux', architecture: 'amd64' },
    distro: { id: 'debian', versionId: '12', idLike: [], prettyName: 'Debian GNU/Linux 12 (bookworm)' },
    config: {
      user: 'app',
      env: ['PATH=/usr/bin'],
      entrypoint: [],
      cmd: ['/app/run'],
      exposedPorts: ['80/tcp'],
      volumes: [],
      labels: {},
      history: [
        { createdBy: '/bin/sh -c #(nop) ADD file:0 in / ', emptyLayer: false },
        { createdBy: 'COPY . /app # buildkit', emptyLayer: false },
        { createdBy: 'RUN /bin/sh -c curl -fsSL https://get.example.com | sh # buildkit', emptyLayer: true },
      ],
    },
    layers: [
      { diffId: digest('a') as DiffId, mediaType: 'application/vnd.oci.image.layer.v1.tar', sizeBytes: 1000, historyIndex: 0 },
      { diffId: digest('b') as DiffId, mediaType: 'application/vnd.oci.image.layer.v1.tar', sizeBytes: 2000, historyIndex: 1 },
    ],
  },
  packages: [openssl, requests, tar],
  findings: sampleFindings,
  advisories: { source: 'trivy.db', builtAt: '2026-08-01T00:00:00Z', full: true },
  problems: [],
  status: 'complete',
  timings: { read: 10, match: 2 },
};

/** Nothing in it is what a well-meaning image would hold. */
const nasty = '\u001b[2J\u009b31m\u007f\u001b]8;;http://evil\u0007<script>alert(1)</script>&"\'\u202e\u0000\ud800]]>-->';

export const hostileReport: ScanReport = {
  ...sampleReport,
  status: 'partial',
  image: { ...sampleReport.image, reference: nasty, distro: { id: nasty, versionId: nasty, idLike: [], prettyName: nasty } },
  packages: [{ ...openssl, name: nasty, version: nasty, licenses: [nasty], files: [nasty as ImagePath] }],
  findings: sampleFindings.map((finding) => ({
    ...finding,
    id: `${finding.id}${nasty}`,
    title: nasty,
    description: nasty,
    impact: nasty,
    references: [nasty, 'javascript:alert(1)', 'data:text/html,x'],
    ...(finding.package === undefined ? {} : { package: { ...finding.package, name: nasty, installedVersion: nasty, fixedVersion: nasty } }),
    location: { ...finding.location, path: nasty, createdBy: nasty },
    remediation: [
      { kind: 'command', text: nasty, description: nasty },
      { kind: 'manual', text: nasty },
      { kind: 'dockerfile', text: nasty },
    ],
  })),
  advisories: { source: nasty, builtAt: nasty, full: false },
  problems: [{ code: 'unreadable-file', message: nasty, path: nasty }],
};

export const renderOptions = { toolVersion: '0.1.0', createdAt: new Date('2026-11-21T12:00:00.000Z') };
