import type { Exceptions } from '../engine/exceptions.ts';
import type { addIgnoreEdit } from '../engine/configuration-edit.ts';
import type { UpdateOptions } from '../engine/advisories.ts';
import type { Configuration } from '../engine/configuration.ts';
import type { ImageInput, ScanHooks, ScanOptions } from '../engine/engine.ts';
import type { CheckHooks } from '../engine/check-push.ts';
import type { compareWithRegistry } from '../engine/push-image-comparison.ts';
import type { pushImage } from '../engine/push-image.ts';
import type { Ask, findLookUps } from '../engine/look-ups.ts';
import type { describeDockerfile } from '../engine/describe-dockerfile.ts';
import type { composeSuppressionEdit, lintCompose } from '../engine/lint-compose.ts';
import type { lintDockerfile, ruleById, ruleByName, suppressionEdit } from '../engine/lint-dockerfile.ts';
import type { leftToOthers } from '../engine/shared-checks.ts';
import type { PolicyDecision } from '../foundation/model/policy.ts';
import type { RematchResult } from '../foundation/model/rematch.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import type { AdvisoriesStatusData, AdvisoriesUpdatedData } from '../protocol/advisories-requests.ts';
import type { ListImagesResult } from '../protocol/image-requests.ts';
import type { ExportFormat } from '../protocol/webview.ts';

export type Rule = NonNullable<ReturnType<typeof ruleById>>;

/**
 * What the server asks of the engine: the façade as one value, so that the server starts without loading the scan half of it, and so that tests can hand in
 * a scan that hangs or a lint that throws.
 */
export interface ServerServices {
  readonly lintDockerfile: typeof lintDockerfile;
  readonly lintCompose: typeof lintCompose;
  readonly ruleById: typeof ruleById;
  readonly ruleByName: typeof ruleByName;
  readonly suppressionEdit: typeof suppressionEdit;
  readonly composeSuppressionEdit: typeof composeSuppressionEdit;
  readonly describeDockerfile: typeof describeDockerfile;
  readonly leftToOthers: typeof leftToOthers;
  readonly findLookUps: typeof findLookUps;
  /** Returns a function that asks registries and servers, or that tells for every question that it does not for the reason `offline`. */
  readonly askServers: (offline: string | undefined) => Promise<Ask>;
  /** Returns the project's configuration for a file of this machine. */
  readonly readConfiguration: (file: string) => Promise<Configuration>;
  /** Returns what the project's configuration, found in `folder` or above, says of findings. */
  readonly readExceptions: (folder: string) => Promise<Exceptions>;
  /** Returns the report as the exceptions part it. */
  readonly withExceptions: (report: ScanReport, exceptions: Exceptions) => Promise<ScanReport>;
  readonly addIgnoreEdit: typeof addIgnoreEdit;
  readonly rematch: (options: { readonly since?: string; readonly advisoriesFile?: string }, hooks: ScanHooks) => Promise<RematchResult>;
  readonly rematchReport: (report: ScanReport, advisoriesFile: string | undefined, hooks: ScanHooks) => Promise<ScanReport>;
  readonly scanImage: (input: ImageInput, options: ScanOptions, hooks: ScanHooks) => Promise<ScanReport>;
  /** Judges by the registry's policy and, where there is one, by the project's. */
  readonly checkPush: (report: ScanReport, reference: string, hooks: CheckHooks) => Promise<PolicyDecision>;
  readonly createPolicyAnswers: () => NonNullable<CheckHooks['memory']>;
  readonly pushImage: typeof pushImage;
  readonly compareWithRegistry: typeof compareWithRegistry;
  readonly listLocalImages: (signal?: AbortSignal) => Promise<ListImagesResult>;
  readonly advisoriesStatus: () => Promise<AdvisoriesStatusData>;
  readonly updateAdvisories: (hooks: ScanHooks, options: UpdateOptions) => Promise<AdvisoriesUpdatedData>;
  readonly renderReport: (report: ScanReport, format: ExportFormat) => Promise<string>;
}
