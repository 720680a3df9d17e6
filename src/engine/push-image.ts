import { messageOf } from '../foundation/base/result.ts';
import type { Digest } from '../foundation/model/brand.ts';
import type { Platform } from '../foundation/model/image.ts';
import type { PolicyDecision } from '../foundation/model/policy.ts';
import type { Problem } from '../foundation/model/problem.ts';
import type { PushOverride, PushResult } from '../foundation/model/push.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { listPlatforms, pushesPlatforms } from '../gate/push/engine-platforms.ts';
import { pushToRegistry, tagImage } from '../gate/push/engine-push.ts';
import { PushError } from '../gate/push/push-error.ts';
import { findEngine, inspectEngineImage, type Engine, type EngineImageDetails } from '../image/sources/docker-engine.ts';
import { ImageSourceError } from '../image/sources/source.ts';
import { findCredential } from '../registry/credentials.ts';
import { toShowable } from '../registry/json.ts';
import { formatReference, parseReference, withDefaultTag, type ImageReference } from '../registry/reference.ts';
import { checkPush, type CheckHooks } from './check-push.ts';
import type { ScanProgress } from './engine.ts';
import { appendEvidence, whoIsHere, type AppendOptions } from './evidence-log.ts';
import type { EvidenceOutcome, EvidenceRecord } from '../evidence/log/evidence-entry.ts';

export { PushError } from '../gate/push/push-error.ts';

export interface PushOrder {
  /** Of the image that is to be pushed: nothing else is. */
  readonly report: ScanReport;
  /** The image as the engine knows it. `host` is a DOCKER_HOST-style address; absent: found as the docker CLI would find it. */
  readonly source: { readonly reference: string; readonly host?: string };
  /** What it is pushed as; default: its own name. */
  readonly target?: string;
  /** Only this one of an image for several platforms. */
  readonly platform?: Platform;
  /** Why it is to be pushed whatever the decision; blank is none. */
  readonly reason?: string;
  /** Decides, and pushes nothing. */
  readonly dryRun?: boolean;
  /** Pushes nothing where there is something to be said first: that the tag is blocked as it is there now, that the sign-in could not be read … */
  readonly heedProblems?: boolean;
}

export interface PushHooks extends CheckHooks {
  readonly onProgress?: (progress: ScanProgress) => void;
  /** Told before anything is pushed. */
  readonly onDecision?: (decision: PolicyDecision) => void;
  /** Default: the log of this user. */
  readonly logFile?: string;
}

type PushTarget = ImageReference & { readonly tag: string };

/** What is the same for every line that a push leaves in the log. */
interface Push {
  readonly engine: Engine;
  readonly image: EngineImageDetails;
  readonly target: PushTarget;
  readonly decision: PolicyDecision;
  readonly override: PushOverride | undefined;
  readonly hooks: PushHooks;
}

/**
 * Pushes a scanned image of a local engine if the decision on it is 'allow', or a reason is given; a decision that is not known is no allowance. The reason is in the evidence log before anything is pushed.
 * What is pushed is what was scanned: an image whose name was given to another since is an error.
 * @throws {PushError}, {ImageSourceError} for the engine, {CredentialError}; the signal's reason
 */
export async function pushImage(order: PushOrder, hooks: PushHooks = {}): Promise<PushResult> {
  const { signal } = hooks;
  const { reference, host } = order.source;
  const engine = await findEngine({ ...(host === undefined ? {} : { host }), ...(signal === undefined ? {} : { signal }) });
  const image = await inspectEngineImage(engine, reference, signal);
  const target = toTarget(order, image);
  const platformed = order.platform === undefined ? image : await inspectEngineImage(engine, reference, signal, order.platform);
  assertScanned(order.report, platformed, reference);
  await assertOnePlatform(order, engine, image, signal);

  const decision = await checkPush(order.report, formatReference(target), { ...hooks, forPush: true });
  hooks.onDecision?.(decision);
  const facts = { schemaVersion: 1, reference: formatReference(target), imageId: image.id, decision } as const;
  if (order.dryRun === true) return { ...facts, outcome: 'dry-run', problems: [] };

  if (decision.decision === 'allow' && order.heedProblems === true && decision.problems.length > 0)
    return { ...facts, outcome: 'not-pushed', problems: [] };

  // What cannot be seen says nothing.
  const reason = toShowable(order.reason ?? '') === '' ? '' : (order.reason ?? '').trim();
  const isAllowed = decision.decision === 'allow';
  const override = isAllowed || reason === '' ? undefined : { reason, by: whoIsHere(), at: new Date().toISOString() };
  const push: Push = { engine, image, target, decision, override, hooks };
  if (!isAllowed && override === undefined) return { ...facts, outcome: 'not-pushed', problems: await tryRecord(push, 'not-pushed') };

  if (override !== undefined) await recordOverride(push);
  const pushed = await carryOut(push, order.platform);
  return {
    ...facts,
    outcome: 'pushed',
    digest: pushed.digest,
    ...(override === undefined ? {} : { override }),
    problems: pushed.problems,
  };
}

