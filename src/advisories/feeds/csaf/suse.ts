import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import { bucketSource } from '../../store/buckets.ts';
import type { AdvisoryRecord, StoredAdvisory } from '../../store/record.ts';
import { isObject, textOf } from '../documents.ts';
import type { JsonObject } from '../documents.ts';
import { suseRelease } from '../suse-products.ts';
import { readComponents } from './products.ts';
import type { CsafComponent } from './products.ts';
import { readVulnerabilities } from './vulnerability.ts';
import type { CsafVulnerability } from './vulnerability.ts';

/**
 * Returns what an advisory (SUSE-SU, openSUSE-SU) or a VEX document of SUSE says: of each product the packages that are fixed, by name-version-release and architecture, and in VEX those
 * that are affected or looked into, by name alone.
 * @see https://ftp.suse.com/pub/projects/security/csaf-vex/
 */
export function readSuse(document: JsonObject): readonly AdvisoryRecord[] {
  const components = readComponents(document);
  const update = /^(?:open)?SUSE-[SR]U-/.exec(trackingId(document)) === null ? undefined : trackingId(document);
  return readVulnerabilities(document, bucketSource('SUSE Linux Enterprise').id).flatMap((vulnerability) => {
    const records = [
      ...toRecords(vulnerability, ['fixed', 'first_fixed', 'recommended'], components, (component) => toFix(component, update)),
      ...toRecords(vulnerability, ['known_affected'], components, (component) => toOpen(component, 'affected')),
      ...toRecords(vulnerability, ['under_investigation'], components, (component) => toOpen(component, 'under-investigation')),
    ];
    const isSaid = Object.keys(vulnerability.detail).length > 0;
    return records.length === 0 || !isSaid
      ? records
      : [...records, { kind: 'vulnerability', id: vulnerability.id, detail: vulnerability.detail } as const];
  });
}

function trackingId(document: JsonObject): string {
  const { tracking } = isObject(document.document) ? document.document : {};
  return (isObject(tracking) ? textOf(tracking.id) : undefined) ?? '';
}

interface PackageFact {
  readonly name: string;
  readonly advisory: StoredAdvisory;
}

function toRecords(
  vulnerability: CsafVulnerability,
  statuses: readonly string[],
  components: ReadonlyMap<string, CsafComponent>,
  read: (component: CsafComponent['component']) => PackageFact | undefined,
): AdvisoryRecord[] {
  const groups = new Map<string, { readonly record: Extract<AdvisoryRecord, { kind: 'affected' }>; readonly architectures: Set<string> }>();
  for (const productId of vulnerability.productsOf(...statuses)) {
    const found = components.get(productId);
    const release = found === undefined ? undefined : suseRelease(found.product.name);
    const fact = found === undefined || release === undefined ? undefined : read(found.component);
    if (found === undefined || release === undefined || fact === undefined) continue;
    const severity = vulnerability.severityOf(productId);
    const { bucket, service } = release;
    const advisory = { ...fact.advisory, ...(severity !== undefined && { severity }), ...(service !== undefined && { service }) };
    const key = JSON.stringify([bucket, fact.name, advisory]);
    const group = groups.get(key) ?? {
      record: { kind: 'affected' as const, bucket, packageName: fact.name, id: toAdvisoryId(vulnerability.id), advisory },
      architectures: new Set<string>(),
    };
    if (found.component.architecture !== undefined) group.architectures.add(found.component.architecture);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ record, architectures }) =>
    architectures.size === 0 ? record : { ...record, advisory: { ...record.advisory, architectures: [...architectures].sort() } },
  );
}

/** From 'bind-9.9.4P2-0.6.1.i586', with or without the architecture. */
function toFix({ name, architecture }: CsafComponent['component'], update: string | undefined): PackageFact | undefined {
  const whole = architecture !== undefined && name.endsWith(`.${architecture}`) ? name.slice(0, -architecture.length - 1) : name;
  const [, packageName = '', fixedVersion = ''] = /^(.+)-([^-]+-[^-]+)$/.exec(whole) ?? [];
  if (packageName === '' || architecture === 'src') return undefined;
  return { name: packageName, advisory: { fixedVersion, ...(update !== undefined && { vendorIds: [update] }) } };
}

function toOpen({ name, architecture }: CsafComponent['component'], status: 'affected' | 'under-investigation'): PackageFact | undefined {
  return architecture === 'src' ? undefined : { name, advisory: { status } };
}
