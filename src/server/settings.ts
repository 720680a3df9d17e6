import { DiagnosticSeverity } from 'vscode-languageserver/node';
import type { LintSettings } from '../engine/lint-dockerfile.ts';
import type { LeaveToOthers } from '../engine/shared-checks.ts';
import { messageOf } from '../foundation/base/result.ts';
import { isSeverity, severities } from '../foundation/model/severity.ts';
import type { Severity } from '../foundation/model/severity.ts';
import { isRecord } from '../protocol/shape.ts';

/** The `plimsoll` section of the settings, with every default filled in. */
export interface ServerSettings {
  readonly lint: boolean;
  /** No server may be asked for a digest or a checksum. */
  readonly offline: boolean;
  /** Checks that another linter of the editor makes too. */
  readonly leaveToOthers: LeaveToOthers;
  readonly codeLens: boolean;
  /** By rule id, slug or alias. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** Of the project's own configuration file alone: what a team trusts is not each member's choice. */
  readonly policy?: NonNullable<LintSettings['policy']>;
  /** By rule id; of the project's own file alone. */
  readonly ruleOptions?: NonNullable<LintSettings['ruleOptions']>;
  readonly severityMapping: Readonly<Record<Severity, DiagnosticSeverity>>;
}

const levels: Readonly<Record<string, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const defaultMapping: Readonly<Record<Severity, DiagnosticSeverity>> = {
  critical: DiagnosticSeverity.Error,
  high: DiagnosticSeverity.Error,
  medium: DiagnosticSeverity.Warning,
  low: DiagnosticSeverity.Information,
  negligible: DiagnosticSeverity.Hint,
  unknown: DiagnosticSeverity.Information,
};

export const defaultSettings: ServerSettings = {
  lint: true,
  offline: false,
  leaveToOthers: 'auto',
  codeLens: true,
  rules: {},
  severityMapping: defaultMapping,
};

/** Returns the settings that `section` (whatever the client sent as `plimsoll`) holds; a value of the wrong kind is as if it were not there. */
export function parseSettings(section: unknown): ServerSettings {
  if (!isRecord(section)) return defaultSettings;
  const lint = isRecord(section.lint) ? section.lint : {};
  return {
    lint: lint.enabled !== false,
    offline: lint.offline === true,
    leaveToOthers: parseLeaveToOthers(lint.leaveToOthers),
    codeLens: !isRecord(section.codeLens) || section.codeLens.enabled !== false,
    rules: parseRules(section.rules),
    severityMapping: parseMapping(section.severityMapping),
  };
}

function parseLeaveToOthers(value: unknown): LeaveToOthers {
  if (value === 'always' || value === 'never') return value;
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : 'auto';
}

function parseRules(value: unknown): Readonly<Record<string, Severity | 'off'>> {
  if (!isRecord(value)) return {};
  const valid = Object.entries(value).filter((entry): entry is [string, Severity | 'off'] => entry[1] === 'off' || isSeverity(entry[1]));
  return Object.fromEntries(valid);
}

function parseMapping(value: unknown): Readonly<Record<Severity, DiagnosticSeverity>> {
  if (!isRecord(value)) return defaultMapping;
  const mapped = severities.map((severity) => {
    const word = value[severity];
    const level = typeof word === 'string' && Object.hasOwn(levels, word) ? levels[word] : undefined;
    return [severity, level ?? defaultMapping[severity]];
  });
  return Object.fromEntries(mapped) as Record<Severity, DiagnosticSeverity>;
}

/** What the settings of a document are made from. */
export interface SettingsSources {
  /** Returns the client's `plimsoll` section for a document; undefined where the client cannot be asked. */
  readonly askClient: ((uri: string) => Promise<unknown>) | undefined;
  /** Returns the `.plimsoll.yaml` that governs a document, found upwards from its file. */
  readonly readConfiguration: (uri: string) => Promise<LintSettings>;
  /** Returns the rules that are silent because another linter of the editor makes the same check; `chosen` are the names that somebody gave a severity of their own. */
  readonly leftToOthers: (choice: LeaveToOthers, chosen: readonly string[]) => Readonly<Record<string, 'off'>>;
  readonly warn: (message: string) => void;
}

/**
 * The settings of every open document, asked for once and kept until something changes: the client's (as it answers `workspace/configuration`, or as it last pushed them), and over them the project's
 * own configuration file, which every editor and the CLI share.
 */
export class SettingsCache {
  readonly #sources: () => SettingsSources;
  readonly #byUri = new Map<string, Promise<ServerSettings>>();
  #pushed: unknown;

  constructor(sources: () => SettingsSources) {
    this.#sources = sources;
  }

  async get(uri: string): Promise<ServerSettings> {
    for (;;) {
      const asked = this.#byUri.get(uri) ?? this.#load(uri);
      this.#byUri.set(uri, asked);
      const settings = await asked;
      // When they changed meanwhile and were asked for again, only the newer answer counts.
      const current = this.#byUri.get(uri);
      if (current === asked || current === undefined) return settings;
    }
  }

  /** Forgets everything; `pushed` is what a client sent along with didChangeConfiguration. */
  changed(pushed?: unknown): void {
    this.#byUri.clear();
    if (isRecord(pushed) && 'plimsoll' in pushed) this.#pushed = pushed.plimsoll;
  }

  forget(uri: string): void {
    this.#byUri.delete(uri);
  }

  async #load(uri: string): Promise<ServerSettings> {
    const { askClient, readConfiguration, leftToOthers, warn } = this.#sources();
    const orWarn = (error: unknown): undefined => {
      warn(`settings of ${uri} could not be read, defaults are used: ${messageOf(error)}`);
    };
    const [section, project]: [unknown, LintSettings | undefined] = await Promise.all([
      askClient === undefined ? this.#pushed : askClient(uri).catch(orWarn),
      readConfiguration(uri).catch(orWarn),
    ]);
    const settings = parseSettings(section);
    const chosen = { ...settings.rules, ...project?.rules };
    return {
      ...settings,
      rules: { ...leftToOthers(settings.leaveToOthers, Object.keys(chosen)), ...chosen },
      ...(project?.policy === undefined ? {} : { policy: project.policy }),
      ...(project?.ruleOptions === undefined ? {} : { ruleOptions: project.ruleOptions }),
    };
  }
}
