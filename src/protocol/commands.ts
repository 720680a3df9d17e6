/** Commands that stand in code actions and code lenses, and their arguments. */
import type { TextRange } from '../foundation/model/text-range.ts';
import { isTextRange } from './model-guards/text.ts';
import { isCount, isText, optional, shape } from './shape.ts';

/** Commands that run in the client and are put into code actions and code lenses when it has them. */
export const clientCommands = {
  /** Arguments: {@link SuppressParams} without a reason. */
  suppress: 'plimsoll.suppress',
  /** Argument: the rule's id. */
  openRule: 'plimsoll.openRule',
  /** Argument: {@link ShowTarget}. */
  showProblem: 'plimsoll.showProblem',
  /** Argument: `{ dockerfileUri }`. */
  scanImage: 'plimsoll.scanImage',
  /** Argument: `{ key }`, see ScannedImage. */
  openReport: 'plimsoll.openReport',
} as const;

/** A place of a document that the client is to go to. */
export interface ShowTarget {
  readonly uri: string;
  readonly range: TextRange;
}

/** Commands that the server runs on what it knows already, for any client that lets it edit. */
export const fixCommands = {
  /** Makes all safe fixes of a document or of some of its lines. Argument: {@link FixTarget}. */
  fixSafe: 'plimsoll.fixSafe',
} as const;

export interface FixTarget {
  readonly uri: string;
  /** Default: the first. */
  readonly startLine?: number;
  /** Not included. Default: all. */
  readonly endLine?: number;
}

/** Commands that the server itself runs (`workspace/executeCommand`), for any client that lets it edit (`workspace/applyEdit`). */
export const serverCommands = {
  /** Asks for the digest or checksum that a fix at one place needs, and makes the edit. Argument: {@link LookUpTarget} with a range. */
  lookUp: 'plimsoll.lookUp',
  /** The same for every image of the document that has no digest. Argument: {@link LookUpTarget}. */
  pinImages: 'plimsoll.pinImages',
} as const;

export interface LookUpTarget {
  readonly uri: string;
  /** Of what is to be looked up, as the code action has it. */
  readonly range?: TextRange;
}

/** What executeCommand answers. The user was told `message` already; it is empty when there is nothing to tell. */
export interface LookUpResult {
  readonly applied: boolean;
  readonly message: string;
}

export const isShowTarget = shape<ShowTarget>({ uri: isText, range: isTextRange });

export const isFixTarget = shape<FixTarget>({ uri: isText, startLine: optional(isCount), endLine: optional(isCount) });

export const isLookUpTarget = shape<LookUpTarget>({ uri: isText, range: optional(isTextRange) });
