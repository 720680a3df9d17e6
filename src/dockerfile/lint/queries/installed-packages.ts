import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsMatching } from './commands.ts';
import { Memo } from './memo.ts';

/** A package that a command installs by name. */
export interface InstalledPackage {
  readonly command: ShellCommand;
  readonly word: ShellWord;
  readonly ecosystem: string;
  /** Without version, in lower case; PyPI's normalised. */
  readonly name: string;
  /** True when the command installs nothing else. */
  readonly isOnly: boolean;
}

interface Installer {
  readonly ecosystem: string;
  /** One of them stands before the packages. */
  readonly verbs: ReadonlySet<string>;
}

function installer(ecosystem: string, verbs: string): Installer {
  return { ecosystem, verbs: new Set(verbs.split(' ')) };
}

const installers: ReadonlyMap<string, Installer> = new Map([
  ...['apt', 'apt-get', 'aptitude'].map((name) => [name, installer('deb', 'install reinstall')] as const),
  ['apk', installer('apk', 'add')],
  ...['yum', 'dnf', 'dnf5', 'microdnf', 'tdnf', 'zypper'].map(
    (name) => [name, installer('rpm', 'install in localinstall reinstall groupinstall')] as const,
  ),
  ['pipx', installer('pypi', 'install run')],
  ['uv', installer('pypi', 'install add')],
  ['poetry', installer('pypi', 'add')],
  ...['conda', 'mamba', 'micromamba'].map((name) => [name, installer('conda', 'install create')] as const),
  ...['npm', 'pnpm', 'yarn', 'bun'].map((name) => [name, installer('npm', 'install i in add exec dlx x')] as const),
  ['gem', installer('gem', 'install')],
  ['go', installer('go', 'install get run')],
  ['cargo', installer('cargo', 'install add')],
  ['composer', installer('composer', 'require')],
  ['dotnet', installer('nuget', 'package install')],
  ['nuget', installer('nuget', 'install')],
  ['choco', installer('choco', 'install')],
  ['winget', installer('winget', 'install')],
  ['brew', installer('brew', 'install')],
]);
/** Programs and cmdlets that take the packages at once. */
const direct: ReadonlyMap<string, string> = new Map([
  ['npx', 'npm'],
  ['pnpx', 'npm'],
  ['bunx', 'npm'],
  ['uvx', 'pypi'],
  ['cinst', 'choco'],
  ['install-module', 'powershell'],
  ['install-script', 'powershell'],
  ['install-psresource', 'powershell'],
  ['install-package', 'nuget'],
  ['install-windowsfeature', 'windows'],
]);
const NAMES = new RegExp(`^(?:pip(?:[23](?:\\.\\d+)?)?|mvnw?|${[...installers.keys(), ...direct.keys()].join('|')})$`);

const memo = new Memo<readonly InstalledPackage[]>();

/** Returns what the commands of the file install by name. Values of options may be among them: it is for looking up names, not for counting. */
export function installedPackages(model: DockerfileModel): readonly InstalledPackage[] {
  return memo.of(model, () => commandsMatching(model, NAMES).flatMap(packagesOf));
}

function packagesOf(command: ShellCommand): readonly InstalledPackage[] {
  const { name, args } = command;
  if (name.startsWith('mvn')) return artifactsOf(command);
  const found = installers.get(name) ?? (name.startsWith('pip') ? installer('pypi', 'install download') : undefined);
  const ecosystem = found?.ecosystem ?? direct.get(name);
  if (ecosystem === undefined) return [];
  const verb = found === undefined ? 0 : args.findIndex(({ value }) => found.verbs.has(value.toLowerCase())) + 1;
  if (found !== undefined && verb === 0) return [];
  const words = args.slice(verb).filter(({ value }) => value !== '' && !value.startsWith('-') && !value.startsWith('/'));
  return words.map((word) => ({ command, word, ecosystem, name: nameOf(ecosystem, word.value), isOnly: words.length === 1 }));
}

/** `mvn dependency:get -Dartifact=group:artifact:version`. */
function artifactsOf(command: ShellCommand): readonly InstalledPackage[] {
  return command.args.flatMap((word) => {
    const match = /^-Dartifact=([^:]{1,200}):([^:]{1,200})/.exec(word.value);
    if (match === null) return [];
    return [{ command, word, ecosystem: 'maven', name: `${match[1] ?? ''}:${match[2] ?? ''}`.toLowerCase(), isOnly: true }];
  });
}

/** Where the version begins. */
const VERSION: Readonly<Record<string, RegExp>> = {
  deb: /[=/:].*$/,
  apk: /[=<>~!@].*$/,
  rpm: /[=<>].*$|-\d[^-]*(?:-[^-]*)?$/,
  pypi: /[[=<>~!@;\s].*$/,
  conda: /[=<>\s].*$/,
  npm: /(?!^)@.*$/,
  gem: /:.*$/,
  go: /@.*$/,
  cargo: /@.*$/,
  composer: /[:=\s].*$/,
  brew: /@.*$/,
};

function nameOf(ecosystem: string, text: string): string {
  const pattern = VERSION[ecosystem];
  const name = (pattern === undefined ? text : text.slice(0, 1000).replace(pattern, '')).replace(/,$/, '').toLowerCase();
  return ecosystem === 'pypi' ? name.replaceAll(/[-_.]+/g, '-') : name;
}
