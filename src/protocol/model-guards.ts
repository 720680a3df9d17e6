import type { CloudKey } from '../foundation/model/cloud-key.ts';
import type { AuditedImage, AuditedPlatform } from '../foundation/model/audit.ts';
import { isDiffId, isDigest } from '../foundation/model/brand.ts';
import { findingCategories } from '../foundation/model/finding.ts';
import type { Finding, FindingLocation, FindingMatch, Rating, Remediation, SeverityClaim, VexClaim } from '../foundation/model/finding.ts';
import type { Distro, HistoryEntry, ImageConfig, Layer, Platform } from '../foundation/model/image.ts';
import type { InstalledPackage } from '../foundation/model/package.ts';
import type {
  AllowlistEntry,
  BlockingPolicy,
  DecidingScanner,
  MinimalFix,
  NearMiss,
  PlatformDecision,
  PolicyDecision,
  PolicyPart,
} from '../foundation/model/policy.ts';
import type { Problem } from '../foundation/model/problem.ts';
import type { OneSided, OtherSeverity, PushOverride, PushResult, ScanComparison } from '../foundation/model/push.ts';
import type { GoneFinding, NewFinding, RematchedImage, RematchResult } from '../foundation/model/rematch.ts';
import type { AdvisoriesUsed, IgnoredBy, IgnoredFinding, ReleaseEnd, ReportFilter, ReportOrigin, ScanReport } from '../foundation/model/report.ts';
import { isSeverity } from '../foundation/model/severity.ts';
import type { TextEdit, TextPosition, TextRange } from '../foundation/model/text-range.ts';
import { isAnything, isCount, isFlag, isNumber, isText, listOf, oneOf, optional, recordOf, shape } from './shape.ts';

export const isTextRange = shape<TextRange>({
  start: shape<TextPosition>({ line: isCount, character: isCount }),
  end: shape<TextPosition>({ line: isCount, character: isCount }),
});
export const isTextEdit = shape<TextEdit>({ range: isTextRange, newText: isText });

export const isPlatform = shape<Platform>({ os: isText, architecture: isText, variant: optional(isText), osVersion: optional(isText) });

export const isProblem = shape<Problem>({
  code: isText,
  message: isText,
  path: optional(isText),
  layer: optional(isNumber),
  line: optional(isNumber),
});

const isDistro = shape<Distro>({
  id: isText,
  versionId: isText,
  idLike: listOf(isText),
  prettyName: optional(isText),
  codename: optional(isText),
  contentSets: optional(listOf(isText)),
  extendedSupport: optional(listOf(isText)),
});

const isImageConfig = shape<ImageConfig>({
  created: optional(isText),
  user: optional(isText),
  env: listOf(isText),
  entrypoint: listOf(isText),
  cmd: listOf(isText),
  workingDir: optional(isText),
  exposedPorts: listOf(isText),
  volumes: listOf(isText),
  labels: recordOf(isText),
  shell: optional(listOf(isText)),
  history: listOf(shape<HistoryEntry>({ createdBy: optional(isText), created: optional(isText), comment: optional(isText), emptyLayer: isFlag })),
});

const isLayer = shape<Layer>({
  diffId: isDiffId,
  digest: optional(isDigest),
  mediaType: isText,
  sizeBytes: isCount,
  historyIndex: optional(isCount),
  createdBy: optional(isText),
});

const isPackage = shape<InstalledPackage>({
  purl: isText,
  type: isText,
  name: isText,
  version: isText,
  architecture: optional(isText),
  sourcePackage: optional(shape<NonNullable<InstalledPackage['sourcePackage']>>({ name: isText, version: isText })),
  configOnly: optional(isFlag),
  declaredOnly: optional(isFlag),
  modularityLabel: optional(isText),
  vendor: optional(isText),
  thirdParty: optional(isFlag),
  broughtBy: optional(isText),
  dependencies: optional(listOf(isText)),
  insideArchive: optional(isText),
  licenses: optional(listOf(isText)),
  files: listOf(isText),
  layer: isCount,
});

const isRating = shape<Rating>({ cvssVector: optional(isText), score: optional(isNumber), source: isText });

