import path from 'node:path';
import type { IgnoreEntry } from '../advisories/exceptions/exception.ts';
import { MAX_YAML_BYTES } from '../foundation/base/limits.ts';
import { readSmallTextFile } from '../foundation/io/text-file.ts';
import type { Problem } from '../foundation/model/problem.ts';
import type { TextRange } from '../foundation/model/text-range.ts';
import type { ConfigurationIssue } from './configuration-text.ts';
import type { TrustText } from './configuration-trust.ts';
import type { PolicyFile } from '../gate/policy-file/policy-file.ts';
import type { LintSettings } from './lint-dockerfile.ts';

/** What the file may be called; the first that is in a folder counts. */
export const CONFIGURATION_NAMES = ['.plimsoll.yaml', '.plimsoll.yml'] as const;

export interface Configuration {
  /** The file it was read from; undefined when there is none. */
  readonly file?: string;
  readonly settings: LintSettings;
  /** Findings of scans that can be ignored. */
  readonly ignores: readonly IgnoreEntry[];
  /** What must not leave, whatever the registry does; undefined when nothing is said of it. */
  readonly policy?: PolicyFile;
  /** Whose signatures are believed; undefined when nothing is said of it. */
  readonly trust?: TrustText;
  /** Set when something that must not leave may have been left out, for what is wrong with it: then nothing is known to be allowed. */
  readonly isPolicyBroken?: true;
  /** Provider ids by registry host, where the host does not tell. */
  readonly providerOf: Readonly<Record<string, string>>;
  /** What is wrong in the file, each with its line; the rest of the file still counts. */
  readonly problems: readonly ConfigurationProblem[];
}

/** Its message begins with `file:line:column`. */
export interface ConfigurationProblem extends Problem {
  /** The message without the place, for those who show it there. */
  readonly detail?: string;
  readonly range?: TextRange;
}

/**
 * Returns the configuration for `file`: the one named, else the nearest `.plimsoll.yaml` in its folder or above. One that is there but cannot be read is a problem;
 * having none is not.
 */
export async function readConfiguration(file: string, named?: string): Promise<Configuration> {
  if (named !== undefined) {
    const text = await readSmallTextFile(named, MAX_YAML_BYTES, { strict: true, anyKind: true });
    return text.value === undefined ? unreadable(named, text.reason) : parseConfiguration(text.value, named);
  }
  for (let folder = path.dirname(path.resolve(file)); ; folder = path.dirname(folder)) {
    const found = await readInFolder(folder);
    if (found !== undefined) return found;
    if (path.dirname(folder) === folder) return { settings: {}, ignores: [], providerOf: {}, problems: [] };
  }
}

/** True for a path or URL whose last part is a name of the configuration file. */
export function isConfigurationPath(location: string): boolean {
  return (CONFIGURATION_NAMES as readonly string[]).includes(location.slice(location.lastIndexOf('/') + 1));
}

async function readInFolder(folder: string): Promise<Configuration | undefined> {
  for (const [index, name] of CONFIGURATION_NAMES.entries()) {
    const file = path.join(folder, name);
    const text = await readSmallTextFile(file, MAX_YAML_BYTES, { strict: true });
    if (text.value === undefined) {
      if (text.isAbsent) continue;
      return unreadable(file, text.reason);
    }
    const configuration = await parseConfiguration(text.value, file);
    const other = CONFIGURATION_NAMES[index + 1];
    const isHidden = other !== undefined && !(await isAbsent(path.join(folder, other)));
    return isHidden
      ? { ...configuration, problems: [...configuration.problems, problemOf(file, `${other} beside it is not read: move what it says here`)] }
      : configuration;
  }
  return undefined;
}

async function isAbsent(file: string): Promise<boolean> {
  const text = await readSmallTextFile(file, 0);
  return text.value === undefined && text.isAbsent;
}

/** Returns the settings in the text of a configuration file, and what is wrong with it by line. */
export async function parseConfiguration(text: string, file: string): Promise<Configuration> {
  // Needs a YAML parser and all rules: loaded when there is a file at all.
  const { readConfigurationText } = await import('./configuration-text.ts');
  const { settings, ignores, policy, trust, isPolicyBroken, providerOf, issues } = readConfigurationText(text);
  return {
    file,
    settings,
    ignores: ignores.map((entry) => ({ ...entry, source: file })),
    ...(policy === undefined ? {} : { policy }),
    ...(trust === undefined ? {} : { trust }),
    ...(isPolicyBroken ? { isPolicyBroken } : {}),
    providerOf,
    problems: issues.map((issue) => toProblem(file, issue)),
  };
}

function toProblem(file: string, { message, range }: ConfigurationIssue): ConfigurationProblem {
  const line = range.start.line + 1;
  return { ...problemOf(`${file}:${line}:${range.start.character + 1}`, message), path: file, line, range };
}

function unreadable(file: string, reason: string): Configuration {
  const problem: ConfigurationProblem = {
    code: 'configuration',
    message: `${file} cannot be read: ${reason}`,
    path: file,
    detail: `the file cannot be read: ${reason}`,
  };
  return { file, settings: {}, ignores: [], isPolicyBroken: true, providerOf: {}, problems: [problem] };
}

function problemOf(file: string, detail: string): ConfigurationProblem {
  return { code: 'configuration', message: `${file}: ${detail}`, path: file, detail };
}
