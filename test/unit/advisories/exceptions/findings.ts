import type { Exceptions, VexDocument } from '../../../../src/advisories/exceptions/exception.ts';
import type { ExceptionsInput } from '../../../../src/advisories/exceptions/apply.ts';
import { applyExceptions } from '../../../../src/advisories/exceptions/apply.ts';
import { readVex } from '../../../../src/advisories/exceptions/read-vex.ts';
import type { ImagePath, Purl } from '../../../../src/foundation/model/brand.ts';
import type { Finding } from '../../../../src/foundation/model/finding.ts';
import type { InstalledPackage } from '../../../../src/foundation/model/package.ts';

export const digest = `sha256:${'ab'.repeat(32)}`;
export const image = { reference: 'registry.example.com/team/web:1.0', digest, platform: { os: 'linux', architecture: 'amd64' } };
export const openssl = 'pkg:deb/debian/openssl@3.0.11-1?arch=amd64&distro=debian-12';
export const lodash = 'pkg:npm/lodash@4.17.20';

/** Returns a vulnerability of a package at a path. */
export function vulnerability(id: string, purl: string, change: Partial<Finding> = {}): Finding {
  const name = /([^/@]+)@[^/]*$/.exec(purl)?.[1] ?? purl;
  return {
    id,
    category: 'os-vulnerability',
    severity: 'high',
    title: id,
    references: [],
    package: { purl: purl as Purl, name, installedVersion: '1', status: 'affected' },
    location: {},
    remediation: [],
    compliance: [],
    ...change,
  };
}

export function installed(purl: string, type: InstalledPackage['type'], file: string): InstalledPackage {
  return { purl: purl as Purl, type, name: purl, version: '1', files: [file as ImagePath], layer: 0 };
}

export function read(document: unknown, source = 'vex.json'): VexDocument {
  const result = readVex(new TextEncoder().encode(JSON.stringify(document)), source);
  if (typeof result === 'string') throw new Error(result);
  return result;
}

export function exceptionsOf(...documents: readonly unknown[]): Exceptions {
  const all = documents.map((document) => read(document));
  return { ignores: [], statements: all.flatMap(({ statements }) => statements), notices: all.flatMap(({ notices }) => notices) };
}

/** Returns the ids that stay and those that are ignored. */
export function part(
  exceptions: Exceptions,
  findings: readonly Finding[],
  change: Partial<ExceptionsInput> = {},
): { kept: readonly string[]; ignored: readonly string[]; notices: readonly string[] } {
  const result = applyExceptions({ findings, packages: [], image, exceptions, today: '2026-01-15', ...change });
  return {
    kept: result.findings.map(({ id }) => id),
    ignored: result.ignored.map(({ finding }) => finding.id),
    notices: result.notices.map(({ message }) => message),
  };
}
