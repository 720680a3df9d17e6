import path from 'node:path';
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import type { LintPolicy } from '../dockerfile/lint/rule.ts';
import { rules } from '../dockerfile/lint/rules.generated.ts';
import { MAX_CONFIG_BYTES } from '../foundation/base/limits.ts';
import { readSmallTextFile } from '../foundation/io/text-file.ts';
import type { Problem } from '../foundation/model/problem.ts';
import { isSeverity, severities, type Severity } from '../foundation/model/severity.ts';
import type { LintSettings } from './lint-dockerfile.ts';

export const CONFIGURATION_NAME = '.plimsoll.yaml';

export interface Configuration {
  /** The file it was read from; undefined when there is none. */
  readonly file?: string;
  readonly settings: LintSettings;
  /** What is wrong in the file, each with its line; the rest of the file still counts. */
  readonly problems: readonly Problem[];
}

/**
 * Returns the configuration for `file`: the one named, else the nearest `.plimsoll.yaml` in its folder or above. A named file that cannot be read is a problem;
 * having none is not.
 */
export async function readConfiguration(file: string, named?: string): Promise<Configuration> {
  if (named !== undefined) {
    const text = await readSmallTextFile(named, MAX_CONFIG_BYTES);
    return text.value === undefined
      ? { settings: {}, problems: [{ code: 'configuration', message: `${named} cannot be read: ${text.reason}`, path: named }] }
      : parseConfiguration(text.value, named);
  }
  let folder = path.dirname(path.resolve(file));
  for (;;) {
    const candidate = path.join(folder, CONFIGURATION_NAME);
    const text = await readSmallTextFile(candidate, MAX_CONFIG_BYTES);
    if (text.value !== undefined) return parseConfiguration(text.value, candidate);
    const parent = path.dirname(folder);
    if (parent === folder) return { settings: {}, problems: [] };
    folder = parent;
  }
}

/** Returns the settings in the text of a configuration file, and what is wrong with it by line. */
export function parseConfiguration(text: string, file: string): Configuration {
  const lines = new LineCounter();
  const problems: Problem[] = [];
  const report: Report = (message, offset) => {
    const line = offset === undefined ? undefined : lines.linePos(offset).line;
    problems.push({
      code: 'configuration',
      message: `${file}${line === undefined ? '' : `:${line}`}: ${message}`,
      path: file,
      ...(line === undefined ? {} : { line }),
    });
  };
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  for (const error of document.errors) report(error.message, error.pos[0]);
  const ruleSettings: Record<string, Severity | 'off'> = {};
  const policy: Partial<Record<keyof LintPolicy, readonly string[]>> = {};
  if (isMap(document.contents)) {
    for (const [key, value, offset] of entriesOf(document.contents)) {
      const list = policyKeys.find((name) => name === key);
      if (list !== undefined) policy[list] = readTexts(list, value, offset, report);
      else if (key !== 'rules') report(`unknown key '${key}'`, offset);
      else if (isMap(value)) readRules(value, ruleSettings, report);
      else report("'rules' is a map from rule to severity or off", offset);
    }
  } else if (document.contents !== null && document.errors.length === 0) {
    report('a configuration file is a map of keys', 0);
  }
  return { file, settings: { rules: ruleSettings, policy }, problems };
}

/** Lists that rules hold images, packages and labels against; see LintPolicy for what an entry looks like. */
const policyKeys = [
  'trustedRegistries',
  'deniedPackages',
  'deniedVendors',
  'requiredLabels',
  'allowedLabels',
] as const satisfies readonly (keyof LintPolicy)[];

type Report = (message: string, offset: number | undefined) => void;

function readTexts(key: string, value: unknown, offset: number | undefined, report: Report): readonly string[] {
  if (!isSeq(value)) {
    report(`'${key}' is a list`, offset);
    return [];
  }
  return value.items.flatMap((item) => {
    if (isScalar(item) && typeof item.value === 'string' && item.value.trim() !== '') return [item.value.trim()];
    report(`${key}: an entry is text`, isNode(item) ? item.range?.[0] : offset);
    return [];
  });
}

const knownRules = new Set(rules.flatMap((rule) => [rule.id, rule.slug, ...rule.aliases]));

function readRules(map: YAMLMap, settings: Record<string, Severity | 'off'>, report: Report): void {
  for (const [key, value, offset] of entriesOf(map)) {
    // YAML 1.1 habits: `off` may come as the boolean false from a file that another tool wrote.
    const setting = isScalar(value) ? (value.value === false ? 'off' : value.value) : undefined;
    if (!knownRules.has(key)) report(`rules: there is no rule '${key}'`, offset);
    else if (setting === 'off' || isSeverity(setting)) settings[key] = setting;
    else report(`rules.${key}: a severity (${severities.join(', ')}) or off`, offset);
  }
}

function entriesOf(map: YAMLMap): readonly (readonly [key: string, value: unknown, offset: number | undefined])[] {
  return map.items.map((pair) => {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    return [key, pair.value, isScalar(pair.key) ? pair.key.range?.[0] : undefined] as const;
  });
}
