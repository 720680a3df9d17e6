/**
 * What package.json contributes to VS Code, as typed code: `npm run gen` writes it there. Texts are keys of package.nls.json. No `vscode` import: the generator and the tests
 * run this outside of the editor.
 */
import { severities } from '../foundation/model/severity.ts';

export interface CommandContribution {
  /** Codicon, for the places that show one. */
  readonly icon?: string;
  /** Whether the command palette lists it; those that only make sense on something are not listed. */
  readonly palette: boolean;
}

/** Every command: the ids that commands.ts must handle, and package.nls.json must title (`command.<name>.title`). */
export const commands = {
  'plimsoll.scanImage': { icon: '$(search)', palette: true },
  'plimsoll.scanFile': { palette: false },
  'plimsoll.scanAgain': { icon: '$(refresh)', palette: false },
  'plimsoll.checkPush': { icon: '$(cloud-upload)', palette: true },
  'plimsoll.pushImage': { icon: '$(rocket)', palette: true },
  'plimsoll.keepCloudKey': { icon: '$(key)', palette: true },
  'plimsoll.forgetCloudKey': { palette: true },
  'plimsoll.openReport': { icon: '$(open-preview)', palette: true },
  'plimsoll.exportReport': { icon: '$(export)', palette: true },
  'plimsoll.removeReport': { icon: '$(close)', palette: false },
  'plimsoll.updateAdvisories': { icon: '$(cloud-download)', palette: true },
  'plimsoll.showLog': { icon: '$(output)', palette: true },
  'plimsoll.pinBaseImages': { palette: true },
  'plimsoll.suppress': { palette: false },
  'plimsoll.openRule': { palette: false },
  'plimsoll.showProblem': { palette: false },
} as const satisfies Readonly<Record<`plimsoll.${string}`, CommandContribution>>;
export type CommandId = keyof typeof commands;

/** JSON Schema of `.plimsoll.yaml`, from the extension's root. */
export const configurationSchemaFile = 'media/schemas/configuration.json';
/** Glob for the configuration file in any folder. */
export const configurationPattern = '**/.plimsoll.{yaml,yml}';
/** Glob for compose files, whose inline Dockerfiles are checked; see buildFileKindOf. */
export const composePattern = '**/{compose,docker-compose}*.{yaml,yml}';
/** What Docker's and Microsoft's extensions call the language of compose files. */
export const composeLanguage = 'dockercompose';

export const viewIds = { images: 'plimsoll.images' } as const;
export const reportViewType = 'plimsoll.report';
/** `contextValue` of a scanned image in the view. */
export const imageItem = 'image';

/** Settings that a workspace must not decide before it is trusted: each names a file, a program or a server. */
export const restrictedSettings = [
  'plimsoll.advisories.file',
  'plimsoll.sharedReports',
  'plimsoll.advisories.sources',
  'plimsoll.advisories.kevSource',
  'plimsoll.advisories.epssSource',
] as const;

/** One rule as the settings list it. */
export interface RuleSetting {
  readonly id: string;
  readonly title: string;
}

// VS Code has no event for a file's name: the server is started for the configuration file and compose files with a Dockerfile in them only (see extension.ts).
export const activationEvents = [
  'onLanguage:dockerfile',
  'onLanguage:yaml',
  `onLanguage:${composeLanguage}`,
  `onWebviewPanel:${reportViewType}`,
] as const;

export const capabilities = {
  untrustedWorkspaces: { supported: 'limited', description: '%capabilities.untrustedWorkspaces%', restrictedConfigurations: restrictedSettings },
  virtualWorkspaces: { supported: 'limited', description: '%capabilities.virtualWorkspaces%' },
} as const;

/** Returns the `contributes` part of package.json. */
export function contributes(rules: readonly RuleSetting[]): Readonly<Record<string, unknown>> {
  return {
    languages: [{ id: 'dockerfile', filenames: ['Containerfile'], filenamePatterns: ['Containerfile.*', '*.Containerfile', '*.containerfile'] }],
    commands: Object.entries<CommandContribution>(commands).map(([command, { icon }]) => ({
      command,
      title: `%command.${nameOf(command)}.title%`,
      category: 'Plimsoll',
      ...(icon === undefined ? {} : { icon }),
    })),
    menus: menus(),
    viewsContainers: { activitybar: [{ id: 'plimsoll', title: 'Plimsoll', icon: 'media/plimsoll.svg' }] },
    views: { plimsoll: [{ id: viewIds.images, name: '%view.images.name%', icon: 'media/plimsoll.svg' }] },
    viewsWelcome: [{ view: viewIds.images, contents: '%view.images.welcome%' }],
    configuration: { title: 'Plimsoll', properties: settings(rules) },
    // For those who have the YAML extension. It then looks after the file, and the language server leaves it alone (see language-server.ts).
    yamlValidation: [{ fileMatch: ['.plimsoll.yaml', '.plimsoll.yml'], url: `./${configurationSchemaFile}` }],
    walkthroughs: [walkthrough()],
  };
}

function nameOf(command: string): string {
  return command.slice('plimsoll.'.length);
}

interface MenuItem {
  readonly command: CommandId;
  readonly when?: string;
  readonly group?: string;
}

