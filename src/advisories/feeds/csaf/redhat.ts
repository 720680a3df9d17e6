import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { FixStatus } from '../../../foundation/model/finding.ts';
import type { Severity } from '../../../foundation/model/severity.ts';
import type { AdvisoryRecord, StoredAdvisory } from '../../store/record.ts';
import type { JsonObject } from '../documents.ts';
import { toRpmVersion } from '../vendor-words.ts';
import { readComponents } from './products.ts';
import type { CsafComponent } from './products.ts';
import { readVulnerabilities } from './vulnerability.ts';
import type { CsafRemediation, CsafVulnerability } from './vulnerability.ts';

/**
 * Returns what a VEX document or an advisory of Red Hat says. A fixed package is filed under its erratum with the CVE that is put right, one without a fix under the CVE, each with the
 * product that it is of. Packages are binary ones; sources stand beside them, and images have no packages of their own.
 * @see https://redhatproductsecurity.github.io/security-data-guidelines/csaf-vex/
 */
export function readRedHat(document: JsonObject): readonly AdvisoryRecord[] {
  const components = readComponents(document);
  return readVulnerabilities(document, 'redhat').flatMap((vulnerability) => {
    const records = gather(toClaims(vulnerability, components), vulnerability);
    const isSaid = Object.keys(vulnerability.detail).length > 0;
    return records.length === 0 || !isSaid
      ? records
      : [...records, { kind: 'vulnerability', id: vulnerability.id, detail: vulnerability.detail } as const];
  });
}

/** What is said of one binary package in one product. */
interface Claim {
  /** An erratum's id, or the CVE's. */
  readonly id: string;
  readonly packageName: string;
  readonly cpe: string;
  readonly architecture?: string;
  readonly fixedVersion?: string;
  readonly status?: FixStatus;
  readonly severity?: Severity;
}

function toClaims(vulnerability: CsafVulnerability, components: ReadonlyMap<string, CsafComponent>): readonly Claim[] {
  const claims: Claim[] = [];
  const claimed = new Set<string>();
  for (const remediation of vulnerability.remediations) {
    const erratum = /\/(RH[SBE]A-\d{4}:\d+)\/?$/.exec(remediation.url)?.[1];
    const status = statusOf(remediation);
    if (remediation.category === 'vendor_fix' ? erratum === undefined : status === undefined) continue;
    for (const productId of remediation.productIds) {
      const claim = toClaim(vulnerability, productId, components.get(productId), erratum, status);
      if (claim !== undefined) claims.push(claim);
      claimed.add(productId);
    }
  }
  // What nothing was decided on yet.
  for (const [status, word] of [
    ['known_affected', 'affected'],
    ['under_investigation', 'under-investigation'],
  ] as const) {
    for (const productId of vulnerability.productsOf(status)) {
      const claim = claimed.has(productId) ? undefined : toClaim(vulnerability, productId, components.get(productId), undefined, word);
      if (claim !== undefined) claims.push(claim);
    }
  }
  return claims;
}

function statusOf({ category, details }: CsafRemediation): FixStatus | undefined {
  if (category === 'none_available') return 'affected';
  if (category !== 'no_fix_planned') return undefined;
  return /out of support scope/i.test(details) ? 'end-of-life' : 'will-not-fix';
}

function toClaim(
  { id, severityOf }: CsafVulnerability,
  productId: string,
  found: CsafComponent | undefined,
  erratum: string | undefined,
  status: FixStatus | undefined,
): Claim | undefined {
  const rpm = parseRpmPurl(found?.component.purl);
  const cpe = found?.product.cpe;
  if (rpm === undefined || cpe === undefined || rpm.architecture === 'src' || (erratum !== undefined && rpm.version === undefined)) return undefined;
  const severity = severityOf(productId);
  return {
    id: erratum ?? id,
    packageName: rpm.name,
    cpe,
    ...(rpm.architecture !== undefined && { architecture: rpm.architecture }),
    ...(erratum === undefined || rpm.version === undefined ? { status: status ?? 'affected' } : { fixedVersion: rpm.version }),
    ...(severity !== undefined && { severity }),
  };
}

interface RpmPurl {
  /** With the module's stream before it, `nodejs:18::npm`. */
  readonly name: string;
  readonly version?: string;
  readonly architecture?: string;
}

/** Reads 'pkg:rpm/redhat/npm@9.5.1-1.18.14.2.3.module%2Bel8?arch=x86_64&epoch=1&rpmmod=nodejs:18:8080020230306170312:63b34585'; undefined for other types, modules themselves among them. */
function parseRpmPurl(purl: string | undefined): RpmPurl | undefined {
  const [, bare = '', versionText, query = ''] = /^pkg:rpm\/redhat\/([^/@?#]+)(?:@([^?#]+))?(?:\?([^#]*))?$/.exec(purl ?? '') ?? [];
  const name = decode(bare);
  if (name === '') return undefined;
  const qualifiers = new Map(
    query.split('&').map((pair) => {
      const [key = '', value = ''] = pair.split('=', 2);
      return [key, value] as const;
    }),
  );
  const of = (key: string): string | undefined => {
    const value = qualifiers.get(key);
    return value === undefined || value === '' ? undefined : decode(value);
  };
  const stream = /^([^:]+:[^:]+)(?::|$)/.exec(of('rpmmod') ?? '')?.[1];
  // A module that cannot be read: under the bare name its packages would be taken for others.
  if (of('rpmmod') !== undefined && stream === undefined) return undefined;
  const architecture = of('arch');
  const version = versionText === undefined ? undefined : toRpmVersion(of('epoch'), decode(versionText), '');
  return {
    name: stream === undefined ? name : `${stream}::${name}`,
    ...(version !== undefined && { version }),
    ...(architecture !== undefined && { architecture }),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Products and architectures of which the same is said make one record. */
function gather(claims: readonly Claim[], { id: cve }: CsafVulnerability): AdvisoryRecord[] {
  const groups = new Map<string, { readonly claim: Claim; readonly cpes: Set<string>; readonly architectures: Set<string> }>();
  for (const claim of claims) {
    const { id, packageName, fixedVersion, status, severity } = claim;
    const key = JSON.stringify([id, packageName, fixedVersion, status, severity, claim.architecture === undefined]);
    const group = groups.get(key) ?? { claim, cpes: new Set<string>(), architectures: new Set<string>() };
    group.cpes.add(claim.cpe);
    if (claim.architecture !== undefined) group.architectures.add(claim.architecture);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ claim, cpes, architectures }) => {
    const { id, packageName, fixedVersion, status, severity } = claim;
    const advisory: StoredAdvisory = {
      ...(fixedVersion !== undefined && { fixedVersion }),
      ...(status !== undefined && { status }),
      ...(architectures.size > 0 && { architectures: [...architectures].sort() }),
      cves: [{ id: cve, ...(severity !== undefined && { severity }) }],
      cpes: [...cpes].sort(),
    };
    return { kind: 'affected', bucket: 'Red Hat', packageName, id: toAdvisoryId(id), advisory };
  });
}
