import { createHash } from 'node:crypto';
import type { Finding } from '../../../foundation/model/finding.ts';
import type { IgnoredBy, ScanReport } from '../../../foundation/model/report.ts';
import type { ReportRenderer } from '../renderer.ts';
import { sarifLevel, sarifLog, sarifRegion, securitySeverity, toUriPath } from '../sarif-log.ts';
import { toSafeUrl } from '../sanitize.ts';
import { describeIgnoredBy } from '../vex-words.ts';
import { imageName } from '../wording.ts';

/** SARIF 2.1.0, for code scanning. @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export const renderer: ReportRenderer = {
  id: 'sarif',
  mediaType: 'application/sarif+json',
  render(report, options) {
    const ignored = report.ignored ?? [];
    const rules = [...new Map([...report.findings, ...ignored.map(({ finding }) => finding)].map((finding) => [finding.id, finding])).values()];
    const indexById = new Map(rules.map(({ id }, index) => [id, index]));
    return sarifLog({
      toolVersion: options.toolVersion,
      rules: rules.map(toRule),
      results: [
        ...report.findings.map((finding) => toResult(finding, indexById.get(finding.id) ?? -1, report)),
        ...ignored.map(({ finding, by }) => ({ ...toResult(finding, indexById.get(finding.id) ?? -1, report), suppressions: [toSuppression(by)] })),
      ],
      invocation: {
        executionSuccessful: report.status === 'complete',
        toolExecutionNotifications: report.problems.map(({ message, path }) => ({
          level: 'warning',
          message: { text: path === undefined ? message : `${path}: ${message}` },
        })),
      },
      uriBaseIds: { IMAGE: { description: { text: "The root of the image's file system" } } },
      properties: {
        imageName: imageName(report),
        ...(report.image.digest === undefined ? {} : { imageDigest: report.image.digest }),
        status: report.status,
        advisories: report.advisories,
        ...(report.notices === undefined ? {} : { notices: report.notices.map(({ message }) => message) }),
      },
    });
  },
};

function toRule(finding: Finding): object {
  const helpUri = finding.references.map(toSafeUrl).find((url) => url !== undefined);
  return {
    id: finding.id,
    shortDescription: { text: cut(finding.title) },
    fullDescription: { text: cut(finding.description ?? finding.title) },
    ...(helpUri === undefined ? {} : { helpUri }),
    help: {
      text:
        [finding.description, finding.impact, ...finding.remediation.map(({ text }) => text)]
          .filter((text) => text !== undefined && text !== '')
          .join('\n\n') || finding.title,
    },
    defaultConfiguration: { level: sarifLevel(finding.severity) },
    properties: {
      tags: ['security', finding.category],
      precision: finding.category === 'sensitive-file' ? 'high' : 'very-high',
      'security-severity': finding.rating?.score?.toFixed(1) ?? securitySeverity(finding.severity),
    },
  };
}

/** Code scanning refuses a rule with a longer description; the whole of it is in the help. */
const MAX_DESCRIPTION = 1024;

function cut(text: string): string {
  return text.length <= MAX_DESCRIPTION ? text : `${text.slice(0, MAX_DESCRIPTION - 1).toWellFormed()}…`;
}

function toResult(finding: Finding, ruleIndex: number, report: ScanReport): object {
  const { location, package: installed } = finding;
  const where = location.path === undefined ? '' : ` in ${location.path}`;
  const fix = finding.remediation[0];
  return {
    ruleId: finding.id,
    ruleIndex,
    level: sarifLevel(finding.severity),
    message: {
      text: [
        installed === undefined
          ? `${finding.title}${where}`
          : `${finding.id} in ${installed.name} ${installed.installedVersion}${installed.fixedVersion === undefined ? '' : `, fixed in ${installed.fixedVersion}`}: ${finding.title}`,
        ...(fix === undefined ? [] : [`Fix: ${fix.text}`]),
      ].join('\n'),
    },
    locations: [toLocation(finding, report)],
    partialFingerprints: { 'plimsoll/v1': fingerprint(finding) },
    properties: {
      severity: finding.severity,
      category: finding.category,
      ...(installed === undefined ? {} : { purl: installed.purl }),
      ...(location.layer === undefined ? {} : { layer: location.layer, diffId: report.image.layers[location.layer]?.diffId }),
      ...(location.deletedLater === true ? { deletedLater: true } : {}),
      ...explanation(finding),
    },
  };
}

/** Why it was reported, and what everybody says of it; under the names that the report has. */
function explanation(finding: Finding): object {
  const { aliases, kev, kevAddedAt, epss, epssPercentile, severities, severitySource, ratings, match, vex } = finding;
  const known = { aliases, kev, kevAddedAt, epss, epssPercentile, severities, severitySource, ratings, match, vex };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

/** @see SARIF 3.35: what is not in the code itself is external */
function toSuppression(by: IgnoredBy): object {
  return { kind: 'external', status: 'accepted', justification: describeIgnoredBy(by), properties: by };
}

/** The Dockerfile's line when it is known, for that is what a reviewer can change; else the file in the image; else the image. */
function toLocation(finding: Finding, report: ScanReport): object {
  const { path, line, dockerfileRange, createdBy } = finding.location;
  const logicalLocations = [{ fullyQualifiedName: [imageName(report), path].filter((part) => part !== undefined).join('/'), kind: 'resource' }];
  const message = createdBy === undefined ? {} : { message: { text: createdBy } };
  if (dockerfileRange !== undefined) {
    return { physicalLocation: { artifactLocation: { uri: 'Dockerfile' }, region: sarifRegion(dockerfileRange) }, logicalLocations, ...message };
  }
  // Code scanning shows no result without a file: the image stands for itself.
  const uri = path === undefined ? 'image' : toUriPath(path);
  return { physicalLocation: { artifactLocation: { uri, uriBaseId: 'IMAGE' }, region: { startLine: line ?? 1 } }, logicalLocations, ...message };
}

/** The same finding in the next build of the image: everything but the layer and the line. */
function fingerprint(finding: Finding): string {
  const { name } = finding.package ?? {};
  return createHash('sha256')
    .update(
      JSON.stringify([finding.id, finding.category, name ?? '', finding.location.path ?? '', finding.package === undefined ? finding.title : '']),
    )
    .digest('hex');
}