function menus(): Readonly<Record<string, readonly MenuItem[]>> {
  const hidden = Object.entries<CommandContribution>(commands).filter(([, { palette }]) => !palette);
  const inDockerfile = 'editorLangId == dockerfile';
  const inView = `view == ${viewIds.images}`;
  const onImage = `${inView} && viewItem == ${imageItem}`;
  return {
    commandPalette: hidden.map(([command]) => ({ command: command as CommandId, when: 'false' })),
    'explorer/context': [
      { command: 'plimsoll.scanFile', when: 'resourceExtname == .tar && resourceScheme =~ /^(file|vscode-remote)$/', group: '7_plimsoll' },
    ],
    'editor/title': [{ command: 'plimsoll.scanImage', when: inDockerfile, group: 'navigation' }],
    'editor/context': [
      { command: 'plimsoll.scanImage', when: inDockerfile, group: '7_plimsoll@1' },
      { command: 'plimsoll.checkPush', when: inDockerfile, group: '7_plimsoll@2' },
    ],
    'view/title': [
      { command: 'plimsoll.scanImage', when: inView, group: 'navigation@1' },
      { command: 'plimsoll.checkPush', when: inView, group: 'navigation@2' },
      { command: 'plimsoll.pushImage', when: inView, group: '0_push' },
      { command: 'plimsoll.updateAdvisories', when: inView, group: '1_advisories' },
      { command: 'plimsoll.showLog', when: inView, group: '2_log' },
    ],
    'view/item/context': [
      { command: 'plimsoll.scanAgain', when: onImage, group: 'inline' },
      { command: 'plimsoll.openReport', when: onImage, group: '1_open@1' },
      { command: 'plimsoll.checkPush', when: onImage, group: '1_open@2' },
      { command: 'plimsoll.pushImage', when: onImage, group: '1_open@3' },
      { command: 'plimsoll.exportReport', when: onImage, group: '1_open@4' },
      { command: 'plimsoll.removeReport', when: onImage, group: '2_remove' },
    ],
  };
}

const levels = ['error', 'warning', 'information', 'hint'] as const;
const defaultLevels = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'information',
  negligible: 'hint',
  unknown: 'information',
} as const;

function settings(rules: readonly RuleSetting[]): Readonly<Record<string, unknown>> {
  const choices = [...severities, 'off'];
  return {
    'plimsoll.lint.enabled': { type: 'boolean', default: true, scope: 'resource', description: '%setting.lint.enabled%' },
    'plimsoll.lint.leaveToOthers': {
      anyOf: [{ enum: ['auto', 'never', 'always'] }, { type: 'array', items: { type: 'string' }, uniqueItems: true }],
      default: 'auto',
      scope: 'resource',
      markdownDescription: '%setting.lint.leaveToOthers%',
    },
    'plimsoll.codeLens.enabled': { type: 'boolean', default: true, scope: 'resource', description: '%setting.codeLens.enabled%' },
    'plimsoll.lint.offline': { type: 'boolean', default: false, scope: 'resource', description: '%setting.lint.offline%' },
    'plimsoll.rules': {
      type: 'object',
      default: {},
      scope: 'resource',
      markdownDescription: '%setting.rules%',
      properties: Object.fromEntries(rules.map(({ id, title }) => [id, { enum: choices, description: title }])),
      additionalProperties: { enum: choices },
    },
    'plimsoll.severityMapping': {
      type: 'object',
      default: defaultLevels,
      scope: 'resource',
      description: '%setting.severityMapping%',
      properties: Object.fromEntries(severities.map((severity) => [severity, { enum: levels, default: defaultLevels[severity] }])),
      additionalProperties: false,
    },
    'plimsoll.sharedReports': { type: 'boolean', default: false, scope: 'machine', markdownDescription: '%setting.sharedReports%' },
    'plimsoll.advisories.file': { type: 'string', default: '', scope: 'machine', description: '%setting.advisories.file%' },
    'plimsoll.advisories.update': {
      type: 'string',
      enum: ['daily', 'weekly', 'manual'],
      default: 'daily',
      scope: 'application',
      description: '%setting.advisories.update%',
    },
    'plimsoll.advisories.sources': {
      type: 'array',
      items: { type: 'string' },
      default: [],
      scope: 'machine',
      markdownDescription: '%setting.advisories.sources%',
    },
    'plimsoll.advisories.kevSource': { type: 'string', default: '', scope: 'machine', description: '%setting.advisories.kevSource%' },
    'plimsoll.advisories.epssSource': { type: 'string', default: '', scope: 'machine', description: '%setting.advisories.epssSource%' },
    'plimsoll.trace.server': {
      type: 'string',
      enum: ['off', 'messages', 'verbose'],
      default: 'off',
      scope: 'window',
      description: '%setting.trace.server%',
    },
  };
}

function walkthrough(): Readonly<Record<string, unknown>> {
  const step = (id: string, command: CommandId | undefined): Readonly<Record<string, unknown>> => ({
    id,
    title: `%walkthrough.${id}.title%`,
    description: `%walkthrough.${id}.description%`,
    media: { markdown: `media/walkthrough/${id}.md` },
    completionEvents: [command === undefined ? 'onLanguage:dockerfile' : `onCommand:${command}`],
  });
  return {
    id: 'start',
    title: '%walkthrough.title%',
    description: '%walkthrough.description%',
    steps: [step('lint', undefined), step('scan', 'plimsoll.scanImage'), step('check', 'plimsoll.checkPush')],
  };
}
