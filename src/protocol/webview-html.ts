/** What the shell of a webview page needs. */
export interface WebviewPage {
  /** Of dist/webview.js, from `webview.asWebviewUri`. */
  readonly scriptUri: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** Fresh for every page: at least 16 random characters of base64, base64url or hex. */
  readonly nonce: string;
  readonly title: string;
  /** BCP 47, as `vscode.env.language`. */
  readonly lang: string;
}

const NONCE = /^[A-Za-z0-9+/_-]{16,128}={0,2}$/;
const CSP_SOURCE = /^[A-Za-z0-9:/.*_\-' ]{1,512}$/;

/**
 * Returns the HTML of a webview page: an empty shell that loads one script by its nonce. The policy refuses everything else: network, frames, forms, images, inline script and inline style
 * (components use constructed stylesheets, which need no permission).
 * @throws {RangeError} when the nonce or the CSP source could weaken the policy
 * @see https://code.visualstudio.com/api/extension-guides/webview#content-security-policy
 */
export function webviewHtml(page: WebviewPage): string {
  if (!NONCE.test(page.nonce)) throw new RangeError('the nonce must be 16 to 128 characters of base64');
  if (!CSP_SOURCE.test(page.cspSource)) throw new RangeError('the CSP source must be what webview.cspSource gives');
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${page.nonce}'`,
    `style-src ${page.cspSource}`,
    `font-src ${page.cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(page.lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeAttribute(page.title)}</title>
</head>
<body>
<plimsoll-report></plimsoll-report>
<script type="module" nonce="${page.nonce}" src="${escapeAttribute(page.scriptUri)}"></script>
</body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
