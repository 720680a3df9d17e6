import { MAX_AUDITED_IDS } from '../foundation/base/limits.ts';
import { messageOf } from '../foundation/base/result.ts';
import type { AuditBasis, AuditedImage, AuditedPlatform } from '../foundation/model/audit.ts';
import type { Digest } from '../foundation/model/brand.ts';
import type { Platform } from '../foundation/model/image.ts';
import type { PolicyDecision, PolicyDecisionKind } from '../foundation/model/policy.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { ImageSourceError } from '../image/sources/source.ts';
import type { RegistryClient } from '../registry/client.ts';
import { RegistryError } from '../registry/error.ts';
import { findImages, readImageManifest, type PlatformManifest } from '../registry/image-manifests.ts';
import { formatReference } from '../registry/reference.ts';
import { adoptReport } from './adopt-report.ts';
import type { ImageInput, ScanOptions } from './engine.ts';
import { findReport } from './found-report.ts';
import { choosePlatform } from './shared-report.ts';

/** How an audit comes by its answers. */
export interface Judging {
  readonly client: RegistryClient;
  /** Of an image that nobody attached a report to: what is remembered of it, or a scan; undefined when neither is at hand. */
  readonly look: (input: ImageInput, options: ScanOptions) => Promise<{ readonly report: ScanReport; readonly basis: AuditBasis } | undefined>;
  readonly judge: (report: ScanReport, reference: string) => Promise<PolicyDecision>;
  readonly options: ScanOptions;
  /** Only this one of several. */
  readonly platform?: Platform;
}

/** What an image is called in its repository. */
export interface ImageName {
  readonly repository: string;
  readonly digest: Digest;
  readonly tags: readonly string[];
}

/** What is decided of a platform, and whether it may be decided otherwise in a moment. */
interface Verdict {
  readonly audited: AuditedPlatform;
  readonly isPassing: boolean;
}

/** What counts when several decide, as in a check of one image. */
const strictness: readonly PolicyDecisionKind[] = ['block', 'block-until-scanned', 'unknown', 'allow'];
const PASSING: ReadonlySet<string> = new Set(['network', 'timeout', 'rate-limited', 'server-error', 'tls']);

/** Returns what is decided of an image; undefined for what is none (a chart, a signature). Never throws for the registry's sake: that is the decision 'unknown', or 'block' where it refuses the pull itself. @throws DOMException AbortError · {AdvisoryStoreError} */
export async function auditImage({ repository, digest, tags }: ImageName, judging: Judging): Promise<AuditedImage | undefined> {
  const { registry, signal } = judging.client.session;
  const name = { repository, digest, tags };
  try {
    const { manifests, unread } = await findImages(judging.client, { registry, repository, digest });
    const chosen = judging.platform === undefined ? manifests : [choosePlatform(manifests, judging.platform)].filter((one) => one !== undefined);
    if (chosen.length === 0 && unread === 0) return undefined;
    const verdicts: Verdict[] = [];
    for (const manifest of chosen) verdicts.push(await auditPlatform(repository, manifest, judging));
    // One platform was asked for and found: what else the index names is of no concern.
    return combine(name, verdicts, judging.platform !== undefined && chosen.length > 0 ? 0 : unread);
  } catch (error) {
    signal?.throwIfAborted();
    return { ...name, ...explainFailure(error), blocking: [], platforms: [] };
  }
}

/** Returns what the registry's refusal to give an image means. */
export function explainFailure(error: unknown): Pick<AuditedImage, 'decision' | 'reason' | 'passing'> {
  if (!(error instanceof RegistryError) && !(error instanceof ImageSourceError)) throw error;
  if (error.code === 'blocked') return { decision: 'block', reason: `The registry refuses the pull now: ${messageOf(error)}` };
  return { decision: 'unknown', reason: messageOf(error), ...(PASSING.has(error.code) ? { passing: true } : {}) };
}

async function auditPlatform(repository: string, manifest: PlatformManifest, judging: Judging): Promise<Verdict> {
  const { signal } = judging.client.session;
  const { digest } = manifest.descriptor;
  const named = { digest, ...(manifest.platform === undefined ? {} : { platform: manifest.platform }) };
  try {
    const image = await readImageManifest(judging.client, repository, manifest);
    const reference = formatReference({ registry: judging.client.session.registry, repository, digest });
    const known = await findKnown(repository, image, reference, judging);
    if (known === undefined) {
      const reason = 'Nobody attached a report to it, and it was not looked at here: attach one with "plimsoll attach", or audit with --remote.';
      return { audited: { ...named, platform: image.platform, decision: 'unknown', reason, blocking: [], basis: 'none' }, isPassing: false };
    }
    const { decision, reason, blocking, problems } = await judging.judge(known.report, reference);
    const audited = { ...named, platform: image.platform, decision, reason, blocking: blocking.slice(0, MAX_AUDITED_IDS), basis: known.basis };
    return { audited, isPassing: decision === 'unknown' && problems.some(({ code }) => code === 'network') };
  } catch (error) {
    signal?.throwIfAborted();
    const { passing, ...failure } = explainFailure(error);
    return { audited: { ...named, ...failure, blocking: [], basis: 'none' }, isPassing: passing === true };
  }
}

async function findKnown(
  repository: string,
  image: Awaited<ReturnType<typeof readImageManifest>>,
  reference: string,
  { client, look, options }: Judging,
): Promise<{ readonly report: ScanReport; readonly basis: AuditBasis } | undefined> {
  const now = new Date();
  const { found } = await findReport(client, repository, image, now);
  if (found === undefined) return look({ kind: 'registry', reference }, options);
  return { report: await adoptReport(found, { reference, digest: image.descriptor.digest }, options, now), basis: 'attached' };
}

function byStrictness(a: Pick<AuditedPlatform, 'decision'>, b: Pick<AuditedPlatform, 'decision'>): number {
  return strictness.indexOf(a.decision) - strictness.indexOf(b.decision);
}

function combine(name: ImageName, verdicts: readonly Verdict[], unread: number): AuditedImage {
  const platforms = verdicts.map(({ audited }) => audited);
  const rest = { decision: 'unknown', reason: `The index names ${unread} more that may be images and cannot be read.` } as const;
  const strictest = [...platforms, ...(unread === 0 ? [] : [rest])].toSorted(byStrictness)[0];
  return {
    ...name,
    decision: strictest?.decision ?? 'unknown',
    reason: strictest?.reason ?? '',
    blocking: [...new Set(platforms.flatMap(({ blocking }) => blocking))].toSorted().slice(0, MAX_AUDITED_IDS),
    platforms,
    ...(verdicts.some(({ isPassing }) => isPassing) ? { passing: true } : {}),
  };
}
