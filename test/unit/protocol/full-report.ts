import type { DiffId, ImagePath, Purl } from '../../../src/foundation/model/brand.ts';
import type { PolicyDecision } from '../../../src/foundation/model/policy.ts';
import type { ScanReport } from '../../../src/foundation/model/report.ts';

const range = { start: { line: 3, character: 0 }, end: { line: 3, character: 20 } };

/** A small report in which every optional part is there once. */
export const fullReport: ScanReport = {
  schemaVersion: 1,
  image: {
    reference: 'registry.example:5000/team/app:1.0',
    platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
    distro: { id: 'debian', versionId: '12', idLike: [], prettyName: 'Debian 12', codename: 'bookworm' },
    config: {
      user: 'app',
      env: ['PATH=/usr/bin'],
      entrypoint: ['/app'],
      cmd: ['serve'],
      exposedPorts: ['8080/tcp'],
      volumes: ['/data'],
      labels: { a: 'b' },
      history: [{ createdBy: 'RUN apt-get install -y openssl', created: '2026-06-01T00:00:00Z', emptyLayer: false }],
    },
    layers: [
      { diffId: `sha256:${'a'.repeat(64)}` as DiffId, mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', sizeBytes: 1024, historyIndex: 0 },
    ],
  },
  packages: [
    {
      purl: 'pkg:deb/debian/openssl@3.0.11-1' as Purl,
      type: 'deb',
      name: 'openssl',
      version: '3.0.11-1',
      sourcePackage: { name: 'openssl', version: '3.0.11-1' },
      licenses: ['Apache-2.0'],
      files: ['var/lib/dpkg/status' as ImagePath],
      layer: 0,
    },
  ],
  findings: [
    {
      id: 'CVE-2024-0001',
      category: 'os-vulnerability',
      severity: 'high',
      title: 'CVE-2024-0001 in openssl',
      references: ['https://security.example/CVE-2024-0001'],
      package: {
        purl: 'pkg:deb/debian/openssl@3.0.11-1' as Purl,
        name: 'openssl',
        installedVersion: '3.0.11-1',
        fixedVersion: '3.0.11-2',
        status: 'fixed',
      },
      location: {
        layer: 0,
        path: 'var/lib/dpkg/status',
        line: 4,
        createdBy: 'RUN apt-get install -y openssl',
        historyIndex: 0,
        dockerfileRange: range,
        deletedLater: true,
      },
      rating: { cvssVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', score: 7.5, source: 'nvd' },
      kev: true,
      kevAddedAt: '2026-01-02',
      epssPercentile: 0.98,
      aliases: ['GHSA-aaaa-bbbb-cccc'],
      ratings: [{ cvssVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', score: 9.8, source: 'nvd' }],
      severities: [{ source: 'nvd', severity: 'critical' }],
      severitySource: 'nvd',
      match: {
        packageName: 'openssl',
        installedVersion: '1',
        affected: '< 2',
        recordId: 'DSA-1-1',
        bucket: 'debian 12',
        source: 'Debian Security Tracker',
        url: 'https://example.com/DSA-1-1',
      },
      vex: { status: 'affected', source: 'vex.json', author: 'Example', text: 'Wait', timestamp: '2026-01-01T00:00:00Z' },
      epss: 0.25,
      impact: 'Anyone on the network can read its memory.',
      remediation: [{ kind: 'command', text: 'apt-get install -y openssl=3.0.11-2', description: 'Installs the fixed version' }],
      compliance: ['cis-4.4'],
    },
  ],
  advisories: { source: 'starter set', builtAt: '2026-06-01T00:00:00Z', full: false },
  problems: [],
  status: 'complete',
  timings: { read: 12 },
};

export const fullDecision: PolicyDecision = {
  schemaVersion: 1,
  reference: 'registry.example:5000/team/app:1.0',
  provider: 'harbor',
  policy: { enabled: true, severity: 'high', allowlist: [{ id: 'CVE-2024-0002', expires: '2027-01-01T00:00:00Z' }], raw: { prevent_vul: 'true' } },
  decision: 'block',
  reason: 'One vulnerability is high or worse.',
  blocking: ['CVE-2024-0001'],
  allowlisted: ['CVE-2024-0002'],
  minimalFix: [{ package: 'openssl', from: '3.0.11-1', to: '3.0.11-2', removes: ['CVE-2024-0001'], command: 'apt-get install -y openssl=3.0.11-2' }],
  problems: [],
};
