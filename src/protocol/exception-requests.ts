/** What is not to be told any more: a diagnostic of a Dockerfile, a finding of an image. The server says which edit keeps that. */
import type { TextEdit, TextRange } from '../foundation/model/text-range.ts';
import { isTextEdit, isTextRange } from './model-guards/text.ts';
import { inProject, withProgress } from './request.ts';
import type { InProject, RequestGuards, WithProgress } from './request.ts';
import { isText, nullable, optional, shape } from './shape.ts';
import type { Guard } from './shape.ts';

export interface SuppressParams extends WithProgress {
  readonly uri: string;
  readonly ruleId: string;
  readonly range: TextRange;
  readonly reason: string;
  /** YYYY-MM-DD, the last day it counts; undefined for one without an end. */
  readonly expires?: string;
}

/** `edit` is null when the document no longer has that diagnostic there. */
export interface SuppressResult {
  readonly edit: TextEdit | null;
}

/** An entry for `ignore` in the project's configuration. */
export interface IgnoreParams extends WithProgress, InProject {
  readonly id: string;
  readonly package?: string;
  readonly path?: string;
  readonly reason: string;
  /** YYYY-MM-DD, the last day it counts. */
  readonly expires?: string;
}

/** The file that the entry belongs into, which may not be there yet, and the edit; null when the file is not one that an entry can be added to. */
export interface IgnoreResult {
  readonly uri: string;
  readonly edit: TextEdit | null;
}

/** Requests about exceptions, by method. */
export interface ExceptionRequests {
  'plimsoll/suppress': { params: SuppressParams; result: SuppressResult };
  'plimsoll/ignore': { params: IgnoreParams; result: IgnoreResult };
}

const isDay: Guard<string> = (value): value is string => isText(value) && /^\d{4}-\d{2}-\d{2}$/.test(value);

export const isSuppressTarget = shape<Omit<SuppressParams, 'reason' | 'expires' | 'workDoneToken'>>({
  uri: isText,
  ruleId: isText,
  range: isTextRange,
});

export const exceptionRequests: RequestGuards<ExceptionRequests> = {
  'plimsoll/suppress': {
    isParams: shape<SuppressParams>({ ...withProgress, uri: isText, ruleId: isText, range: isTextRange, reason: isText, expires: optional(isDay) }),
    isResult: shape<SuppressResult>({ edit: nullable(isTextEdit) }),
  },
  'plimsoll/ignore': {
    isParams: shape<IgnoreParams>({
      ...withProgress,
      id: isText,
      package: optional(isText),
      path: optional(isText),
      reason: isText,
      expires: optional(isDay),
      ...inProject,
    }),
    isResult: shape<IgnoreResult>({ uri: isText, edit: nullable(isTextEdit) }),
  },
};
