/** What requests have in common. Every one takes an optional `workDoneToken` (LSP work-done progress) and is cancelled by `$/cancelRequest`. */
import { anyOf, isNumber, isText, optional, shape } from './shape.ts';
import type { Guard } from './shape.ts';

/** LSP's WorkDoneProgressParams. */
export interface WithProgress {
  readonly workDoneToken?: string | number;
}

/** Where the project's configuration is looked for, here and above: the folder of the Dockerfile, else the folder. Without both there is none. */
export interface InProject {
  readonly dockerfileUri?: string;
  readonly folderUri?: string;
}

/** For every request of T, a guard for its parameters and one for its result. */
export type RequestGuards<T extends { readonly [M in keyof T]: { readonly params: unknown; readonly result: unknown } }> = {
  readonly [M in keyof T]: { readonly isParams: Guard<T[M]['params']>; readonly isResult: Guard<T[M]['result']> };
};

/** The fields of {@link WithProgress}, for a guard. */
export const withProgress = { workDoneToken: optional(anyOf(isText, isNumber)) } as const;

/** The fields of {@link InProject}, for a guard. */
export const inProject = { dockerfileUri: optional(isText), folderUri: optional(isText) } as const;

export const isWithProgress = shape<WithProgress>(withProgress);
