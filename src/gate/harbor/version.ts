const VERSION = /^v?(\d{1,4})\.(\d{1,4})/;

/** Returns the part of Harbor's own version text ('v2.9.0-1b2c3d4') that can be compared, or undefined. */
export function parseHarborVersion(text: string | undefined): string | undefined {
  return text !== undefined && VERSION.test(text) ? text : undefined;
}

/** True when a version that parseHarborVersion let through is before `major`.`minor`. */
export function isBefore(version: string, major: number, minor: number): boolean {
  const [, ownMajor = '0', ownMinor = '0'] = VERSION.exec(version) ?? [];
  return Number(ownMajor) < major || (Number(ownMajor) === major && Number(ownMinor) < minor);
}
