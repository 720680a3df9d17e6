import type { IgnoreMessage } from '../protocol/webview.ts';

/** Returns what an entry for a finding names: the id, and the package in whatever version, or the file, that it was found in. A later version of the package that has the same flaw is ignored for the same reason. */
export function ignoreScope({ findingId, purl, path }: Pick<IgnoreMessage, 'findingId' | 'purl' | 'path'>): {
  readonly id: string;
  readonly package?: string;
  readonly path?: string;
} {
  if (purl !== undefined) return { id: findingId, package: withoutVersion(purl) };
  return path === undefined ? { id: findingId } : { id: findingId, path: `/${escapePattern(path)}` };
}

/** `pkg:deb/debian/curl@7.88?arch=amd64` becomes `pkg:deb/debian/curl`. */
function withoutVersion(purl: string): string {
  const [base = ''] = purl.split(/[?#]/, 1);
  const at = base.lastIndexOf('@');
  return at > base.lastIndexOf('/') ? base.slice(0, at) : base;
}

/** A name in an image may look like a pattern. */
function escapePattern(path: string): string {
  return path.replaceAll(/[\\*?[]/g, '\\$&');
}
