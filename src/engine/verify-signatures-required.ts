import { isDeepStrictEqual } from 'node:util';
import { messageOf } from '../foundation/base/result.ts';
import { createHttpClient } from '../foundation/io/http-client.ts';
import { isDigest, type Digest } from '../foundation/model/brand.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import type { SignatureCheck } from '../foundation/model/signature.ts';
import type { RequiredSignature } from '../gate/policy-file/decide.ts';
import { ruleFor, type RequiredFor, type TrustRule } from '../gate/signatures/trust.ts';
import { redactConfig } from '../image/content/redact-text.ts';
import type { ImageDescription } from '../image/sources/image-description.ts';
import { describeRegistryImage } from '../image/sources/registry.ts';
import { ImageSourceError } from '../image/sources/source.ts';
import { findCredential } from '../registry/credentials.ts';
import { formatReference, parseReference, withDefaultTag, type ImageReference } from '../registry/reference.ts';
import type { Configuration } from './configuration.ts';
import { loadTrust, verifySignatures, type VerifyHooks } from './verify-signatures.ts';

/** As builders annotate them. @see https://github.com/opencontainers/image-spec/blob/main/annotations.md */
const BASE_NAME = 'org.opencontainers.image.base.name';
const BASE_DIGEST = 'org.opencontainers.image.base.digest';

/**
 * Returns what is known of the signatures that a project requires of an image that is pushed as `reference`, and of what it was built on; empty when it requires none, and then nobody is asked. A signature that
 * is in the registry counts for this image only where the image in the registry is this one.
 */
export async function checkRequiredSignatures(
  report: ScanReport,
  reference: string,
  configuration: Pick<Configuration, 'policy' | 'trust' | 'file'>,
  hooks: VerifyHooks = {},
): Promise<readonly RequiredSignature[]> {
  const rules = (await loadTrust(configuration)) ?? [];
  const isRequired = configuration.policy?.signature === 'required';
  const pushed = await checkPushed(report, reference, rules, isRequired, hooks);
  const base = await checkBase(report, rules, hooks);
  return [...(pushed === undefined ? [] : [pushed]), ...(base === undefined ? [] : [base])];
}

async function checkPushed(
  report: ScanReport,
  reference: string,
  rules: readonly TrustRule[],
  isRequired: boolean,
  hooks: VerifyHooks,
): Promise<RequiredSignature | undefined> {
  const parsed = parseReference(reference);
  if (parsed === undefined || (!isRequired && !isRequiredFor('push', rules, parsed))) return undefined;
  const image = withDefaultTag(parsed);
  const name = formatReference(image);
  const check = await verifySignatures(name, rules, hooks);
  const answer = (valid: RequiredSignature['valid'], reason: string): RequiredSignature => ({ of: 'image', name, valid, reason });
  const later = (reason: string): RequiredSignature => ({ ...answer('unknown', reason), awaitsPush: true });
  if (check.digest === undefined) {
    // That nothing is there yet is no failure; everything else is told.
    const failure = check.problems.some(({ code }) => code !== 'other') ? ` (${check.reason.replace(/\.$/, '')})` : '';
    const reason = `it must be signed, which it can be once it is in its registry: push it, sign it, and ask plimsoll verify ${name}${failure}`;
    return failure === '' ? later(reason) : answer('unknown', reason);
  }
  const isSigned = answer(check.valid, check.reason);
  if (report.image.digest === check.digest) return isSigned;
  const there = await describe(image, check.digest, report, hooks);
  if (typeof there === 'string') return answer('unknown', `it must be signed, and ${there}`);
  return isSameImage(there, report.image)
    ? isSigned
    : later(`it must be signed, and what is there as ${name} is another image: push this one, sign it, and ask plimsoll verify ${name}`);
}

async function checkBase(report: ScanReport, rules: readonly TrustRule[], hooks: VerifyHooks): Promise<RequiredSignature | undefined> {
  if (!rules.some(({ requireFor }) => requireFor === 'base' || requireFor === 'both')) return undefined;
  const said = (key: string): string | undefined => report.image.annotations?.[key] ?? report.image.config.labels[key];
  const answer = (name: string, valid: RequiredSignature['valid'], reason: string): RequiredSignature => ({ of: 'base', name, valid, reason });
  const named = said(BASE_NAME);
  if (named === undefined)
    return answer('', 'unknown', `base images must be signed, and the image does not say what it was built on (annotation ${BASE_NAME})`);
  const parsed = parseReference(named);
  if (parsed === undefined)
    return answer(
      named,
      'unknown',
      `base images must be signed, and ${JSON.stringify(named.slice(0, 200))}, on which it was built, is no image's name`,
    );
  if (!isRequiredFor('base', rules, parsed)) return undefined;
  const digest = said(BASE_DIGEST);
  const base = isDigest(digest) ? { registry: parsed.registry, repository: parsed.repository, digest } : withDefaultTag(parsed);
  const name = formatReference(base);
  const check: SignatureCheck = await verifySignatures(name, rules, hooks);
  if (check.digest === undefined)
    return answer(name, 'unknown', `its base image ${name} must be signed, and could not be looked at: ${check.reason}`);
  // What an image says of its base is whatever its builder wrote; the layers are there.
  const there = await describe(base, check.digest, report, hooks);
  if (typeof there === 'string') return answer(name, 'unknown', `its base image must be signed, and ${there}`);
  return beginsWith(report.image, there)
    ? answer(name, check.valid, check.reason)
    : answer(name, 'unknown', `its base image must be signed, and its layers do not begin with those of ${name}, on which it says it was built`);
}

function isRequiredFor(what: Exclude<RequiredFor, 'both'>, rules: readonly TrustRule[], image: ImageReference): boolean {
  const required = ruleFor(rules, image)?.requireFor;
  return required === what || required === 'both';
}

/** What the registry has for the report's platform; in words, why that could not be told. */
async function describe(image: ImageReference, digest: Digest, report: ScanReport, hooks: VerifyHooks): Promise<ImageDescription | string> {
  const { http = createHttpClient(), credentialFor, signal } = hooks;
  const credential = credentialFor ?? ((registry: string, repository: string) => findCredential(registry, undefined, repository));
  const { registry, repository } = image;
  try {
    return await describeRegistryImage(
      { registry, repository, digest },
      { http, credential },
      { platform: report.image.platform, ...(signal === undefined ? {} : { signal }) },
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ImageSourceError) return `the registry's image could not be compared with this one: ${messageOf(error)}`;
    throw error;
  }
}

type ImagePart = Pick<ScanReport['image'], 'config'> & { readonly layers: readonly { readonly diffId?: string }[] };

function isSameImage(there: ImagePart, here: ImagePart): boolean {
  // A report has its secrets shortened.
  return there.layers.length === here.layers.length && beginsWith(here, there) && isDeepStrictEqual(redactConfig(there.config), here.config);
}

/** Layers by their content, whatever they are compressed with. */
function beginsWith(image: ImagePart, base: ImagePart): boolean {
  return base.layers.length > 0 && base.layers.every(({ diffId }, index) => diffId !== undefined && diffId === image.layers[index]?.diffId);
}
