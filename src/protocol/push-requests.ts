/** What a registry would say to a push, the push, and what it says afterwards. */
import { isDigest } from '../foundation/model/brand.ts';
import type { Digest } from '../foundation/model/brand.ts';
import type { PolicyDecision } from '../foundation/model/policy.ts';
import type { PushResult, ScanComparison } from '../foundation/model/push.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { isPolicyDecision } from './model-guards/policy.ts';
import { isPushResult, isScanComparison } from './model-guards/push.ts';
import { isScanReport } from './model-guards/report.ts';
import { inProject, withProgress } from './request.ts';
import type { InProject, RequestGuards, WithProgress } from './request.ts';
import { isCount, isFlag, isText, optional, shape } from './shape.ts';

export interface CheckPushParams extends WithProgress, InProject {
  readonly report: ScanReport;
  /** What would be pushed: registry/namespace/name:tag. */
  readonly reference: string;
}

/** An image of an engine that was scanned is to be pushed, if the decision on it is 'allow' or a reason is given. */
export interface PushImageParams extends WithProgress, InProject {
  /** Of the image as it is in the engine now: nothing else is pushed. */
  readonly report: ScanReport;
  /** As in ScanInput of kind 'engine'. */
  readonly source: { readonly reference: string; readonly host?: string };
  /** What it is pushed as: registry/namespace/name:tag. */
  readonly reference: string;
  /** Why it is to be pushed whatever the decision; kept in the evidence log. */
  readonly reason?: string;
  /** Pushes nothing where the decision is 'allow' and there is something to be said first: the decision's problems. */
  readonly heedProblems?: boolean;
}

/** A registry's own scan of what was pushed is to be laid beside ours. */
export interface CompareScansParams extends WithProgress, InProject {
  readonly report: ScanReport;
  readonly reference: string;
  readonly digest: Digest;
  /** How long to wait for a scan that is not done. */
  readonly waitMs: number;
}

/** Requests about a push, by method. */
export interface PushRequests {
  'plimsoll/checkPush': { params: CheckPushParams; result: PolicyDecision };
  'plimsoll/pushImage': { params: PushImageParams; result: PushResult };
  'plimsoll/compareScans': { params: CompareScansParams; result: ScanComparison };
}

export const pushRequests: RequestGuards<PushRequests> = {
  'plimsoll/checkPush': {
    isParams: shape<CheckPushParams>({
      ...withProgress,
      report: isScanReport,
      reference: isText,
      ...inProject,
    }),
    isResult: isPolicyDecision,
  },
  'plimsoll/pushImage': {
    isParams: shape<PushImageParams>({
      ...withProgress,
      report: isScanReport,
      source: shape<PushImageParams['source']>({ reference: isText, host: optional(isText) }),
      reference: isText,
      reason: optional(isText),
      heedProblems: optional(isFlag),
      ...inProject,
    }),
    isResult: isPushResult,
  },
  'plimsoll/compareScans': {
    isParams: shape<CompareScansParams>({
      ...withProgress,
      report: isScanReport,
      reference: isText,
      digest: isDigest,
      waitMs: isCount,
      ...inProject,
    }),
    isResult: isScanComparison,
  },
};