const isFinding = shape<Finding>({
  id: isText,
  category: oneOf(...findingCategories),
  severity: isSeverity,
  title: isText,
  description: optional(isText),
  references: listOf(isText),
  package: optional(
    shape<NonNullable<Finding['package']>>({
      purl: isText,
      name: isText,
      installedVersion: isText,
      fixedVersion: optional(isText),
      status: isText,
      paidFix: optional(shape<NonNullable<NonNullable<Finding['package']>['paidFix']>>({ service: isText, version: isText })),
    }),
  ),
  location: shape<FindingLocation>({
    layer: optional(isCount),
    path: optional(isText),
    line: optional(isCount),
    createdBy: optional(isText),
    historyIndex: optional(isCount),
    dockerfileRange: optional(isTextRange),
    deletedLater: optional(isFlag),
  }),
  rating: optional(isRating),
  aliases: optional(listOf(isText)),
  ratings: optional(listOf(isRating)),
  severities: optional(listOf(shape<SeverityClaim>({ source: isText, severity: isSeverity }))),
  severitySource: optional(isText),
  match: optional(
    shape<FindingMatch>({
      packageName: isText,
      installedVersion: isText,
      affected: isText,
      recordId: isText,
      bucket: isText,
      source: isText,
      url: optional(isText),
    }),
  ),
  kev: optional(isFlag),
  kevAddedAt: optional(isText),
  epss: optional(isNumber),
  epssPercentile: optional(isNumber),
  vex: optional(
    shape<VexClaim>({
      status: oneOf('affected', 'under_investigation'),
      source: isText,
      author: optional(isText),
      text: optional(isText),
      timestamp: optional(isText),
    }),
  ),
  impact: optional(isText),
  remediation: listOf(shape<Remediation>({ kind: oneOf('command', 'dockerfile', 'manual'), text: isText, description: optional(isText) })),
  compliance: listOf(isText),
});

const isIgnoredFinding = shape<IgnoredFinding>({
  finding: isFinding,
  by: shape<IgnoredBy>({
    kind: oneOf('configuration', 'vex'),
    source: isText,
    line: optional(isCount),
    reason: optional(isText),
    status: optional(oneOf('not_affected', 'fixed')),
    justification: optional(isText),
    author: optional(isText),
    timestamp: optional(isText),
    expires: optional(isText),
  }),
});

const isAdvisoriesUsed = shape<AdvisoriesUsed>({
  source: isText,
  builtAt: isText,
  full: isFlag,
  uncovered: optional(listOf(shape<NonNullable<AdvisoriesUsed['uncovered']>[number]>({ type: isText, packages: isCount }))),
});

export const isRematchResult = shape<RematchResult>({
  schemaVersion: oneOf(1),
  advisories: isAdvisoriesUsed,
  since: optional(isText),
  images: listOf(
    shape<RematchedImage>({
      reference: optional(isText),
      digest: optional(isText),
      platform: isPlatform,
      scannedAt: isText,
      vulnerabilities: isCount,
      new: listOf(
        shape<NewFinding>({
          id: isText,
          severity: isSeverity,
          title: isText,
          package: shape<NewFinding['package']>({ purl: isText, name: isText, installedVersion: isText, fixedVersion: optional(isText) }),
          kev: optional(isFlag),
          foundAt: isText,
        }),
      ),
      gone: listOf(
        shape<GoneFinding>({
          id: isText,
          package: shape<GoneFinding['package']>({ purl: isText, name: isText, installedVersion: isText }),
          goneAt: isText,
        }),
      ),
      problems: listOf(isProblem),
    }),
  ),
});

/** True for a whole scan report: what the panel, the export and the policy check may rely on without looking again. */
export const isScanReport = shape<ScanReport>({
  schemaVersion: oneOf(1),
  image: shape<ScanReport['image']>({
    reference: optional(isText),
    digest: optional(isDigest),
    platform: isPlatform,
    distro: optional(isDistro),
    endOfLife: optional(shape<ReleaseEnd>({ name: isText, endedAt: isText, paidUntil: optional(isText), source: isText })),
    config: isImageConfig,
    annotations: optional(recordOf(isText)),
    otherPlatforms: optional(listOf(isPlatform)),
    layers: listOf(isLayer),
  }),
  packages: listOf(isPackage),
  findings: listOf(isFinding),
  ignored: optional(listOf(isIgnoredFinding)),
  notices: optional(listOf(isProblem)),
  advisories: isAdvisoriesUsed,
  filtered: optional(
    shape<ReportFilter>({ categories: optional(listOf(isText)), minimumSeverity: optional(isSeverity), ignoreUnfixed: optional(isFlag) }),
  ),
  origin: optional(shape<ReportOrigin>({ reference: isText, matched: oneOf('theirs', 'ours') })),
  problems: listOf(isProblem),
  status: oneOf('complete', 'partial'),
  timings: recordOf(isNumber),
});

