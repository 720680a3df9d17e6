import { compareText } from '../../../foundation/base/order.ts';
import type { Finding } from '../../../foundation/model/finding.ts';
import type { IgnoredBy, ScanReport } from '../../../foundation/model/report.ts';
import { toUuid } from '../deterministic-uuid.ts';
import { imagePurl } from '../image-purl.ts';
import type { ReportRenderer } from '../renderer.ts';
import { toStableJson } from '../stable-json.ts';
import { openVexJustification } from '../vex-words.ts';
import { imageName, statusNames } from '../wording.ts';

/**
 * OpenVEX 0.2.0: what is known of every vulnerability that was found in the image, what is ignored included. The product is the image, the packages are its subcomponents.
 * @see https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md
 */
export const renderer: ReportRenderer = {
  id: 'openvex',
  mediaType: 'application/json',
  render(report, options) {
    const statements = toStatements(report);
    return toStableJson(
      {
        '@context': 'https://openvex.dev/ns/v0.2.0',
        '@id': `urn:uuid:${toUuid(JSON.stringify(statements))}`,
        author: 'Plimsoll',
        role: 'Image scanner',
        timestamp: options.createdAt.toISOString(),
        version: 1,
        tooling: `plimsoll ${options.toolVersion}`,
        statements,
      },
      ['@context', '@id', 'author', 'role', 'timestamp', 'version', 'tooling', 'statements'],
    );
  },
};

/** What a statement says apart from its packages. */
interface Claim {
  readonly vulnerability: { readonly name: string; readonly aliases?: readonly string[] };
  readonly status: 'affected' | 'under_investigation' | 'not_affected' | 'fixed';
  readonly justification?: string;
  readonly impact_statement?: string;
  readonly action_statement?: string;
  readonly status_notes?: string;
  readonly timestamp?: string;
}

/** Packages of which the same is said stand in one statement. */
function toStatements(report: ScanReport): readonly object[] {
  const claims = [
    ...report.findings.map((finding) => [finding, claimOf(finding)] as const),
    ...(report.ignored ?? []).map(({ finding, by }) => [finding, ignoredClaim(finding, by)] as const),
  ];
  const groups = new Map<string, { readonly claim: Claim; readonly purls: Set<string> }>();
  for (const [finding, claim] of claims) {
    if (finding.package === undefined) continue;
    const key = JSON.stringify(claim);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { claim, purls: new Set([finding.package.purl]) });
    else group.purls.add(finding.package.purl);
  }
  const product = productOf(report);
  return [...groups]
    .toSorted(([a, { claim: left }], [b, { claim: right }]) => compareText(left.vulnerability.name, right.vulnerability.name) || compareText(a, b))
    .map(([, { claim, purls }]) => ({
      ...claim,
      products: [{ ...product, subcomponents: [...purls].sort(compareText).map((purl) => ({ '@id': purl, identifiers: { purl } })) }],
    }));
}

function productOf(report: ScanReport): object {
  const purl = imagePurl(report);
  const [algorithm, hex] = (report.image.digest ?? '').split(':');
  return {
    '@id': purl ?? imageName(report),
    ...(purl === undefined ? {} : { identifiers: { purl } }),
    ...(algorithm === 'sha256' && hex !== undefined ? { hashes: { 'sha-256': hex } } : {}),
  };
}

function nameOf({ id, aliases = [] }: Finding): Claim['vulnerability'] {
  return { name: id, ...(aliases.length === 0 ? {} : { aliases }) };
}

/** The word of a VEX document that was given counts; else what the distribution says. */
function claimOf(finding: Finding): Claim {
  const { vex, package: installed, remediation } = finding;
  const vulnerability = nameOf(finding);
  const time = vex?.timestamp === undefined ? {} : { timestamp: vex.timestamp };
  if ((vex?.status ?? (installed?.status === 'under-investigation' ? 'under_investigation' : 'affected')) === 'under_investigation')
    return { vulnerability, status: 'under_investigation', ...(vex?.text === undefined ? {} : { status_notes: vex.text }), ...time };
  const fix = remediation.find(({ kind }) => kind === 'command') ?? remediation[0];
  const action =
    vex?.text ??
    fix?.text ??
    (installed?.fixedVersion === undefined ? statusNames[installed?.status ?? 'unknown'] : `Upgrade to ${installed.fixedVersion}`);
  return { vulnerability, status: 'affected', action_statement: action, ...time };
}

/** An entry without an end says that the image is not affected, and why. One with an end accepts the risk for a time: the image is affected, and that is what is done about it. */
function ignoredClaim(finding: Finding, by: IgnoredBy): Claim {
  const vulnerability = nameOf(finding);
  const reason = by.reason ?? '';
  if (by.kind === 'configuration') {
    return by.expires === undefined
      ? { vulnerability, status: 'not_affected', impact_statement: reason }
      : { vulnerability, status: 'affected', action_statement: `Accepted until ${by.expires}: ${reason}` };
  }
  const time = by.timestamp === undefined ? {} : { timestamp: by.timestamp };
  if (by.status === 'fixed') return { vulnerability, status: 'fixed', ...(by.reason === undefined ? {} : { status_notes: by.reason }), ...time };
  const justification = openVexJustification(by.justification);
  // The specification asks for one of the two.
  const impact = by.reason ?? (justification === undefined ? (by.justification ?? `As ${by.source} says`) : undefined);
  return {
    vulnerability,
    status: 'not_affected',
    ...(justification === undefined ? {} : { justification }),
    ...(impact === undefined ? {} : { impact_statement: impact }),
    ...time,
  };
}
