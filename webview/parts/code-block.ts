import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatCount, toBlockText } from '../model/text.ts';

/** Returns untrusted text as a block that keeps its lines. */
export function codeBlock(raw: string, locale: string): TemplateResult {
  const { text, leftOut } = toBlockText(raw);
  return html`<pre tabindex="0">${text}</pre>
    ${leftOut > 0 ? html`<p class="quiet">${l10n.t('{0} more characters are not shown.', formatCount(leftOut, locale))}</p>` : nothing}`;
}
