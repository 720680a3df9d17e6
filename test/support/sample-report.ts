import type { DiffId, Digest, ImagePath, Purl } from '../../src/foundation/model/brand.ts';
import { findingCategories } from '../../src/foundation/model/finding.ts';
import type { Finding } from '../../src/foundation/model/finding.ts';
import type { InstalledPackage } from '../../src/foundation/model/package.ts';
import type { PolicyDecision } from '../../src/foundation/model/policy.ts';
import type { ScanReport } from '../../src/foundation/model/report.ts';
import { severities, severityRank } from '../../src/foundation/model/severity.ts';
import type { ReportActions, ReportMessage } from '../../src/protocol/webview.ts';

function hex(seed: number, length: number): string {
  let text = '';
  for (let at = 0; text.length < length; at += 1) text += ((seed * 2654435761 + at * 40503 + 12345) >>> 0).toString(16).padStart(8, '0');
  return text.slice(0, length);
}

const instructions = [
  '/bin/sh -c #(nop) ADD file:9b2c in / ',
  'RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends ca-certificates curl openssl && rm -rf /var/lib/apt/lists/* # buildkit',
  'WORKDIR /app',
  'COPY package.json package-lock.json ./ # buildkit',
  'RUN /bin/sh -c npm ci --omit=dev # buildkit',
  'COPY . . # buildkit',
];
const sizes = [29_150_000, 12_480_000, 93, 48_210, 41_730_000, 1_204_000];

const debian = [
  'openssl',
  'libssl3',
  'curl',
  'libcurl4',
  'zlib1g',
  'perl-base',
  'libc6',
  'libgnutls30',
  'tar',
  'util-linux',
  'libexpat1',
  'libsystemd0',
];
const npm = ['lodash', 'minimist', 'express', 'ws', 'semver', 'tar', 'follow-redirects', 'axios'];

function toPackages(): readonly InstalledPackage[] {
  const os = debian.map((name, at): InstalledPackage => ({
    purl: `pkg:deb/debian/${name}@3.0.${at}-1~deb12u${at}?arch=amd64&distro=debian-12` as Purl,
    type: 'deb',
    name,
    version: `3.0.${at}-1~deb12u${at}`,
    architecture: 'amd64',
    ...(name === 'libssl3' ? { sourcePackage: { name: 'openssl', version: '3.0.1-1~deb12u1' } } : {}),
    licenses: ['Apache-2.0'],
    files: ['var/lib/dpkg/status' as ImagePath],
    layer: name === 'curl' || name === 'libcurl4' || name === 'openssl' ? 1 : 0,
  }));
  const node = npm.map((name, at): InstalledPackage => ({
    purl: `pkg:npm/${name}@4.${at}.2` as Purl,
    type: 'npm',
    name,
    version: `4.${at}.2`,
    licenses: ['MIT'],
    files: [`app/node_modules/${name}/package.json` as ImagePath],
    layer: 4,
  }));
  return [...os, ...node];
}

