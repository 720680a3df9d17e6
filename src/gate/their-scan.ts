import type { DecidingScanner, PolicyVulnerability } from '../foundation/model/policy.ts';
import type { RegistryVulnerability } from '../foundation/model/push.ts';
import type { ImageReference } from '../registry/reference.ts';
import { toContext, type ProviderQuestion } from './find-provider.ts';
import { PolicyError, type GatedImage, type PolicyProvider } from './provider.ts';
import { toSeverity } from './push/compare.ts';

/** An image as the registry's own scan sees it. */
export interface TheirScan {
  readonly image: GatedImage;
  readonly decidedBy?: DecidingScanner;
}

/** What the registry is asked about. */
interface TheirScanQuestion extends ProviderQuestion {
  readonly image: GatedImage;
}

/**
 * Returns the image as the registry's own scan of that very digest sees it. Undefined where that scan is not done or not told, which says nothing of the image: what keeps our own from deciding is the reason then.
 * @throws what a cancellation throws
 */
export async function readTheirScan(
  provider: PolicyProvider,
  { registry, repository }: ImageReference,
  question: TheirScanQuestion,
): Promise<TheirScan | undefined> {
  const { image, digest } = question;
  if (provider.readReport === undefined || digest === undefined) return undefined;
  const reference = { registry, repository, digest };
  try {
    const { status, scanner, vulnerabilities } = await provider.readReport(reference, toContext(reference, question, []));
    if (status !== 'done') return undefined;
    return {
      image: { platform: image.platform, vulnerabilities: vulnerabilities.map(toPolicyVulnerability), complete: true, scannedBy: 'registry' },
      ...(scanner === undefined ? {} : { decidedBy: scanner }),
    };
  } catch (error) {
    question.signal?.throwIfAborted();
    if (!(error instanceof PolicyError)) throw error;
    return undefined;
  }
}

function toPolicyVulnerability({ id, severity }: RegistryVulnerability): PolicyVulnerability {
  return { id, severity: toSeverity(severity), remediation: [] };
}
