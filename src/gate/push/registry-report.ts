import { setTimeout } from 'node:timers/promises';
import { MAX_SCAN_POLL_MS, MAX_SCAN_WAIT_MS, SCAN_POLL_MS } from '../../foundation/base/limits.ts';
import type { RegistryReport, ScanComparison } from '../../foundation/model/push.ts';
import { formatReference, type ImageReference } from '../../registry/reference.ts';
import { chooseProvider, type ProviderQuestion } from '../find-provider.ts';
import { PolicyError } from '../provider.ts';
import { compareVulnerabilities, type OurVulnerability } from './compare.ts';

export interface RegistryReportQuestion extends ProviderQuestion {
  /** With the digest under which the registry took the image. */
  readonly reference: ImageReference;
  readonly ours: readonly OurVulnerability[];
  /** How long to wait for a scan that is not done; 0 asks once. At most MAX_SCAN_WAIT_MS. */
  readonly waitMs: number;
  /** Called before each pause. */
  readonly onWait?: () => void;
}

/** Returns the registry's own scan beside ours. Never throws for the network, a refusal or an answer that makes no sense: the comparison is then 'unavailable', with the reason. A cancellation is thrown. */
export async function compareWithRegistryReport(question: RegistryReportQuestion): Promise<ScanComparison> {
  const { reference, ours, signal } = question;
  const shown = formatReference(reference);
  const empty = { schemaVersion: 1, reference: shown, agreed: 0, onlyTheirs: [], onlyOurs: [], otherSeverity: [] } as const;
  try {
    const { provider, context, failure } = await chooseProvider(reference, question);
    if (provider === undefined && failure !== undefined) throw failure;
    if (provider?.readReport === undefined) {
      const whose =
        provider === undefined
          ? `Plimsoll does not know what kind of registry ${reference.registry} is`
          : `${provider.displayName} is not asked for scans of its own`;
      return { ...empty, status: 'unavailable', message: `${whose}: its findings are not compared.` };
    }
    const read = provider.readReport.bind(provider);
    const report = await readUntilDone(() => read(reference, { ...context, now: new Date() }), question);
    const { status, scanner, scannedAt, vulnerabilities } = report;
    const facts = { ...(scanner === undefined ? {} : { scanner }), ...(scannedAt === undefined ? {} : { scannedAt }) };
    if (status !== 'done') return { ...empty, ...facts, status, message: messages[status](reference.registry) };
    const lists = compareVulnerabilities(ours, vulnerabilities);
    const differences = lists.onlyTheirs.length + lists.onlyOurs.length + lists.otherSeverity.length;
    const who = scanner === undefined ? reference.registry : `${scanner.name} of ${reference.registry}`;
    const message =
      differences === 0
        ? `${who} found the same as the scan here.`
        : `${who} found ${lists.onlyTheirs.length} more and ${lists.onlyOurs.length} fewer than the scan here, and sees ${lists.otherSeverity.length} in another severity.`;
    return { ...empty, ...facts, ...lists, status, message };
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof PolicyError)) throw error;
    return { ...empty, status: 'unavailable', message: error.message };
  }
}

const messages: Readonly<Record<'pending' | 'none' | 'failed', (registry: string) => string>> = {
  pending: (registry) => `${registry} has not finished its own scan yet.`,
  none: (registry) => `${registry} has not scanned the image, and does not say that it will: start a scan there.`,
  failed: (registry) => `${registry} did not finish its own scan: look at it there, and start it again.`,
};

/** A scan that starts on push is not there in the first moments: 'none' is waited for as 'pending' is. */
async function readUntilDone(read: () => Promise<RegistryReport>, { waitMs, signal, onWait }: RegistryReportQuestion): Promise<RegistryReport> {
  const end = performance.now() + Math.min(waitMs, MAX_SCAN_WAIT_MS);
  for (let pauseMs = SCAN_POLL_MS; ; pauseMs = Math.min(pauseMs * 1.5, MAX_SCAN_POLL_MS)) {
    const report = await read();
    const leftMs = end - performance.now();
    const nextMs = Math.max(pauseMs, report.retryAfterMs ?? 0);
    if (report.status === 'done' || report.status === 'failed' || leftMs <= 0 || (report.retryAfterMs ?? 0) > leftMs) return report;
    onWait?.();
    await setTimeout(Math.min(nextMs, leftMs), undefined, signal === undefined ? {} : { signal });
  }
}