function toFinding(at: number, packages: readonly InstalledPackage[]): Finding {
  // Few critical, many low: about what a real base image has.
  const severity = severities[Math.min(5, Math.floor(Math.sqrt((at * 7) % 37)))] ?? 'unknown';
  const item = packages[(at * 5) % packages.length];
  if (item === undefined) throw new Error('no packages');
  const fixed = at % 3 !== 0;
  const fixedVersion = `${item.version}.${(at % 4) + 1}`;
  const command =
    item.type === 'deb'
      ? `apt-get update && apt-get install -y --only-upgrade ${item.name}=${fixedVersion}`
      : `npm install ${item.name}@${fixedVersion}`;
  return {
    id: `CVE-20${20 + (at % 6)}-${1000 + at * 13}`,
    category: item.type === 'deb' ? 'os-vulnerability' : 'application-vulnerability',
    severity,
    title: `${item.name}: a crafted input is read beyond the end of a buffer`,
    description: `A flaw in ${item.name} lets a crafted input read beyond the end of a buffer.\nThe process ends, or memory is disclosed.`,
    references: [`https://security-tracker.example/CVE-20${20 + (at % 6)}-${1000 + at * 13}`, 'https://advisories.example/list?id=1&page=2'],
    package: {
      purl: item.purl,
      name: item.name,
      installedVersion: item.version,
      status: fixed ? 'fixed' : 'affected',
      ...(fixed ? { fixedVersion } : {}),
    },
    location: { layer: item.layer, createdBy: instructions[item.layer] ?? '' },
    rating: { cvssVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:H', score: 9.1, source: 'nvd' },
    ...(at % 11 === 0 ? { kev: true } : {}),
    epss: (at % 40) / 100,
    impact: 'An attacker on the network can read memory of the process and stop it, without signing in and without anyone doing anything.',
    remediation: fixed
      ? [
          { kind: 'command', text: command, description: `Upgrade ${item.name} to ${fixedVersion}.` },
          { kind: 'dockerfile', text: `RUN ${command} \\\n    && rm -rf /var/lib/apt/lists/*` },
        ]
      : [],
    compliance: [],
  };
}

const otherFindings: readonly Finding[] = [
  {
    id: 'secret:aws-access-key-id',
    category: 'sensitive-file',
    severity: 'critical',
    title: 'AWS access key id in a file of the image',
    references: [],
    location: { layer: 5, path: 'app/.env', line: 3, createdBy: 'COPY . . # buildkit', deletedLater: true },
    impact: 'Whoever can pull the image can use the key.',
    remediation: [
      {
        kind: 'manual',
        text: 'Revoke the key, then keep .env out of the build with a .dockerignore file and mount secrets with RUN --mount=type=secret.',
      },
    ],
    compliance: ['CIS-DI-0010'],
  },
  {
    id: 'PL1003',
    category: 'build-command',
    severity: 'medium',
    title: 'The image runs as root',
    references: [],
    location: {
      createdBy: 'CMD ["node","server.js"]',
      historyIndex: 7,
      dockerfileRange: { start: { line: 11, character: 0 }, end: { line: 11, character: 25 } },
    },
    remediation: [{ kind: 'dockerfile', text: 'USER 10001', description: 'Run as a user without rights.' }],
    compliance: [],
  },
];

/** Returns a report of `count` findings; the two that are not vulnerabilities are among them when there is room. */
export function sampleReport(count: number, change: Partial<ScanReport> = {}): ScanReport {
  const packages = toPackages();
  const others = count > 4 ? otherFindings : [];
  const findings = [...others, ...Array.from({ length: count - others.length }, (_, at) => toFinding(at, packages))].sort(
    (a, b) => severityRank(a.severity) - severityRank(b.severity) || (a.id < b.id ? -1 : 1),
  );
  return {
    schemaVersion: 1,
    image: {
      reference: 'harbor.example.com/harbourmaster/web-shop:2.4.1',
      digest: `sha256:${hex(7, 64)}` as Digest,
      platform: { os: 'linux', architecture: 'amd64' },
      distro: { id: 'debian', versionId: '12', idLike: [], prettyName: 'Debian GNU/Linux 12 (bookworm)' },
      config: {
        env: [],
        entrypoint: [],
        cmd: [],
        exposedPorts: [],
        volumes: [],
        labels: {},
        history: instructions.map((createdBy) => ({ createdBy, emptyLayer: false })),
      },
      layers: sizes.map((sizeBytes, at) => ({
        diffId: `sha256:${hex(at + 100, 64)}` as DiffId,
        digest: `sha256:${hex(at + 200, 64)}` as Digest,
        mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
        sizeBytes,
        historyIndex: at,
        createdBy: instructions[at] ?? '',
      })),
    },
    packages,
    findings,
    advisories: { source: 'starter set', builtAt: '2026-01-05T00:00:00Z', full: false },
    problems: [],
    status: 'complete',
    timings: { total: 812 },
    ...change,
  };
}

/** Returns a decision that blocks on what is high or worse in an operating-system package, two ids let through by the allowlist. */
export function sampleDecision(report: ScanReport): PolicyDecision {
  const severe = report.findings.filter((finding) => finding.package !== undefined && severityRank(finding.severity) <= 1);
  const allowlisted = [...new Set(severe.slice(0, 2).map((finding) => finding.id))].sort();
  const blocking = [...new Set(severe.map((finding) => finding.id))].filter((id) => !allowlisted.includes(id)).sort();
  return {
    schemaVersion: 1,
    reference: report.image.reference ?? '',
    provider: 'harbor',
    policy: {
      enabled: true,
      severity: 'high',
      allowlist: [{ id: allowlisted[0] ?? 'CVE-0000-0000', expires: '2026-12-31T00:00:00Z' }, { id: allowlisted[1] ?? 'CVE-0000-0001' }],
      raw: {},
    },
    decision: 'block',
    reason: `The project blocks images with vulnerabilities of severity high or worse; ${blocking.length} are neither fixed nor on its allowlist.`,
    blocking,
    allowlisted,
    minimalFix: [
      {
        package: 'openssl',
        from: '3.0.0-1~deb12u0',
        to: '3.0.0-1~deb12u0.2',
        removes: blocking.slice(0, 2),
        command: 'apt-get update && apt-get install -y --only-upgrade openssl libssl3',
      },
      { package: 'lodash', from: '4.0.2', to: '4.0.2.2', removes: blocking.slice(2, 3), command: 'npm install lodash@4.0.2.2' },
    ],
    problems: [],
  };
}

export const allActions: ReportActions = {
  exportFormats: ['sarif', 'cyclonedx', 'spdx', 'html', 'junit', 'json'],
  checkPush: true,
  push: true,
  updateAdvisories: true,
  rescan: true,
  dockerfile: true,
  ignore: true,
};

export function sampleMessage(report: ScanReport, change: Partial<ReportMessage> = {}): ReportMessage {
  return { type: 'report', key: 'sample', report, scannedAt: '2026-02-01T09:30:00Z', locale: 'en', actions: allActions, ...change };
}

/** Returns a report made by someone who wants to break the page: markup, control and bidirectional letters, very long words, a thousand layers. */
export function hostileReport(): ScanReport {
  const base = sampleReport(3);
  const markup = '<img src=x onerror="globalThis.pwned=1"><script>globalThis.pwned=1</script>';
  const names = [
    markup,
    'open\u202Essl\u0000\u001b[31m',
    'x'.repeat(100_000),
    '\u200b\u200b',
    'שלום‮',
    '${globalThis.pwned=1}',
    '"><svg onload=globalThis.pwned=1>',
    '\uD800',
  ];
  const layers = Array.from({ length: 1000 }, (_, at) => ({
    diffId: `sha256:${hex(at, 64)}` as DiffId,
    mediaType: 'application/vnd.oci.image.layer.v1.tar',
    sizeBytes: at * 1000,
    createdBy: at % 2 === 0 ? `RUN ${names[at % names.length] ?? ''}` : markup,
  }));
  const findings = names.map((name, at): Finding => ({
    id: name,
    category: findingCategories[at % findingCategories.length] ?? 'malware',
    severity: severities[at % severities.length] ?? 'unknown',
    title: name,
    description: name,
    references: ['javascript:alert(1)', `https://example.com/${markup}`, 'command:workbench.action.quit'],
    package: { purl: `pkg:deb/${name}@1` as Purl, name, installedVersion: name, fixedVersion: name, status: 'fixed' },
    location: { layer: at === 0 ? 5000 : at, path: `${name}/${name}`, createdBy: name },
    rating: { cvssVector: name, score: 1e300, source: name },
    epss: 0.5,
    impact: name,
    remediation: [
      { kind: 'command', text: `rm ${name}`, description: name },
      { kind: 'dockerfile', text: name },
      { kind: 'manual', text: name },
    ],
    compliance: [name],
  }));
  return {
    ...base,
    image: { ...base.image, reference: `example.com/${markup}`, layers },
    packages: names.map((name, at) => ({
      purl: `pkg:deb/${name}@1` as Purl,
      type: 'deb',
      name,
      version: name,
      files: [],
      layer: at === 0 ? 5000 : at,
    })),
    findings,
    problems: names.map((name) => ({ code: 'malformed', message: name, path: name })),
    status: 'partial',
  };
}
