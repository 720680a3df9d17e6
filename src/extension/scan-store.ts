import { createHash } from 'node:crypto';
import type { PolicyDecision, PolicyDecisionKind } from '../foundation/model/policy.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { isPolicyDecision } from '../protocol/model-guards/policy.ts';
import { isScanReport } from '../protocol/model-guards/report.ts';
import { isScanInput } from '../protocol/image-requests.ts';
import type { ScanInput } from '../protocol/image-requests.ts';
import { isNumber, isText, listOf, oneOf, optional, recordOf, shape } from '../protocol/shape.ts';
import type { Guard } from '../protocol/shape.ts';
import { countSeverities } from './format.ts';
import type { SeverityCounts } from './format.ts';
import { titleOf } from './scan-target.ts';

/** How many images are remembered. */
export const MAX_SCANS = 20;
const INDEX_KEY = 'plimsoll.scans';

/** What the view, the status bar and the picker show of a scan without opening its report. */
export interface ScanSummary {
  /** Names this image in messages, panels and files: the same image from the same place has the same key. 64 hexadecimal digits. */
  readonly key: string;
  readonly title: string;
  readonly input: ScanInput;
  /** ISO 8601. */
  readonly scannedAt: string;
  readonly counts: SeverityCounts;
  readonly status: 'complete' | 'partial';
  readonly decision?: PolicyDecisionKind;
  /** The Dockerfile it was built from, when the user said so. */
  readonly dockerfileUri?: string;
  /** ISO 8601: when the advisories were built that it was made against; absent when they do not say. */
  readonly advisoriesBuiltAt?: string;
}

/** A scan with its report, as it is kept in a file of its own. */
export interface ScanRecord {
  readonly summary: ScanSummary;
  readonly report: ScanReport;
  readonly decision?: PolicyDecision;
}

/** Where reports are kept: text by name. `read` gives undefined for what is not there. */
export interface ReportFiles {
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Where the list is kept: vscode.Memento. */
export interface Index {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const isSummary = shape<ScanSummary>({
  key: (value) => isText(value) && /^[0-9a-f]{64}$/.test(value),
  title: isText,
  input: isScanInput,
  scannedAt: isText,
  counts: recordOf(isNumber),
  status: oneOf('complete', 'partial'),
  decision: optional(oneOf('allow', 'block', 'block-until-scanned', 'unknown')),
  dockerfileUri: optional(isText),
  advisoriesBuiltAt: optional(isText),
});
const isSummaries = listOf(isSummary) as Guard<readonly ScanSummary[]>;
const isSaved = shape<Pick<ScanRecord, 'report' | 'decision'>>({ report: isScanReport, decision: optional(isPolicyDecision) });

/** The images scanned lately, newest first: a short list that is always at hand, and the reports behind it in files that are read when asked for. */
export class ScanStore {
  readonly #index: Index;
  readonly #files: ReportFiles;
  readonly #listeners = new Set<() => void>();
  #summaries: readonly ScanSummary[];
  #latest: ScanRecord | undefined;

  constructor(index: Index, files: ReportFiles) {
    this.#index = index;
    this.#files = files;
    const kept = index.get(INDEX_KEY);
    this.#summaries = isSummaries(kept) ? kept : [];
  }

  get summaries(): readonly ScanSummary[] {
    return this.#summaries;
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return {
      dispose: () => {
        this.#listeners.delete(listener);
      },
    };
  }

  /** Returns a scan with its report; undefined when it was removed or its file is gone or damaged. */
  async get(key: string): Promise<ScanRecord | undefined> {
    if (this.#latest?.summary.key === key) return this.#latest;
    const summary = this.#summaries.find((candidate) => candidate.key === key);
    const text = summary === undefined ? undefined : await this.#files.read(fileOf(key));
    const saved = text === undefined ? undefined : parseJson(text);
    return summary !== undefined && isSaved(saved) ? { summary, ...saved } : undefined;
  }

  /** Remembers a finished scan in place of an earlier one of the same image, and returns it. A decision of an earlier scan is not kept: it was made for other findings. */
  async add(input: ScanInput, report: ScanReport, scannedAt: Date, dockerfileUri?: string): Promise<ScanRecord> {
    const summary: ScanSummary = {
      key: keyOf(input),
      title: report.image.reference ?? titleOf(input),
      input,
      scannedAt: scannedAt.toISOString(),
      ...countsOf(report),
      ...(dockerfileUri === undefined ? {} : { dockerfileUri }),
    };
    return this.#save({ summary, report });
  }

  /** Keeps a report of the same scan that was made anew: matched again, or with other findings ignored. */
  async replaceReport(record: ScanRecord, report: ScanReport): Promise<ScanRecord> {
    return this.#save({ ...record, summary: { ...record.summary, ...countsOf(report) }, report });
  }

  /** Keeps the decision with its scan. */
  async decide(record: ScanRecord, decision: PolicyDecision): Promise<ScanRecord> {
    return this.#save({ ...record, summary: { ...record.summary, decision: decision.decision }, decision });
  }

  async remove(key: string): Promise<void> {
    if (this.#latest?.summary.key === key) this.#latest = undefined;
    await this.#setSummaries(this.#summaries.filter((summary) => summary.key !== key));
  }

  async #save(record: ScanRecord): Promise<ScanRecord> {
    const { summary, report, decision } = record;
    this.#latest = record;
    await this.#files.write(fileOf(summary.key), JSON.stringify({ report, ...(decision === undefined ? {} : { decision }) }));
    await this.#setSummaries([summary, ...this.#summaries.filter(({ key }) => key !== summary.key)].slice(0, MAX_SCANS));
    return record;
  }

  async #setSummaries(summaries: readonly ScanSummary[]): Promise<void> {
    const gone = this.#summaries.filter(({ key }) => !summaries.some((kept) => kept.key === key));
    this.#summaries = summaries;
    await this.#index.update(INDEX_KEY, summaries);
    for (const { key } of gone) await this.#files.remove(fileOf(key));
    for (const listener of this.#listeners) listener();
  }
}

/** What of a report is always at hand. */
function countsOf({ findings, status, advisories }: ScanReport): Pick<ScanSummary, 'counts' | 'status' | 'advisoriesBuiltAt'> {
  return { counts: countSeverities(findings), status, ...(advisories.builtAt !== '' && { advisoriesBuiltAt: advisories.builtAt }) };
}

function keyOf(input: ScanInput): string {
  const place = input.kind === 'engine' ? ['engine', input.reference, input.host ?? ''] : ['path', input.path];
  return createHash('sha256').update(JSON.stringify(place)).digest('hex');
}

function fileOf(key: string): string {
  return `${key}.json`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
