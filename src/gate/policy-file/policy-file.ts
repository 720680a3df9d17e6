import type { Severity } from '../../foundation/model/severity.ts';

/** An id that does not block, for a reason and perhaps for a time. */
export interface PolicyExemption {
  readonly id: string;
  readonly reason: string;
  /** YYYY-MM-DD, the last day it counts. */
  readonly expires?: string;
}

/** `policy:` of `.plimsoll.yaml`: what a team does not let leave, whatever its registry does. What is not said has the default. */
export interface PolicyFile {
  /** Vulnerabilities at or above it block. Default: none does for its severity alone. */
  readonly severity?: Severity;
  /** Whether vulnerabilities without a fixed version block too. Default: block. */
  readonly unfixed?: PolicySwitch;
  /** Whether a vulnerability that is known to be exploited blocks whatever its severity. Default: block. */
  readonly knownExploited?: PolicySwitch;
  readonly malware?: PolicySwitch;
  readonly secrets?: PolicySwitch;
  readonly allowlist?: readonly PolicyExemption[];
  /** `telnetd`, `npm:event-stream`; a `*` at the end stands for the rest of the name. */
  readonly deniedPackages?: readonly string[];
  /** What an image may be built on: `docker.io/library/debian`, all below `registry.example.com/base/`, a `*` at the end for the rest. Empty: anything. */
  readonly baseImages?: readonly string[];
  /** Most days since the advisories were built that the scan was made against. */
  readonly maximumAge?: number;
  /** Whether an image must be signed by a trusted key or identity. Default: no. */
  readonly signature?: 'required' | 'optional';
}

/** Of a project that has no policy but requires signatures. */
export const NOTHING_BLOCKS: PolicyFile = { knownExploited: 'allow', malware: 'allow', secrets: 'allow' };

export type PolicySwitch = 'block' | 'allow';
