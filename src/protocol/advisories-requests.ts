/** The advisories, and what newer ones mean for what was scanned before. */
import type { RematchResult } from '../foundation/model/rematch.ts';
import { isRematchResult } from './model-guards/rematch.ts';
import { isWithProgress, withProgress } from './request.ts';
import type { RequestGuards, WithProgress } from './request.ts';
import { isFlag, isNumber, isText, listOf, optional, shape } from './shape.ts';

export interface AdvisoriesStatusData {
  readonly source: string;
  /** ISO 8601. */
  readonly builtAt: string;
  /** False for the bundled starter set. */
  readonly full: boolean;
  readonly file: string;
  readonly ageDays?: number;
  /** ISO 8601: when its sources were last asked for something newer, by any window or command. */
  readonly checkedAt?: string;
}

export interface UpdateAdvisoriesParams extends WithProgress {
  /** References of OCI artefacts, tried in order. Default: where the database is published. */
  readonly sources?: readonly string[];
  readonly kevSource?: string;
  readonly epssSource?: string;
  /** Nobody asked for it just now. */
  readonly scheduled?: boolean;
}

export interface AdvisoriesUpdatedData extends AdvisoriesStatusData {
  /** False when there was nothing newer. */
  readonly changed: boolean;
  /** Lists beside the database that could not be had; the previous ones stay. */
  readonly problems: readonly string[];
}

export interface RematchParams extends WithProgress {
  /** ISO 8601: what came and went from then on. Default: what comes and goes now. */
  readonly since?: string;
  readonly advisoriesFile?: string;
}

/** Requests about advisories, by method. */
export interface AdvisoriesRequests {
  'plimsoll/advisoriesStatus': { params: WithProgress; result: AdvisoriesStatusData };
  'plimsoll/updateAdvisories': { params: UpdateAdvisoriesParams; result: AdvisoriesUpdatedData };
  'plimsoll/rematch': { params: RematchParams; result: RematchResult };
}

const advisoriesStatus = {
  source: isText,
  builtAt: isText,
  full: isFlag,
  file: isText,
  ageDays: optional(isNumber),
  checkedAt: optional(isText),
};

const isAdvisoriesStatus = shape<AdvisoriesStatusData>(advisoriesStatus);

export const advisoriesRequests: RequestGuards<AdvisoriesRequests> = {
  'plimsoll/advisoriesStatus': { isParams: isWithProgress, isResult: isAdvisoriesStatus },
  'plimsoll/updateAdvisories': {
    isParams: shape<UpdateAdvisoriesParams>({
      ...withProgress,
      sources: optional(listOf(isText)),
      kevSource: optional(isText),
      epssSource: optional(isText),
      scheduled: optional(isFlag),
    }),
    isResult: shape<AdvisoriesUpdatedData>({ ...advisoriesStatus, changed: isFlag, problems: listOf(isText) }),
  },
  'plimsoll/rematch': {
    isParams: shape<RematchParams>({ ...withProgress, since: optional(isText), advisoriesFile: optional(isText) }),
    isResult: isRematchResult,
  },
};
