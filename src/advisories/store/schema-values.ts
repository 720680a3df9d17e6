import type { Severity } from '../../foundation/model/severity.ts';

/** What the values of trivy-db's JSON are made of: see schema.ts. */
export type JsonObject = Readonly<Record<string, unknown>>;

const severityNumbers: readonly Severity[] = ['unknown', 'low', 'medium', 'high', 'critical'];
const severityNames: readonly unknown[] = severityNumbers.map((severity) => severity.toUpperCase());

export type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Sets a member to what is there. */
export function assign<T, Key extends keyof T>(target: Mutable<T>, key: Key, value: T[Key] | undefined): void {
  if (value !== undefined) target[key] = value;
}

/** Returns the members that say how bad an advisory calls it. */
export function formatSeverity(severity: Severity | undefined): JsonObject {
  if (severity === undefined || severity === 'unknown') return {};
  return severity === 'negligible' ? { Severity: 1, Negligible: true } : { Severity: severityNumber(severity) };
}

/** Returns a severity's number; the schema has nothing below low. */
export function severityNumber(severity: Severity): number {
  return severity === 'negligible' ? 1 : severityNumbers.indexOf(severity);
}

/** Returns what an advisory calls it. */
export function severityOfEntry(json: JsonObject): Severity | undefined {
  return json.Negligible === true ? 'negligible' : severityOf(json.Severity);
}

/** Returns what a vulnerability has in place of the number. */
export function formatSeverityName(severity: Severity): string | undefined {
  return severityNumbers[severityNumber(severity)]?.toUpperCase();
}

export function severityOfName(name: unknown): Severity | undefined {
  return severityOf(severityNames.indexOf(name));
}

/** Returns the severity of a number, undefined for 0: unknown is the same as nothing said. */
export function severityOf(number: unknown): Severity | undefined {
  return typeof number === 'number' && number > 0 ? severityNumbers[number] : undefined;
}

/** Returns a text that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Returns a list of texts, undefined for what is none, or is empty. */
export function listOf(value: unknown): readonly string[] | undefined {
  return isTextList(value) && value.length > 0 ? value : undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
