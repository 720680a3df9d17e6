/** Releases of Windows Server that container images are made of, by what follows 'Windows Server' in their products' names. @see https://learn.microsoft.com/windows/release-health/windows-server-release-info */
const builds: ReadonlyMap<string, string> = new Map([
  ['2016', '10.0.14393'],
  ['version 1709', '10.0.16299'],
  ['version 1803', '10.0.17134'],
  ['2019', '10.0.17763'],
  ['version 1903', '10.0.18362'],
  ['version 1909', '10.0.18363'],
  ['version 2004', '10.0.19041'],
  ['version 20h2', '10.0.19042'],
  ['2022', '10.0.20348'],
  ['2022, 23h2 edition', '10.0.25398'],
  ['2025', '10.0.26100'],
]);

/**
 * Returns the build of a product of Microsoft's, '10.0.20348' of 'Windows Server 2022 (Server Core installation)': images are Server Core or less, and what only an installation with a desktop has
 * (browsers, players) is in none. Undefined for every other product.
 */
export function serverCoreBuild(product: string): string | undefined {
  const name = /^Windows Server,? (.+?)\s*\(Server Core installation\)$/i.exec(product.trim())?.[1];
  return name === undefined ? undefined : builds.get(name.toLowerCase());
}

/** Returns 'KB5031364' of '5031364' or 'KB5031364', undefined for what is no update: 'Release Notes'. */
export function updateOf(article: string): string | undefined {
  const number = /^(?:KB)?(\d{6,8})$/i.exec(article.trim())?.[1];
  return number === undefined ? undefined : `KB${number}`;
}

/** Returns the updates in a list of those that one supersedes: '5030216', '5030216;5029938', 'KB5030216, KB5029938'. */
export function updatesIn(list: string): readonly string[] {
  return [...new Set(list.split(/[;,\s]+/).flatMap((article) => updateOf(article) ?? []))];
}
