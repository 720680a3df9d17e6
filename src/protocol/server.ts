/**
 * What the extension host and the language server say to each other beyond LSP itself: plain data, checked by whoever receives it. A request fails with a ResponseError
 * whose message is for the user to read and whose `data` is {@link FailureData}. Each topic has a file; this one joins them.
 */
import { advisoriesRequests } from './advisories-requests.ts';
import type { AdvisoriesRequests } from './advisories-requests.ts';
import { exceptionRequests } from './exception-requests.ts';
import type { ExceptionRequests } from './exception-requests.ts';
import { imageRequests } from './image-requests.ts';
import type { ImageRequests } from './image-requests.ts';
import { pushRequests } from './push-requests.ts';
import type { PushRequests } from './push-requests.ts';
import type { RequestGuards } from './request.ts';
import { isText, shape } from './shape.ts';

/** All custom requests, by method. */
export interface ServerRequests extends ImageRequests, PushRequests, AdvisoriesRequests, ExceptionRequests {}

export type ServerMethod = keyof ServerRequests;

/** A guard for the parameters and one for the result of every request. */
export const serverRequests: RequestGuards<ServerRequests> = {
  ...imageRequests,
  ...pushRequests,
  ...advisoriesRequests,
  ...exceptionRequests,
};

/** `data` of a ResponseError. `code` is the failing part's own code ('engine-unreachable', …), or 'internal' for a bug. */
export interface FailureData {
  readonly code: string;
}

/** JSON-RPC code of a failure whose message is meant for the user; outside the ranges that JSON-RPC and LSP reserve. */
export const FAILURE_CODE = 4000;

export const isFailureData = shape<FailureData>({ code: isText });
