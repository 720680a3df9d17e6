import { createHttpClient } from '../foundation/io/http-client.ts';
import type { Digest } from '../foundation/model/brand.ts';
import type { ScanComparison } from '../foundation/model/push.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { compareWithRegistryReport } from '../gate/push/registry-report.ts';
import { findCloudKey } from '../registry/cloud-keys.ts';
import { findCredential } from '../registry/credentials.ts';
import { parseReference } from '../registry/reference.ts';
import type { CheckHooks } from './check-push.ts';
import type { ScanProgress } from './engine.ts';

export interface ComparisonHooks extends Pick<CheckHooks, 'signal' | 'configuration'> {
  /** How long to wait for a scan that is not done yet; default 0. */
  readonly waitMs?: number;
  readonly onProgress?: (progress: ScanProgress) => void;
}

/** Returns what the registry's own scan of an image that was pushed as `reference` found, beside what is in `report`. A registry that cannot be asked is the status 'unavailable'; only a cancellation is thrown. */
export async function compareWithRegistry(
  report: ScanReport,
  reference: string,
  digest: Digest,
  hooks: ComparisonHooks = {},
): Promise<ScanComparison> {
  const parsed = parseReference(reference);
  if (parsed === undefined) throw new RangeError(`${JSON.stringify(reference)} is no reference`);
  const { signal, configuration, waitMs = 0, onProgress } = hooks;
  // A registry does not know what is ignored here.
  const findings = [...report.findings, ...(report.ignored ?? []).map(({ finding }) => finding)];
  return compareWithRegistryReport({
    reference: { ...parsed, digest },
    ours: findings.filter(({ category }) => category === 'os-vulnerability' || category === 'application-vulnerability'),
    waitMs,
    http: createHttpClient(),
    credentialFor: (registry, repository) => findCredential(registry, undefined, repository),
    cloudKeyFor: findCloudKey,
    now: new Date(),
    ...(configuration === undefined ? {} : { providerOf: configuration.providerOf }),
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined
      ? {}
      : {
          onWait: () => {
            onProgress({ message: `Waiting for ${parsed.registry} to scan the image` });
          },
        }),
  });
}