async function carryOut(push: Push, platform: Platform | undefined): Promise<Pick<PushResult, 'problems'> & Pick<Required<PushResult>, 'digest'>> {
  let digest: Digest;
  try {
    digest = await tagAndPush(push, platform);
  } catch (error) {
    if (push.hooks.signal?.aborted === true) await tryRecord(push, 'cancelled');
    else await tryRecord(push, 'failed', { error: messageOf(error) });
    throw error;
  }
  // From here on it is in the registry: nothing that goes wrong now makes it a push that failed.
  const problems = await lookAgain(push);
  return { digest, problems: [...problems, ...(await tryRecord(push, 'pushed', { digest }))] };
}

async function tagAndPush({ engine, image, target, hooks }: Push, platform: Platform | undefined): Promise<Digest> {
  const { signal, onProgress } = hooks;
  const name = formatReference(target);
  onProgress?.({ message: `Pushing ${name}` });
  const credential = await findCredential(target.registry, undefined, target.repository);
  // A name that the image had when it was looked at is not taken back from whoever got it since.
  if (!hasName(image, target)) await tagImage(engine, image.id, target, signal);
  if ((await idOf(engine, name, signal)) !== image.id) throw moved(name);
  return pushToRegistry(engine, {
    reference: target,
    credential,
    ...(platform === undefined || !pushesPlatforms(engine) ? {} : { platform }),
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined
      ? {}
      : {
          onProgress: ({ fraction, message }) => {
            onProgress({ fraction, message });
          },
        }),
  });
}

/** The engine takes the name, not the id: somebody may have been quicker. */
async function lookAgain({ engine, image, target }: Push): Promise<readonly Problem[]> {
  const name = formatReference(target);
  try {
    return (await idOf(engine, name, undefined)) === image.id ? [] : [{ code: 'other', message: movedMeanwhile(name) }];
  } catch (error) {
    return [{ code: 'other', message: `Whether ${name} still names the image that was scanned could not be seen: ${messageOf(error)}` }];
  }
}

// --- what is pushed -------------------------------------------------------------------------------------------------------

/** True for what an image can be pushed as: a name with or without a tag, and without a digest. */
export function isPushTarget(text: string): boolean {
  const parsed = parseReference(text);
  return parsed !== undefined && parsed.digest === undefined;
}

function toTarget({ source, target }: PushOrder, image: EngineImageDetails): PushTarget {
  const text = target ?? source.reference;
  const parsed = parseReference(text);
  const isOwnName = parsed !== undefined && hasName(image, withDefaultTag(parsed));
  if (parsed === undefined || (target === undefined && !isOwnName))
    throw new PushError(
      'not-a-reference',
      `${JSON.stringify(text)} does not say where to push: give REGISTRY/NAMESPACE/NAME:TAG, with --as where the image has another name here.`,
    );
  if (!isPushTarget(text))
    throw new PushError('not-a-reference', `${JSON.stringify(text)} names a digest, which nothing can be pushed as: give a tag.`);
  const { registry, repository, tag = 'latest' } = parsed;
  return { registry, repository, tag };
}

/** Engines leave out what is usual: 'ann/app:1' is docker.io/ann/app:1. */
function hasName(image: EngineImageDetails, reference: ImageReference): boolean {
  const names = image.references.map(parseReference).filter((name) => name !== undefined);
  return names.some((name) => formatReference(withDefaultTag(name)) === formatReference(reference));
}

