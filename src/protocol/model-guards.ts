import { isDiffId, isDigest } from '../foundation/model/brand.ts';
import { findingCategories } from '../foundation/model/finding.ts';
import type { Finding, FindingLocation, Rating, Remediation } from '../foundation/model/finding.ts';
import type { Distro, HistoryEntry, ImageConfig, Layer, Platform } from '../foundation/model/image.ts';
import type { InstalledPackage } from '../foundation/model/package.ts';
import type { AllowlistEntry, BlockingPolicy, MinimalFix, PolicyDecision } from '../foundation/model/policy.ts';
import type { Problem } from '../foundation/model/problem.ts';
import type { AdvisoriesUsed, ScanReport } from '../foundation/model/report.ts';
import { isSeverity } from '../foundation/model/severity.ts';
import type { TextEdit, TextPosition, TextRange } from '../foundation/model/text-range.ts';
import { isAnything, isCount, isFlag, isNumber, isText, listOf, oneOf, optional, recordOf, shape } from './shape.ts';

export const isTextRange = shape<TextRange>({
  start: shape<TextPosition>({ line: isCount, character: isCount }),
  end: shape<TextPosition>({ line: isCount, character: isCount }),
});
export const isTextEdit = shape<TextEdit>({ range: isTextRange, newText: isText });

export const isPlatform = shape<Platform>({ os: isText, architecture: isText, variant: optional(isText), osVersion: optional(isText) });

const isProblem = shape<Problem>({ code: isText, message: isText, path: optional(isText), layer: optional(isNumber), line: optional(isNumber) });

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
  dependencies: optional(listOf(isText)),
  insideArchive: optional(isText),
  licenses: optional(listOf(isText)),
  files: listOf(isText),
  layer: isCount,
});

const isFinding = shape<Finding>({
  id: isText,
  category: oneOf(...findingCategories),
  severity: isSeverity,
  title: isText,
  description: optional(isText),
  references: listOf(isText),
  package: optional(
    shape<NonNullable<Finding['package']>>({ purl: isText, name: isText, installedVersion: isText, fixedVersion: optional(isText), status: isText }),
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
  rating: optional(shape<Rating>({ cvssVector: optional(isText), score: optional(isNumber), source: isText })),
  kev: optional(isFlag),
  epss: optional(isNumber),
  impact: optional(isText),
  remediation: listOf(shape<Remediation>({ kind: oneOf('command', 'dockerfile', 'manual'), text: isText, description: optional(isText) })),
  compliance: listOf(isText),
});

/** True for a whole scan report: what the panel, the export and the policy check may rely on without looking again. */
export const isScanReport = shape<ScanReport>({
  schemaVersion: oneOf(1),
  image: shape<ScanReport['image']>({
    reference: optional(isText),
    digest: optional(isDigest),
    platform: isPlatform,
    distro: optional(isDistro),
    config: isImageConfig,
    annotations: optional(recordOf(isText)),
    layers: listOf(isLayer),
  }),
  packages: listOf(isPackage),
  findings: listOf(isFinding),
  advisories: shape<AdvisoriesUsed>({
    source: isText,
    builtAt: isText,
    full: isFlag,
    uncovered: optional(listOf(shape<NonNullable<AdvisoriesUsed['uncovered']>[number]>({ type: isText, packages: isCount }))),
  }),
  problems: listOf(isProblem),
  status: oneOf('complete', 'partial'),
  timings: recordOf(isNumber),
});

export const isPolicyDecision = shape<PolicyDecision>({
  schemaVersion: oneOf(1),
  reference: isText,
  provider: isText,
  policy: shape<BlockingPolicy>({
    enabled: isFlag,
    severity: isText,
    allowlist: listOf(shape<AllowlistEntry>({ id: isText, expires: optional(isText) })),
    raw: isAnything,
  }),
  decision: oneOf('allow', 'block', 'block-until-scanned', 'unknown'),
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
});