const isAllowlistEntry = shape<AllowlistEntry>({ id: isText, expires: optional(isText) });
const isDecisionKind = oneOf('allow', 'block', 'block-until-scanned', 'unknown');

export const isPolicyDecision = shape<PolicyDecision>({
  schemaVersion: oneOf(1),
  reference: isText,
  provider: isText,
  policy: shape<BlockingPolicy>({
    enabled: isFlag,
    severity: isText,
    allowlist: listOf(isAllowlistEntry),
    raw: isAnything,
  }),
  decision: isDecisionKind,
  reason: isText,
  blocking: listOf(isText),
  allowlisted: listOf(isText),
  minimalFix: listOf(
    shape<MinimalFix>({
      package: optional(isText),
      from: optional(isText),
      to: optional(isText),
      removes: listOf(isText),
      command: optional(isText),
    }),
  ),
  problems: listOf(isProblem),
  expiredAllowlist: optional(listOf(isAllowlistEntry)),
  nearMisses: optional(listOf(shape<NearMiss>({ entry: isText, id: isText }))),
  decidedBy: optional(shape<DecidingScanner>({ name: isText, version: optional(isText), dataFrom: optional(isText) })),
  nearThreshold: optional(listOf(isText)),
  platforms: optional(listOf(shape<PlatformDecision>({ platform: isPlatform, decision: isDecisionKind, reason: isText, blocking: listOf(isText) }))),
  parts: optional(listOf(shape<PolicyPart>({ provider: isText, decision: isDecisionKind, reason: isText, blocking: listOf(isText) }))),
});

export const isPushResult = shape<PushResult>({
  schemaVersion: oneOf(1),
  outcome: oneOf('pushed', 'not-pushed', 'dry-run'),
  reference: isText,
  imageId: isText,
  decision: isPolicyDecision,
  digest: optional(isDigest),
  override: optional(shape<PushOverride>({ reason: isText, by: isText, at: isText })),
  problems: listOf(isProblem),
});

const isOneSided = shape<OneSided>({ id: isText, severity: isText, packages: listOf(isText) });

export const isScanComparison = shape<ScanComparison>({
  schemaVersion: oneOf(1),
  reference: isText,
  status: oneOf('done', 'pending', 'none', 'failed', 'unavailable'),
  message: isText,
  scanner: optional(shape<NonNullable<ScanComparison['scanner']>>({ name: isText, version: optional(isText) })),
  scannedAt: optional(isText),
  agreed: isCount,
  onlyTheirs: listOf(isOneSided),
  onlyOurs: listOf(isOneSided),
  otherSeverity: listOf(shape<OtherSeverity>({ id: isText, ours: isSeverity, theirs: isText })),
});

/** True for what an audit says of one image. */
export const isAuditedImage = shape<AuditedImage>({
  repository: isText,
  digest: optional(isDigest),
  tags: listOf(isText),
  decision: isDecisionKind,
  reason: isText,
  blocking: listOf(isText),
  platforms: listOf(
    shape<AuditedPlatform>({
      digest: isDigest,
      platform: optional(isPlatform),
      decision: isDecisionKind,
      reason: isText,
      blocking: listOf(isText),
      basis: oneOf('attached', 'remembered', 'scanned', 'none'),
    }),
  ),
  passing: optional((value) => value === true),
});

type KeyOf<K extends CloudKey['kind']> = Extract<CloudKey, { readonly kind: K }>;
const isKeyPair = shape<KeyOf<'key-pair'>>({
  kind: oneOf('key-pair'),
  id: isText,
  secret: isText,
  sessionToken: optional(isText),
  region: optional(isText),
  project: optional(isText),
});
const isToken = shape<KeyOf<'token'>>({ kind: oneOf('token'), token: isText, project: optional(isText), url: optional(isText) });

/** True for what can be kept for a user: a pair, or a token. */
export function isCloudKey(value: unknown): value is CloudKey {
  return isKeyPair(value) || isToken(value);
}
