import path from 'node:path';
import type { ScanInput } from '../protocol/image-requests.ts';
import { isRecord } from '../protocol/shape.ts';

/** What a command was called on: an image, a Dockerfile whose image is to be chosen, an entry of the view, or nothing (ask). */
export type ScanTarget =
  | { readonly kind: 'input'; readonly input: ScanInput; readonly dockerfileUri?: string }
  | { readonly kind: 'dockerfile'; readonly uri: string }
  | { readonly kind: 'scanned'; readonly key: string }
  | { readonly kind: 'ask' };

/**
 * Returns what the first argument of a command names. Menus hand in a Uri, the view its item `{ key }`, a code lens `{ dockerfileUri }`, scripts and tests `{ path }` or `{ reference, host? }`, or a reference as text.
 * Anything else, and a path that is not absolute, asks.
 */
export function parseScanTarget(argument: unknown): ScanTarget {
  if (typeof argument === 'string' && argument !== '') return { kind: 'input', input: { kind: 'engine', reference: argument } };
  if (isUriLike(argument)) return parseUri(argument);
  if (!isRecord(argument)) return { kind: 'ask' };
  if (typeof argument.dockerfileUri === 'string') return { kind: 'dockerfile', uri: argument.dockerfileUri };
  if (typeof argument.key === 'string') return { kind: 'scanned', key: argument.key };
  if (typeof argument.reference === 'string' && argument.reference !== '') {
    const host = typeof argument.host === 'string' ? { host: argument.host } : {};
    return { kind: 'input', input: { kind: 'engine', reference: argument.reference, ...host } };
  }
  if (typeof argument.path === 'string' && path.isAbsolute(argument.path)) return { kind: 'input', input: { kind: 'path', path: argument.path } };
  return { kind: 'ask' };
}

/** As much of vscode.Uri as this module needs, without `vscode`. */
interface UriLike {
  readonly scheme: string;
  readonly fsPath: string;
  toString(skipEncoding?: boolean): string;
}

function isUriLike(value: unknown): value is UriLike {
  return isRecord(value) && typeof value.scheme === 'string' && typeof value.fsPath === 'string';
}

/** A file that is an archive is scanned; any other (from the title or context menu of an editor) is the Dockerfile of an image still to be chosen. */
function parseUri(uri: UriLike): ScanTarget {
  if (uri.scheme === 'file' && /\.(?:tar|oci)$/i.test(uri.fsPath)) return { kind: 'input', input: { kind: 'path', path: uri.fsPath } };
  return { kind: 'dockerfile', uri: uri.toString() };
}

/** Returns the name to show for an image until its report says its own. */
export function titleOf(input: ScanInput): string {
  return input.kind === 'engine' ? input.reference : path.basename(input.path);
}