/** The layers and the time of creation are the image's own, in whatever store the engine keeps it; its id is not the same in all of them. */
function assertScanned({ image: scanned }: ScanReport, image: EngineImageDetails, reference: string): void {
  const layers = scanned.layers.map(({ diffId }) => diffId);
  const sameLayers = image.diffIds.length === layers.length && image.diffIds.every((diffId, i) => diffId === layers[i]);
  if (!sameLayers || differ(scanned.config.created, image.created)) throw moved(reference);
}

function differ(a: string | undefined, b: string | undefined): boolean {
  const [first, second] = [Date.parse(a ?? ''), Date.parse(b ?? '')];
  // Engines write the first year of the calendar for an image without a time.
  return first > 0 && second > 0 && first !== second;
}

async function assertOnePlatform(
  { platform, source, report }: PushOrder,
  engine: Engine,
  image: EngineImageDetails,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (platform !== undefined) {
    const { os, architecture } = image.platform ?? platform;
    if (pushesPlatforms(engine) || (os === platform.os && architecture === platform.architecture)) return;
    throw new PushError(
      'several-platforms',
      `${source.reference} is for ${os}/${architecture}, and the engine at ${engine.endpoint.address} is too old to push another platform of it.`,
    );
  }
  const platforms = await listPlatforms(engine, image.id, signal);
  // An engine that is too old to tell exports them all the same.
  const others = platforms.length === 0 ? (report.image.otherPlatforms ?? []) : [];
  if (platforms.length > 1 || others.length > 0)
    throw new PushError(
      'several-platforms',
      `${source.reference} holds images for ${platforms.length > 1 ? platforms.join(', ') : 'several platforms'}, and one of them was scanned: name it with --platform to push that one.`,
    );
}

async function idOf(engine: Engine, name: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  try {
    return (await inspectEngineImage(engine, name, signal)).id;
  } catch (error) {
    if (error instanceof ImageSourceError && error.code === 'not-found') return undefined;
    throw error;
  }
}

function moved(reference: string): PushError {
  return new PushError('moved', `${reference} is not the image that was scanned: it was built or tagged anew since. Scan it again, then push.`);
}

function movedMeanwhile(name: string): string {
  return `${name} was given to another image while it was pushed: which of the two the registry has is told by the digest. Scan and push again.`;
}

// --- what is kept of it ---------------------------------------------------------------------------------------------------

async function recordOverride(push: Push): Promise<void> {
  try {
    await appendEvidence(toRecord(push, 'started'), logOptions(push.hooks));
  } catch (error) {
    push.hooks.signal?.throwIfAborted();
    throw new PushError(
      'log',
      `Nothing was pushed: the reason could not be kept in the evidence log (${messageOf(error)}). Set PLIMSOLL_STATE_DIR to a folder that can be written to.`,
      {
        cause: error,
      },
    );
  }
}

/** What was allowed, or is done already, does not fail for want of a line: it is told. A push that was cancelled gets its line all the same. */
async function tryRecord(push: Push, outcome: EvidenceOutcome, more: Pick<EvidenceRecord, 'digest' | 'error'> = {}): Promise<readonly Problem[]> {
  try {
    await appendEvidence({ ...toRecord(push, outcome), ...more }, logOptions({ logFile: push.hooks.logFile }));
    return [];
  } catch (error) {
    return [{ code: 'other', message: `The evidence log could not be written: ${messageOf(error)}.` }];
  }
}

function logOptions({ logFile, signal }: { readonly logFile?: string | undefined; readonly signal?: AbortSignal | undefined }): AppendOptions {
  return { ...(logFile === undefined ? {} : { file: logFile }), ...(signal === undefined ? {} : { signal }) };
}

function toRecord({ image, target, decision, override }: Push, outcome: EvidenceOutcome): EvidenceRecord {
  return {
    at: new Date().toISOString(),
    by: override?.by ?? whoIsHere(),
    outcome,
    reference: formatReference(target),
    imageId: image.id,
    decision: decision.decision,
    provider: decision.parts?.map(({ provider }) => provider).join(', ') ?? decision.provider,
    blocking: decision.blocking,
    ...(override === undefined ? {} : { reason: override.reason }),
  };
}
