import type { IgnoredBy } from '../../foundation/model/report.ts';

/** @see https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md#status-justifications */
const openVexJustifications: ReadonlySet<string> = new Set([
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
]);

/** Words of CycloneDX that mean the same in OpenVEX. */
const fromCycloneDx: Readonly<Record<string, string>> = {
  code_not_present: 'vulnerable_code_not_present',
  code_not_reachable: 'vulnerable_code_not_in_execute_path',
  protected_by_mitigating_control: 'inline_mitigations_already_exist',
  protected_at_runtime: 'inline_mitigations_already_exist',
  protected_at_perimeter: 'inline_mitigations_already_exist',
};

/** @see https://cyclonedx.org/docs/1.6/json/#vulnerabilities_items_analysis_justification */
const cycloneDxJustifications: ReadonlySet<string> = new Set([
  ...Object.keys(fromCycloneDx),
  'requires_configuration',
  'requires_dependency',
  'requires_environment',
  'protected_by_compiler',
]);

const toCycloneDx: Readonly<Record<string, string>> = {
  component_not_present: 'code_not_present',
  vulnerable_code_not_present: 'code_not_present',
  vulnerable_code_not_in_execute_path: 'code_not_reachable',
  inline_mitigations_already_exist: 'protected_by_mitigating_control',
};

/** Returns a justification in OpenVEX's words; undefined where it has none for it. */
export function openVexJustification(justification: string | undefined): string | undefined {
  if (justification === undefined || openVexJustifications.has(justification)) return justification;
  return Object.hasOwn(fromCycloneDx, justification) ? fromCycloneDx[justification] : undefined;
}

/** Returns a justification in CycloneDX's words; undefined where it has none for it. */
export function cycloneDxJustification(justification: string | undefined): string | undefined {
  if (justification === undefined || cycloneDxJustifications.has(justification)) return justification;
  return Object.hasOwn(toCycloneDx, justification) ? toCycloneDx[justification] : undefined;
}

/** Returns who says that a finding can be ignored, and why, as one line for people: `.plimsoll.yaml:3 until 2026-12-31: no input reaches it`. */
export function describeIgnoredBy({ source, line, expires, status, justification, reason, author }: IgnoredBy): string {
  const place = line === undefined ? source : `${source}:${line}`;
  const by = author === undefined ? '' : ` by ${author}`;
  const until = expires === undefined ? '' : ` until ${expires}`;
  const said = status === undefined ? '' : ` says ${status.replaceAll('_', ' ')}`;
  const why = [justification?.replaceAll('_', ' '), reason].filter((part) => part !== undefined);
  return `${place}${by}${said}${until}${why.length === 0 ? '' : `: ${why.join(': ')}`}`;
}
